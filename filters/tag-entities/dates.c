#include "number.h"
#include "times.h"

/* The parts of a date, from the year down to the day. */

enum { WEEKEND = 8 }; /* as a weekday */
enum { YEAR = 0x5E74, MONTH = 0x6708, DAY = 0x65E5, NUMBER = 0x53F7 }; /* 年 月 日 号 */

/* Word and offset from the reference. */
struct word {
	const char *name;
	int step;
	const char *tod;
};

static const struct word *
pick(const struct ent_text *t, uint32_t i, struct ent_firsts *firsts, uint32_t *e)
{
	const struct word *best = NULL, *list = firsts->list;
	uint32_t len;

	*e = i;
	if (!ent_may_begin(firsts, ent_cp(t, i)))
		return NULL; /* nearly all that is asked about begins with a number */
	for (; list->name; list++)
		if (ent_at(t, i, list->name, &len) && i + len > *e) {
			best = list;
			*e = i + len;
		}
	return best;
}

/* 20世纪90年代, 上世纪80年代, 90年代, 21世纪. */
static uint32_t
century(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	const struct ent_text *t = x->t;
	uint32_t e, b = i;
	int c = 20, d;

	if (ent_at(t, i, "上世纪", &e) || ent_at(t, i, "本世纪", &e)) {
		c = ent_at(t, i, "本", NULL) ? 21 : 20;
		i += 3;
	} else if (ent_small(t, i, 21, &c, &e) && c > 0 && ent_at(t, e, "世纪", NULL)) {
		i = e + 2;
	} else {
		c = 20;
	}
	if (ent_small(t, i, 90, &d, &e) && d % 10 == 0 && d > 0 && ent_at(t, e, "年代", NULL)) {
		w->year = (c - 1) * 10 + d / 10;
		w->digits = 3;
		return e + 2;
	}
	if (i == b)
		return b;
	w->year = c - 1;
	w->digits = 2;
	return i;
}

/* 民国113年, 中华民国二十年: the calendar that began in 1912. */
static uint32_t
republic(const struct ent_text *t, uint32_t i, struct ent_when *w)
{
	uint32_t e, at = ent_at(t, i, "中华", NULL) ? i + 2 : i;
	int y;

	if (!ent_at(t, at, "民国", NULL) || !ent_small(t, at + 2, 199, &y, &e) || y < 1 || ent_cp(t, e) != YEAR)
		return i;
	w->year = 1911 + y;
	return e + 1;
}

uint32_t
ent_read_year(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	static const struct word words[] = {
		{ "今年", 0, 0 }, { "本年", 0, 0 }, { "本年度", 0, 0 }, { "去年", -1, 0 }, { "上年", -1, 0 }, { "上年度", -1, 0 },
		{ "前年", -2, 0 }, { "大前年", -3, 0 }, { "明年", 1, 0 }, { "来年", 1, 0 }, { "后年", 2, 0 }, { "同年", 0, "last" }, { NULL, 0, 0 }
	};
	static struct ent_firsts words_firsts = ENT_FIRSTS(words);
	const struct ent_text *t = x->t;
	struct ent_num num;
	uint32_t e, f;
	const struct word *k = pick(t, i, &words_firsts, &e);
	int m;

	if (k) {
		w->year = k->tod ? x->last.y : x->ref.y ? x->ref.y + k->step : ENT_NO_YEAR;
		return e;
	}
	e = century(x, i, w);
	if (e == i)
		e = republic(t, i, w);
	if (e > i)
		return e;
	if (!ent_number(t, i, &num) || num.scaled || num.points || num.lo != num.hi || ent_cp(t, num.e) != YEAR)
		return i;
	if (num.digits == 4 && num.e - i == 4 && num.lo >= 1000 && num.lo < 2200) {
		w->year = (int)num.lo;
		if (ent_at(t, num.e, "年代", NULL) && w->year % 10 == 0) { /* 1990年代 */
			w->year /= 10;
			w->digits = 3;
			return num.e + 2;
		}
		return num.e + 1 + ent_at(t, num.e + 1, "度", NULL);
	}
	/* 98年5月: two digits make a year only before a month */
	if (num.digits == 2 && num.e - i == 2 && ent_small(t, num.e + 1, 12, &m, &f) && ent_cp(t, f) == MONTH) {
		w->year = (int)num.lo + (num.lo < 50 ? 2000 : 1900);
		return num.e + 1;
	}
	return i;
}

