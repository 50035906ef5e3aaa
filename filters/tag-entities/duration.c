#include <math.h>

#include "number.h"
#include "times.h"

/* Units in the order in which they may follow one another: 1年3个月, 6小时38分. */
enum {
	CENTURY, CENTURY_OF, CENTURY_MORE, ANNIVERSARY, YEAR, YEAR_OLD, QUARTER, MONTH, MONTH_MORE, WEEK_OF, WEEK_MORE, WEEK_LONG, WEEK_SAID, WEEK,
	DAY_LONG, NIGHT_AND_DAY, NIGHT_AND_DAY_OF, DAY, HOUR_OF, HOUR_MORE, HOUR, HOUR_SAID_OF, HOUR_SAID, MINUTE_LONG, MINUTE, SECOND_LONG, SECOND, UNITS
};
static const struct unit { const char *name; char letter; bool clock; bool half; } units[UNITS] = {
	[CENTURY] = { "世纪", 'C', false, false }, [CENTURY_OF] = { "个世纪", 'C', false, false }, [CENTURY_MORE] = { "个多世纪", 'C', false, false },
	[ANNIVERSARY] = { "周年", 'Y', false, false }, [YEAR] = { "年", 'Y', false, true }, [YEAR_OLD] = { "载", 'Y', false, false },
	[QUARTER] = { "个季度", 'Q', false, false },
	[MONTH] = { "个月", 'M', false, true }, [MONTH_MORE] = { "个多月", 'M', false, false },
	[WEEK_OF] = { "个星期", 'W', false, true }, [WEEK_MORE] = { "个多星期", 'W', false, false }, [WEEK_LONG] = { "星期", 'W', false, false },
	[WEEK_SAID] = { "个礼拜", 'W', false, false }, [WEEK] = { "周", 'W', false, false },
	[DAY_LONG] = { "天", 'D', false, true }, [NIGHT_AND_DAY] = { "昼夜", 'D', false, false }, [NIGHT_AND_DAY_OF] = { "个昼夜", 'D', false, false },
	[DAY] = { "日", 'D', false, false },
	[HOUR_OF] = { "个小时", 'H', true, true }, [HOUR_MORE] = { "个多小时", 'H', true, false }, [HOUR] = { "小时", 'H', true, true },
	[HOUR_SAID_OF] = { "个钟头", 'H', true, true }, [HOUR_SAID] = { "钟头", 'H', true, false },
	[MINUTE_LONG] = { "分钟", 'M', true, false }, [MINUTE] = { "分", 'M', true, false },
	[SECOND_LONG] = { "秒钟", 'S', true, false }, [SECOND] = { "秒", 'S', true, false }
};
static struct ent_firsts unit_firsts = ENT_FIRSTS(units);

/* A duration as it grows. */
struct piece {
	struct bs_buf value;   /* 1Y3M, without P */
	bool clock;            /* T was written */
	int first;             /* index of the first unit */
	double lo;             /* its number */
	bool more;             /* 多, 余 */
	bool about;            /* 来 */
};

/* Words that go on from a unit and make it something else. */
static bool
other_word(const struct ent_text *t, int u, uint32_t e)
{
	static const char *const year[] = { "级", "代", "轻", "画", "货", "夜", "味", "迈", "龄", "报", NULL };
	static const char *const week[] = { "岁", "围", "边", "密", "到", "转", "期", NULL };
	static const char *const day[] = { "然", "气", "空", "才", "下", "地", "线", "桥", NULL };
	static const char *const date[] = { "内", "游", "间", "之内", "以内", NULL };

	if (u == YEAR)
		return ent_pick(t, e, year, NULL) >= 0;
	if (u == WEEK)
		return ent_pick(t, e, week, NULL) >= 0;
	if (u == DAY_LONG)
		return ent_pick(t, e, day, NULL) >= 0;
	if (u == DAY) /* 15日 is a date, 7日内 a duration */
		return ent_pick(t, e, date, NULL) < 0;
	return false;
}

static int
unit_at(const struct ent_text *t, uint32_t i, int from, uint32_t *e)
{
	uint32_t len, best = 0;
	int u, found = -1;

	for (u = ent_may_begin(&unit_firsts, ent_cp(t, i)) ? from : UNITS; u < UNITS; u++)
		if (ent_at(t, i, units[u].name, &len) && len > best && (u != MINUTE || from > HOUR_OF)) {
			best = len;
			found = u;
		}
	*e = i + best;
	return found >= 0 && other_word(t, found, *e) ? -1 : found;
}

static void
put(struct piece *p, int u, double v)
{
	if (units[u].clock && !p->clock) {
		bs_puts(&p->value, "T");
		p->clock = true;
	}
	if (units[u].letter == 'C')
		v *= 100;
	ent_put_number(&p->value, v);
	bs_putch(&p->value, units[u].letter == 'C' ? 'Y' : units[u].letter);
}

