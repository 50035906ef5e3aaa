#include "number.h"
#include "times.h"

/* A day with a name; of the lunar calendar or of the solar one. */
struct feast {
	const char *name;
	int month, day;  /* day 0: the month is all that can be said (除夕 is the 29th or the 30th) */
	bool lunar;
	bool bare;       /* a number or a name of people as well: only in quotes, or before 假期 and the like */
};
enum { QINGMING = -1 }; /* as a day: the 4th, 5th or 6th, by the sun */
static const struct feast feasts[] = {
	{ "春节", 1, 1, true, false }, { "大年初一", 1, 1, true, false }, { "元宵节", 1, 15, true, false }, { "端午节", 5, 5, true, false },
	{ "端午", 5, 5, true, false }, { "七夕节", 7, 7, true, false }, { "七夕", 7, 7, true, false }, { "中元节", 7, 15, true, false },
	{ "中秋节", 8, 15, true, false }, { "中秋", 8, 15, true, false }, { "重阳节", 9, 9, true, false }, { "腊八节", 12, 8, true, false },
	{ "除夕", 12, 0, true, false }, { "除夕夜", 12, 0, true, false }, { "大年三十", 12, 0, true, false }, { "元旦", 1, 1, false, false }, { "妇女节", 3, 8, false, false },
	{ "清明节", 4, QINGMING, false, false }, { "清明", 4, QINGMING, false, true }, { "劳动节", 5, 1, false, false },
	{ "五一", 5, 1, false, true }, { "五一劳动节", 5, 1, false, false }, { "五一国际劳动节", 5, 1, false, false },
	{ "儿童节", 6, 1, false, false }, { "六一儿童节", 6, 1, false, false }, { "教师节", 9, 10, false, false },
	{ "国庆节", 10, 1, false, false }, { "国庆", 10, 1, false, true }, { "十一", 10, 1, false, true }, { "圣诞节", 12, 25, false, false },
	{ NULL, 0, 0, false, false }
};

/* Whether 五一, 十一, 国庆 or 清明 at [b, e) is the feast. */
static bool
meant(const struct ent_text *t, uint32_t b, uint32_t e, const struct feast *f)
{
	static const char *const after[] = { "假期", "长假", "小长假", "黄金周", "期间", "假日", "前夕", "前后", "当天", "双节", NULL };
	uint32_t close = ent_cp(t, e);
	bool quoted = b > 0 && (t->cp[b - 1] == 0x201C || t->cp[b - 1] == '"' || t->cp[b - 1] == 0x300C)
	    && (close == 0x201D || close == '"' || close == 0x300D);

	return !f->bare || (quoted && f->month != 4) || ent_pick(t, e, after, NULL) >= 0;
}

/* The day of April on which the sun reaches 15 degrees: the usual formula of
 * Chinese almanacs, [Y D + C] - [Y / 4] with Y the year's last two digits. */
static int
qingming(int year)
{
	int y = year % 100;

	return (int)(0.2422 * y + (year < 2000 ? 5.59 : 4.81)) - (year < 2000 ? (y - 1) / 4 : y / 4);
}

static const struct feast *
pick(const struct ent_text *t, uint32_t i, uint32_t *e)
{
	static struct ent_firsts firsts = ENT_FIRSTS(feasts);
	const struct feast *best = NULL, *f;
	uint32_t len, longest = 0;

	for (f = feasts; f->name && ent_may_begin(&firsts, ent_cp(t, i)); f++)
		if (ent_at(t, i, f->name, &len) && len > longest && meant(t, i, i + len, f)) {
			best = f;
			longest = len;
		}
	*e = i + longest;
	return best;
}

/* 正月, 腊月, 八月, 闰二月: the end of a lunar month at i, or i. The numbered
 * ones are lunar only where the text says so. */
static uint32_t
lunar_month(const struct ent_text *t, uint32_t i, bool said, int *month)
{
	static const char *const names[] = { "正月", "冬月", "腊月", NULL };
	static const int months[] = { 1, 11, 12 };
	uint32_t len, e;
	int k = ent_pick(t, i, names, &len);

	if (k >= 0) {
		*month = months[k];
		return i + len;
	}
	if (said && ent_small(t, i, 12, month, &e) && *month > 0 && ent_cp(t, e) == 0x6708) /* 月 */
		return e + 1;
	return i;
}

/* 初五, 十五, 廿三: the end of a day of a lunar month at i, or i. */
static uint32_t
lunar_day(const struct ent_text *t, uint32_t i, int *day)
{
	bool first = ent_cp(t, i) == 0x521D; /* 初 */
	uint32_t e;

	if (ent_digit(ent_cp(t, i + first)) || !ent_small(t, i + first, first ? 10 : 30, day, &e) || *day == 0 || (!first && *day < 11))
		return i;
	return ent_cp(t, e) == 0x65E5 ? e + 1 : e; /* 日 */
}

static void
put(struct ent_times *x, struct ent_span *span, uint32_t b, uint32_t e, int year, const struct feast *f)
{
	struct bs_str y = year ? bs_fmt(x->mem, "%04d", year) : BS_S("XXXX"), d = f->day ? bs_fmt(x->mem, "-%02d", f->day) : BS_S("");

	*span = (struct ent_span){ b, e, ENT_TIME, bs_fmt(x->mem, "value=%s%.*s-%02d%.*s", f->lunar ? "lunar:" : "", (int)y.n, y.p, f->month,
	    (int)d.n, d.p), 0, false };
}

bool
ent_read_feast(struct ent_times *x, uint32_t i, struct ent_span *span)
{
	static const char *const calendars[] = { "农历", "阴历", "旧历", NULL };
	const struct feast *feast;
	struct feast day = { NULL, 0, 0, true, false };
	struct ent_when w;
	uint32_t b = i, e, f, len = 0;
	int year;
	bool said;

	ent_when_init(&w);
	i = ent_read_year(x, b, &w);
	year = i > b && w.digits != 3 && w.digits != 2 && w.year != ENT_NO_YEAR ? w.year : ENT_NO_YEAR;
	said = ent_pick(x->t, i, calendars, &len) >= 0;
	if (said)
		i += len;
	feast = pick(x->t, i, &e);
	if (feast) {
		day = *feast;
		if (!year && !day.lunar)
			year = x->ref.y;
		if (day.day == QINGMING)
			day.day = year >= 1901 && year < 2100 ? qingming(year) : 0;
		put(x, span, b, e, year, &day);
		return true;
	}
	e = lunar_month(x->t, i, said, &day.month);
	if (e == i)
		return false;
	f = lunar_day(x->t, e, &day.day);
	if (f == e)
		day.day = 0;
	if (f == e && !said)
		return false; /* 正月 alone may be anything */
	put(x, span, b, f, year, &day);
	return true;
}