/* 第一季度, 3季度: the end, or i. */
static uint32_t
quarter(const struct ent_text *t, uint32_t i, const char **part)
{
	static const char *const names[] = { "Q1", "Q2", "Q3", "Q4" };
	uint32_t e, b = i;
	int q;

	i += ent_cp(t, i) == 0x7B2C; /* 第 */
	if (!ent_small(t, i, 4, &q, &e) || q < 1 || !ent_at(t, e, "季度", NULL))
		return b;
	*part = names[q - 1];
	return e + 2;
}

static uint32_t
mod_char(const struct ent_text *t, uint32_t i, const char **mod)
{
	switch (ent_cp(t, i)) {
	case 0x521D: *mod = "START"; return i + 1;                  /* 初 */
	case 0x5E95: case 0x672B: *mod = "END"; return i + 1;       /* 底 末 */
	case 0x4E2D:                                                /* 中, not 中国 */
		if (ent_cp(t, i + 1) == 0x56FD || ent_cp(t, i + 1) == 0x592E)
			return i;
		*mod = "MID";
		return i + 1;
	}
	return i;
}

/* 90年代初期, 20世纪中叶: where in its decade or century a point lies. */
static uint32_t
stage(const struct ent_text *t, uint32_t i, const char **mod)
{
	static const char *const words[] = {
		"初期", "初叶", "早期", "前期", "中期", "中叶", "中后期", "末期", "末叶", "后期", "晚期", NULL
	};
	static const char *const mods[] = { "START", "START", "START", "START", "MID", "MID", "MID", "END", "END", "END", "END" };
	uint32_t len;
	int k = ent_pick(t, i, words, &len);

	if (k < 0)
		return mod_char(t, i, mod);
	*mod = mods[k];
	return i + len;
}

uint32_t
ent_read_part(struct ent_times *x, uint32_t i, struct ent_when *w, const char **mod)
{
	static const struct word parts[] = {
		{ "上半年", 0, "H1" }, { "下半年", 0, "H2" }, { "首季", 0, "Q1" }, { "首季度", 0, "Q1" },
		{ "春季", 0, "SP" }, { "夏季", 0, "SU" }, { "秋季", 0, "FA" }, { "冬季", 0, "WI" }, { "春天", 0, "SP" }, { "夏天", 0, "SU" },
		{ "秋天", 0, "FA" }, { "冬天", 0, "WI" }, { "今春", 0, "SP" }, { "今夏", 0, "SU" }, { "今秋", 0, "FA" }, { "今冬", 0, "WI" },
		{ "去冬", -1, "WI" }, { "去秋", -1, "FA" }, { "明春", 1, "SP" }, { NULL, 0, 0 }
	};
	static struct ent_firsts parts_firsts = ENT_FIRSTS(parts);
	static const struct word ends[] = {
		{ "年初", 0, "START" }, { "年底", 0, "END" }, { "年末", 0, "END" }, { "年中", 0, "MID" }, { "岁末", 0, "END" }, { NULL, 0, 0 }
	};
	static struct ent_firsts ends_firsts = ENT_FIRSTS(ends);
	uint32_t e;
	bool dated = w->year >= 0;
	const struct word *k = pick(x->t, i, &parts_firsts, &e);

	if (!k && (e = quarter(x->t, i, &w->part)) > i) {
		if (!dated)
			w->year = x->ref.y;
		return ent_cp(x->t, e) == 0x4E2D ? e : mod_char(x->t, e, mod); /* 三季度末, but no 中 */
	}
	if (dated && !k && w->digits < 4)
		return stage(x->t, i, mod);
	if (k) {
		w->part = k->tod;
		if (!dated)
			w->year = x->ref.y ? x->ref.y + k->step : ENT_NO_YEAR;
		return e;
	}
	k = pick(x->t, i, &ends_firsts, &e);
	if (!k) /* 今年底, 2023年初 */
		return dated ? mod_char(x->t, i, mod) : i;
	if (!dated)
		w->year = x->ref.y;
	*mod = k->tod;
	return e;
}