/* 半年, 半个月, 半小时, 半天. */
static uint32_t
half(const struct ent_text *t, uint32_t i, struct piece *p)
{
	uint32_t e;
	int u;

	if (ent_cp(t, i) != 0x534A || (u = unit_at(t, i + 1, 0, &e)) < 0 || !units[u].half)
		return i;
	p->first = u;
	p->lo = 0.5;
	if (u == YEAR)
		bs_puts(&p->value, "6M");
	else if (units[u].letter == 'H')
		bs_puts(&p->value, "T30M");
	else
		put(p, u, 0.5);
	return e;
}

/* 1年半: half of the unit just read. */
static uint32_t
and_half(const struct ent_text *t, uint32_t i, struct piece *p, int u)
{
	if (ent_cp(t, i) != 0x534A || !units[u].half)
		return i;
	if (u == YEAR)
		bs_puts(&p->value, "6M");
	else if (units[u].letter == 'H')
		bs_puts(&p->value, "30M");
	else
		return i;
	return i + 1;
}

/* 一个半小时: the half stands inside the unit. Fills *e with its end. */
static int
half_inside(const struct ent_text *t, uint32_t i, uint32_t *e)
{
	int u;

	if (!ent_at(t, i, "个半", NULL))
		return -1;
	u = unit_at(t, i + 2, 0, e);
	if (u < 0 && ent_cp(t, i + 2) == 0x6708) { /* 月 */
		*e = i + 3;
		return MONTH;
	}
	return u >= 0 && units[u].half ? u : -1;
}

/* 个多月: the unit says that it is more. */
static bool
is_more(int u)
{
	return u == CENTURY_MORE || u == MONTH_MORE || u == WEEK_MORE || u == HOUR_MORE;
}

static bool
number_ok(const struct ent_num *num, int u)
{
	/* 2024年 is a date, and so is 二〇二四年 */
	if (u == YEAR && ((!num->scaled && num->digits >= 4) || (num->han && num->digits >= 2)))
		return false;
	return !(num->han && num->hi == 1 && units[u].letter == 'M' && u == MINUTE);
}

/* A run of number and unit. */
static uint32_t
run(const struct ent_text *t, uint32_t i, struct piece *p)
{
	struct ent_num num;
	uint32_t e, b = i;
	int u, from = 0;

	while (ent_number(t, i, &num)) {
		e = num.e;
		if (ent_cp(t, e) == 0x591A || ent_cp(t, e) == 0x4F59) { /* 30多年 */
			p->more = true;
			e++;
		} else if (i == b && ent_cp(t, e) == 0x6765 && ent_han_scale(t->cp[e - 1]) >= 10) { /* 四十来年 */
			p->about = true;
			e++;
		}
		if (i == b && num.lo != num.hi && !isinf(num.hi))
			break; /* 七八年 is for the ranges */
		if (i == b && (u = half_inside(t, e, &e)) >= 0) {
			put(p, u, units[u].letter == 'H' ? num.lo : num.lo + 0.5);
			if (units[u].letter == 'H')
				bs_puts(&p->value, "30M");
			p->first = u;
			p->lo = num.lo + 0.5;
			return e;
		}
		u = unit_at(t, e, from, &e);
		if (u < 0 || !number_ok(&num, u))
			break;
		put(p, u, num.lo);
		if (i == b) {
			p->first = u;
			p->lo = num.lo;
		}
		p->more = p->more || isinf(num.hi) || is_more(u);
		from = u + 1;
		i = and_half(t, e, p, u);
		if (u == YEAR && ent_cp(t, i) == 0x96F6) /* 一年零三个月 */
			i += ent_han_digit(ent_cp(t, i + 1)) >= 0;
	}
	return i;
}

/* 3至5年, 七八天: both ends in one unit. */
static uint32_t
between(const struct ent_text *t, uint32_t i, struct piece *p)
{
	struct ent_num a, b;
	uint32_t e, f;
	int u;

	if (!ent_number(t, i, &a))
		return i;
	e = a.e;
	b = a;
	if (a.lo == a.hi) {
		f = ent_link(t, e);
		if (f == e || !ent_number(t, f, &b) || b.hi <= a.lo)
			return i;
		e = b.e;
	}
	u = unit_at(t, e, 0, &e);
	if (u < 0 || isinf(b.hi) || !number_ok(&b, u) || !number_ok(&a, u))
		return i;
	p->first = u;
	p->lo = a.lo;
	put(p, u, a.lo);
	bs_puts(&p->value, "/P");
	p->clock = false;
	put(p, u, b.hi);
	return e;
}

/* 几天, 数年, 几个月: some, nobody says how many; TIMEX3 has an X there. 数 may be
 * the end of a word (人数年均), and the one of 十几年 is read with its ten. */
