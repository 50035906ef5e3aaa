#include "number.h"
#include "times.h"

/* A day with a name; of the lunar calendar or of the solar one. */
struct feast {
	const char *name;
	int month, day;
	bool lunar;
};
static const struct feast feasts[] = {
	{ "春节", 1, 1, true }, { "元宵节", 1, 15, true }, { "端午节", 5, 5, true }, { "端午", 5, 5, true }, { "七夕节", 7, 7, true },
	{ "七夕", 7, 7, true }, { "中元节", 7, 15, true }, { "中秋节", 8, 15, true }, { "中秋", 8, 15, true }, { "重阳节", 9, 9, true },
	{ "腊八节", 12, 8, true }, { "元旦", 1, 1, false }, { "妇女节", 3, 8, false }, { "劳动节", 5, 1, false }, { "儿童节", 6, 1, false },
	{ "教师节", 9, 10, false }, { "国庆节", 10, 1, false }, { "圣诞节", 12, 25, false }, { NULL, 0, 0, false }
};

static const struct feast *
pick(const struct ent_text *t, uint32_t i, uint32_t *e)
{
	const struct feast *best = NULL, *f;
	uint32_t len, longest = 0;

	for (f = feasts; f->name; f++)
		if (ent_at(t, i, f->name, &len) && len > longest) {
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
	struct feast day = { NULL, 0, 0, true };
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
		put(x, span, b, e, year || feast->lunar ? year : x->ref.y, feast);
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