/* 上旬 and its kin: the stretch of the month. */
static uint32_t
third(const struct ent_text *t, uint32_t i, struct ent_when *w)
{
	static const char *const names[] = { "上旬", "中旬", "下旬", NULL };
	uint32_t len;
	int k = ent_pick(t, i, names, &len);

	if (k < 0 || w->month < 1)
		return i;
	if (w->year > 0) {
		w->begin = (struct ent_date){ w->year, w->month, 1 + 10 * k };
		w->end = (struct ent_date){ w->year, w->month, k == 2 ? ent_month_days(w->year, w->month) : 10 + 10 * k };
	}
	return i + len;
}

/* The year of a month named without one: that of the page, or of an earlier
 * date of the sentence where that lies in the past. */
static int
year_for(const struct ent_times *x)
{
	return x->year && (!x->ref.y || x->year < x->ref.y) ? x->year : x->ref.y;
}

uint32_t
ent_read_month(struct ent_times *x, uint32_t i, struct ent_when *w, const char **mod)
{
	static const struct word words[] = {
		{ "本月", 0, 0 }, { "这个月", 0, 0 }, { "上月", -1, 0 }, { "上个月", -1, 0 }, { "下月", 1, 0 }, { "下个月", 1, 0 }, { NULL, 0, 0 }
	};
	static struct ent_firsts words_firsts = ENT_FIRSTS(words);
	static const char *const other[] = { "饼", "球", "亮", "光", "季", "嫂", "牙", "供", "薪", "租", "票", NULL };
	static const struct word ends[] = {
		{ "月初", 0, "START" }, { "月底", 0, "END" }, { "月末", 0, "END" }, { "月中旬", 0, "MID" }, { NULL, 0, 0 }
	};
	static struct ent_firsts ends_firsts = ENT_FIRSTS(ends);
	const struct ent_text *t = x->t;
	uint32_t e;
	const struct word *k = w->year < 0 ? pick(t, i, &words_firsts, &e) : NULL;
	int m;

	if (k) {
		struct ent_date d = { x->ref.y, x->ref.m, 1 };

		w->year = w->month = 0;
		if (x->ref.y) {
			d = ent_date_add_months(d, k->step);
			w->year = d.y;
			w->month = d.m;
		}
	} else if (ent_small(t, i, 12, &m, &e) && m > 0 && ent_cp(t, e) == MONTH && ent_pick(t, e + 1, other, NULL) < 0) {
		w->month = m;
		if (w->year < 0)
			w->year = year_for(x);
		e++;
		if (ent_cp(t, e) == 0x4EFD) /* 份 */
			return e + 1;
	} else if (w->year < 0 && (k = pick(t, i, &ends_firsts, &e)) != NULL) {
		w->year = x->ref.y;
		w->month = x->ref.y ? x->ref.m : 0;
		*mod = k->tod;
		return e;
	} else {
		return i;
	}
	i = third(t, e, w);
	if (i > e)
		return i;
	return ent_cp(t, e) == 0x4E2D ? e : mod_char(t, e, mod);
}

/* 日 that is not 日元, and not 日本 unless that is 3日+本报. */
static bool
day_word(const struct ent_text *t, uint32_t e, bool month)
{
	static const char *const after[] = { "元", "内", "游", "间", "常", "子", "以内", "之内", "均", NULL };
	static const char *const own[] = { "报", "次", "届", "市", "县", "省", "区", "版", "刊", "院", "赛", "轮", "场", "台", NULL };

	if (ent_cp(t, e) == NUMBER)
		return month;
	if (ent_cp(t, e) != DAY)
		return false;
	if (ent_cp(t, e + 1) == 0x672C && ent_pick(t, e + 2, own, NULL) < 0)
		return false;
	return month || ent_pick(t, e + 1, after, NULL) < 0;
}