static uint32_t
some(const struct ent_text *t, uint32_t i, struct piece *p)
{
	static const char *const before[] = { "近", "历", "达", "经", "时", "隔", "过", "的", "了", "后", "前", "这", "那", "续", "到", "有", NULL };
	uint32_t c = ent_cp(t, i), e;
	int u;

	if (c != 0x51E0 && c != 0x6570) /* 几 数 */
		return i;
	if (i > 0 && (ent_han_scale(t->cp[i - 1]) != 0 || ent_digit(t->cp[i - 1]) || t->cp[i - 1] == 0x597D)) /* 好几年 */
		return i;
	if (c == 0x6570 && i > 0 && bs_is_han(t->cp[i - 1]) && ent_pick_before(t, i, before, NULL) < 0)
		return i;
	if (ent_cp(t, i + 1) == 0x6708 && c == 0x6570) { /* 数月 */
		u = MONTH;
		e = i + 2;
	} else {
		u = unit_at(t, i + 1, 0, &e);
	}
	if (u < 0 || u <= CENTURY_MORE || ent_cp(t, e) == 0x524D) /* 几天前 is a vague word */
		return i;
	if (units[u].clock)
		bs_puts(&p->value, "T");
	bs_putch(&p->value, 'X');
	bs_putch(&p->value, units[u].letter);
	p->first = u;
	p->more = is_more(u);
	return e;
}

/* 三天两夜: the nights come with the days. */
static uint32_t
nights(const struct ent_text *t, uint32_t i, const struct piece *p)
{
	uint32_t e;
	int n;

	if (units[p->first].letter != 'D' || !ent_small(t, i, 99, &n, &e) || (ent_cp(t, e) != 0x591C && ent_cp(t, e) != 0x665A)) /* 夜 晚 */
		return i;
	return e + 1;
}

/* 五年前: the day, month or year so long before the page's date. */
static bool
ago(struct ent_times *x, struct piece *p, struct ent_span *span)
{
	struct ent_when w;
	struct bs_buf buf = { NULL, 0, 0 };
	int n = (int)p->lo;

	if (!x->ref.y || p->more || p->about || p->lo < 0.5 || p->lo != n || n > 3000 || units[p->first].clock)
		return false;
	if (!ent_when_ago(&w, x->ref, units[p->first].letter, n))
		return false;
	bs_puts(&buf, "value=");
	ent_when_put(&buf, &w);
	span->attrs = bs_keep(x->mem, (struct bs_str){ buf.p, buf.n });
	bs_buf_free(&buf);
	return true;
}

static void
finish(struct ent_times *x, struct piece *p, struct ent_span *span, const char *mod)
{
	static const char *const tails[] = { "以上", "以内", "之内", "内", "以下", "左右", "上下", "以来", "来", "多", "余", NULL };
	static const char *const mods[] = { "EQUAL_OR_MORE", "EQUAL_OR_LESS", "EQUAL_OR_LESS", "EQUAL_OR_LESS", "EQUAL_OR_LESS", "APPROX",
		"APPROX", NULL, NULL, "MORE_THAN", "MORE_THAN" };
	uint32_t len;
	int k;

	if (p->more || p->about)
		mod = p->more ? "MORE_THAN" : "APPROX";
	if (ent_cp(x->t, span->e) == 0x524D && ent_cp(x->t, span->e + 1) != 0x6240 && ago(x, p, span)) { /* 前, not 前所 */
		span->e++;
		return;
	}
	while ((k = ent_pick(x->t, span->e, tails, &len)) >= 0) {
		span->e += len;
		mod = mods[k] ? mods[k] : mod;
	}
	span->attrs = bs_fmt(x->mem, "value=P%.*s%s%s", (int)p->value.n, p->value.p, mod ? " mod=" : "", mod ? mod : "");
}

bool
ent_read_duration(struct ent_times *x, uint32_t i, struct ent_span *span)
{
	static const char *const heads[] = {
		"近", "过去", "最近", "未来", "今后", "不到", "不足", "至少", "超过", "将近", "大约", "约", "每", "每隔", NULL
	};
	static const char *const mods[] = { NULL, NULL, NULL, NULL, NULL, "LESS_THAN", "LESS_THAN", "EQUAL_OR_MORE", "MORE_THAN",
		"APPROX", "APPROX", "APPROX", NULL, NULL };
	static struct ent_firsts firsts = ENT_FIRSTS(heads);
	struct piece p = { { NULL, 0, 0 }, false, 0, 0, false, false };
	uint32_t len, at = i, e;
	int k = ent_may_begin(&firsts, ent_cp(x->t, i)) ? ent_pick(x->t, i, heads, &len) : -1;

	if (k >= 0)
		at += len;
	e = half(x->t, at, &p);
	if (e == at)
		e = run(x->t, at, &p);
	if (e == at) {
		p.value.n = 0;
		p.clock = p.more = p.about = false;
		e = between(x->t, at, &p);
	}
	if (e == at)
		e = some(x->t, at, &p);
	if (e == at) {
		bs_buf_free(&p.value);
		return false;
	}
	span->b = i;
	span->e = nights(x->t, e, &p);
	span->label = ENT_TIME;
	finish(x, &p, span, k >= 0 ? mods[k] : NULL);
	bs_buf_free(&p.value);
	return true;
}