static void
set_day(struct ent_when *w, struct ent_date d)
{
	w->year = d.y;
	w->month = d.y ? d.m : 0;
	w->day = d.y ? d.d : 0;
}

/* 昨（十四）日, 今(15)晚, as papers of Taiwan and Hong Kong print it: the day of the
 * month in brackets is the one that counts. */
static uint32_t
bracketed_day(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	static const struct word heads[] = { { "昨", -1, 0 }, { "今", 0, 0 }, { "明", 1, 0 }, { "前", -2, 0 }, { NULL, 0, 0 } };
	static struct ent_firsts heads_firsts = ENT_FIRSTS(heads);
	const struct ent_text *t = x->t;
	struct ent_date d = x->ref;
	uint32_t e, f;
	const struct word *k;
	int day;

	if ((ent_cp(t, i + 1) != '(' && ent_cp(t, i + 1) != 0xFF08) || !(k = pick(t, i, &heads_firsts, &e)) || !ent_small(t, e + 1, 31, &day, &f) || day < 1)
		return i;
	if ((ent_cp(t, f) != ')' && ent_cp(t, f) != 0xFF09) || (ent_cp(t, f + 1) != DAY && ent_cp(t, f + 1) != 0x5929 && ent_cp(t, f + 1) != 0x665A)) /* 天 晚 */
		return i;
	if (d.y)
		d = ent_date_from_days(ent_date_days(d) + k->step);
	set_day(w, d);
	w->day = day;
	if (ent_cp(t, f + 1) == 0x665A)
		w->tod = "EV";
	return f + 2;
}

/* 昨日, 今晚, 次日. */
static uint32_t
named_day(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	static const struct word words[] = {
		{ "今天", 0, 0 }, { "今日", 0, 0 }, { "昨天", -1, 0 }, { "昨日", -1, 0 }, { "明天", 1, 0 }, { "明日", 1, 0 }, { "前天", -2, 0 },
		{ "前日", -2, 0 }, { "后天", 2, 0 }, { "大前天", -3, 0 }, { "大后天", 3, 0 }, { "今晚", 0, "EV" }, { "昨晚", -1, "EV" }, { "明晚", 1, "EV" }, { "前晚", -2, "EV" },
		{ "昨夜", -1, "NI" }, { "今夜", 0, "NI" }, { "今早", 0, "MO" }, { "今晨", 0, "MO" }, { "昨晨", -1, "MO" }, { "明早", 1, "MO" },
		{ "明晨", 1, "MO" }, { NULL, 0, 0 }
	};
	static struct ent_firsts words_firsts = ENT_FIRSTS(words);
	static const struct word told[] = {
		{ "当日", 0, 0 }, { "当天", 0, 0 }, { "同日", 0, 0 }, { "当晚", 0, "EV" }, { "次日", 1, 0 }, { "翌日", 1, 0 }, { NULL, 0, 0 }
	};
	static struct ent_firsts told_firsts = ENT_FIRSTS(told);
	uint32_t e;
	struct ent_date d = x->ref;
	const struct word *k = pick(x->t, i, &words_firsts, &e);

	if (!k) {
		k = pick(x->t, i, &told_firsts, &e);
		d = x->last;
	}
	if (!k)
		return bracketed_day(x, i, w);
	set_day(w, d.y ? ent_date_from_days(ent_date_days(d) + k->step) : (struct ent_date){ 0, 0, 0 });
	w->tod = k->tod;
	return e;
}

/* 上周五, 星期二, 本周, 周末. */
static uint32_t
weekday(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	static const struct word which[] = {
		{ "上", -1, 0 }, { "下", 1, 0 }, { "本", 0, 0 }, { "这", 0, 0 }, { "上个", -1, 0 }, { "下个", 1, 0 }, { "上上", -2, 0 }, { "下下", 2, 0 }, { NULL, 0, 0 }
	};
	static struct ent_firsts which_firsts = ENT_FIRSTS(which);
	static const char *const week[] = { "周", "星期", "礼拜", NULL };
	const struct ent_text *t = x->t;
	const struct word *k;
	uint32_t e, len;
	int name, d = 0;
	struct ent_date day;

	if (i > 0 && (ent_digit(t->cp[i - 1]) || ent_han_digit(t->cp[i - 1]) >= 0 || ent_han_scale(t->cp[i - 1]) != 0))
		return i;
	k = pick(t, i, &which_firsts, &e);
	name = ent_pick(t, e, week, &len);
	if (name < 0)
		return i;
	e += len;
	if (ent_han_digit(ent_cp(t, e)) > 0 && ent_han_digit(ent_cp(t, e)) < 7 && t->cp[e] != 0x4E24)
		d = ent_han_digit(t->cp[e++]);
	else if (ent_cp(t, e) == DAY || (ent_cp(t, e) == 0x5929 && name > 0)) /* 日 天 */
		d = 7;
	else if (ent_cp(t, e) == 0x672B) /* 末 */
		d = WEEKEND;
	e += d >= 7;
	if ((d == 0 && !k) || (d == 0 && ent_cp(t, e) == YEAR))
		return i;
	w->weekday = d ? d : -1;
	w->week = w->year = 0;
	if (!x->ref.y)
		return e;
	day = ent_date_from_days(ent_date_days(x->ref) + 7 * (k ? k->step : 0));
	w->week = ent_date_week(day, &w->year);
	if (d > 0 && d < WEEKEND) { /* a day of a known week is a date */
		set_day(w, ent_date_from_days(ent_date_days(day) + d - ent_date_weekday(day)));
		w->week = w->weekday = -1;
	}
	return e;
}

uint32_t
ent_read_day(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	const struct ent_text *t = x->t;
	bool month = w->month >= 0;
	uint32_t e;
	int d;

	if (w->year < 0 && !month) {
		e = named_day(x, i, w);
		if (e > i || (e = weekday(x, i, w)) > i)
			return e;
	}
	if ((w->year >= 0 && !month) || w->begin.y || !ent_small(t, i, 31, &d, &e) || d < 1 || !day_word(t, e, month))
		return i;
	if (!month && !ent_digit(t->cp[i])) /* 三日 alone is a stretch */
		return i;
	w->day = d;
	if (!month) {
		w->year = x->ref.y;
		w->month = x->ref.y ? x->ref.m : 0;
	}
	return e + 1;
}

uint32_t
ent_read_set(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	static const struct word heads[] = {
		{ "每年", 1, 0 }, { "每月", 2, 0 }, { "每个月", 2, 0 }, { "每周", 3, 0 }, { "每星期", 3, 0 }, { "每天", 4, 0 }, { "每日", 4, 0 },
		{ "每晚", 5, 0 }, { "每季度", 6, 0 }, { "每个季度", 6, 0 }, { NULL, 0, 0 }
	};
	static struct ent_firsts heads_firsts = ENT_FIRSTS(heads);
	uint32_t e;
	const struct word *k = pick(x->t, i, &heads_firsts, &e);
	int d = k && k->step == 3 ? ent_han_digit(ent_cp(x->t, e)) : -1;

	if (!k)
		return i;
	w->set = true;
	w->year = 0;
	if (k->step == 2 || k->step >= 4)
		w->month = 0;
	if (k->step == 4 || k->step == 5)
		w->day = 0;
	if (k->step == 5)
		w->tod = "EV";
	if (k->step == 6) {
		w->month = -1;
		w->part = "QX";
	}
	if (k->step == 3) {
		w->week = 0;
		if (d < 1 && (ent_cp(x->t, e) == DAY || ent_cp(x->t, e) == 0x5929))
			d = 7;
		if (d == 2 && x->t->cp[e] == 0x4E24) /* 每周两次 */
			d = -1;
		w->weekday = d > 0 && d < 8 ? d : -1;
		e += w->weekday > 0;
	}
	return e;
}
