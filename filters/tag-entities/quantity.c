#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "quantity.h"

/* An amount on its way from digits to attributes. */
struct amount {
	double lo, hi;           /* equal: a number; hi INFINITY or lo -INFINITY: open */
	enum ent_label label;
	struct bs_str unit;      /* may be empty */
	double factor;           /* of the printed unit in `unit` */
	bool one;                /* 一个: an article rather than a count */
};

enum bound { EXACT, MORE, LESS };
enum { YUAN = 0x5143, MORE_SIGN = 0x591A, THOUSAND = 0x5343, HUNDRED = 0x767E }; /* 元 多 千 百 */

/* Words before a number, and the side on which they leave it open. */
static enum bound
head(const struct ent_text *t, uint32_t *i)
{
	static const char *const words[] = {
		"超过", "超", "逾", "不少于", "不低于", "至少", "高达", "多达", "最少", "上",
		"近", "不到", "不足", "不超过", "最多", "至多", "将近", "接近",
		"约", "大约", "过", NULL
	};
	static const enum bound sides[] = {
		MORE, MORE, MORE, MORE, MORE, MORE, EXACT, EXACT, MORE, MORE,
		LESS, LESS, LESS, LESS, LESS, LESS, LESS, LESS,
		EXACT, EXACT, MORE
	};
	static struct ent_firsts firsts = ENT_FIRSTS(words);
	uint32_t len;
	int k = ent_may_begin(&firsts, ent_cp(t, *i)) ? ent_pick(t, *i, words, &len) : -1;

	if (k < 0)
		return EXACT;
	if ((k == 9 || k == 20) && ent_han_scale(ent_cp(t, *i + len)) < 100) /* 上百, 过亿 only */
		return EXACT;
	*i += len;
	return sides[k];
}

/* Words after an amount: 以上, 左右. */
static enum bound
tail(const struct ent_text *t, uint32_t *i)
{
	static const char *const words[] = { "以上", "以下", "以内", "之内", "左右", "上下", NULL };
	static const enum bound sides[] = { MORE, LESS, LESS, LESS, EXACT, EXACT };
	uint32_t len;
	int k = ent_pick(t, *i, words, &len);

	if (k < 0)
		return EXACT;
	*i += len;
	return sides[k];
}

static void
open_to(struct amount *a, enum bound side)
{
	if (side == MORE)
		a->hi = INFINITY;
	else if (side == LESS && a->lo == a->hi)
		a->lo = -INFINITY;
}

/* 余 and 多 after a number: 30余个, 3万多元; 来 after tens, which is about as many: 十来个. */
static uint32_t
more(const struct ent_text *t, uint32_t i, struct amount *a)
{
	static const char *const words[] = { "数", "余", "样", "元化", "重", "次", "媒", "方", "功能", NULL }; /* after 多 */
	uint32_t c = ent_cp(t, i);

	if (c == 0x4F59 || (c == MORE_SIGN && ent_pick(t, i + 1, words, NULL) < 0)) { /* 余 */
		a->hi = INFINITY;
		return i + 1;
	}
	if (c == 0x6765 && i > 0 && ent_han_scale(t->cp[i - 1]) >= 10 && a->lo == a->hi) /* 来 */
		return i + 1;
	return i;
}

/* The last scale of a number: 万 in 3万, for 2至3万元. */
static double
last_scale(const struct ent_text *t, const struct ent_num *num)
{
	double u = num->e > num->b ? ent_han_scale(t->cp[num->e - 1]) : 0;

	return u >= 100 && ent_digit(t->cp[num->b]) ? u : 1;
}

/* A number or a range of two: 2至3, 10%—15% (the sign may stand twice), 3万至5万. */
static uint32_t
numbers(const struct ent_text *t, uint32_t i, struct amount *a)
{
	struct ent_num x, y;
	uint32_t e, f;

	if (!ent_number(t, i, &x))
		return i;
	a->lo = x.lo;
	a->hi = x.hi;
	a->one = x.han && x.lo == 1 && x.hi == 1;
	e = ent_cp(t, x.e) == '%' ? x.e + 1 : x.e;
	f = ent_link(t, e);
	if (f == e || x.lo != x.hi || !ent_number(t, f, &y) || y.lo != y.hi)
		return x.e;
	if (e > x.e && ent_cp(t, y.e) != '%')
		return x.e;
	if (!x.scaled && x.lo < y.lo / last_scale(t, &y))
		a->lo *= last_scale(t, &y);
	if (a->lo >= y.lo) {
		a->lo = x.lo;
		return x.e;
	}
	a->hi = y.lo;
	a->one = false;
	return y.e;
}

/* 百分之五, 三分之一, 千分之三; the number after 之 is read here. */
static uint32_t
fraction(const struct ent_text *t, uint32_t i, struct amount *a)
{
	struct ent_num whole, part;

	if (ent_cp(t, i) == 0x767E || ent_cp(t, i) == 0x5343 || ent_cp(t, i) == 0x4E07) { /* 百 千 万 */
		whole.lo = ent_han_scale(t->cp[i]);
		whole.e = i + 1;
	} else if (!ent_number(t, i, &whole) || whole.lo != whole.hi) {
		return i;
	}
	if (!ent_at(t, whole.e, "分之", NULL) || !ent_number(t, whole.e + 2, &part) || whole.lo <= 0)
		return i;
	a->one = false;
	a->factor = 1;
	a->label = whole.lo == 100 || whole.lo == 1000 ? ENT_PERCENT : ENT_QUANTITY;
	a->unit = a->label == ENT_PERCENT ? BS_S("%") : BS_S("");
	a->lo = part.lo / (a->label == ENT_PERCENT ? whole.lo / 100 : whole.lo);
	a->hi = part.hi / (a->label == ENT_PERCENT ? whole.lo / 100 : whole.lo);
	if (a->label == ENT_QUANTITY) /* six digits say it */
		a->lo = a->hi = round(a->lo * 1e6) / 1e6;
	return part.e;
}

/* 八成, 七成半, 五到七成: tenths. */
static uint32_t
tenths(const struct ent_text *t, uint32_t e, struct amount *a)
{
	static const char *const words[] = {
		"为", "立", "果", "功", "员", "本", "绩", "长", "了", "就", "套", "熟", "都", "人", "型", "分", "品", "群", "交", "因", "效", NULL
	};

	if (ent_cp(t, e) != 0x6210 || a->lo > 10 || ent_pick(t, e + 1, words, NULL) >= 0)
		return e;
	e++;
	a->factor = 10;
	if (ent_han_digit(ent_cp(t, e)) > 0 && a->lo == a->hi && ent_han_scale(ent_cp(t, e + 1)) == 0) { /* 一成五 */
		a->lo = a->hi = a->lo + ent_han_digit(t->cp[e]) / 10.0;
		e++;
	} else if (ent_cp(t, e) == 0x534A && ent_cp(t, e + 1) != 0x5E74) { /* 半, but not 半年 */
		a->lo += 0.5;
		a->hi += 0.5;
		e++;
	}
	a->label = ENT_PERCENT;
	a->unit = BS_S("%");
	return e;
}

static uint32_t
percent(const struct ent_text *t, uint32_t e, struct amount *a)
{
	uint32_t len;

	if (ent_at(t, e, "个百分点", &len) || ent_at(t, e, "百分点", &len)) {
		a->unit = BS_S("百分点");
	} else if (ent_cp(t, e) == '%' || ent_cp(t, e) == 0x2030) { /* per mille */
		a->unit = ent_cp(t, e) == '%' ? BS_S("%") : BS_S("‰");
		len = 1;
	} else {
		return tenths(t, e, a);
	}
	a->label = ENT_PERCENT;
	return e + len;
}

/* A unit of units.txt. */
static uint32_t
unit(const struct lexicon *lex, const struct ent_text *t, uint32_t e, struct amount *a)
{
	const struct lex_hit *u;
	struct bs_str data, name;
	uint32_t b = e;

	e = ent_cp(t, e) == ' ' && ent_latin(ent_cp(t, e + 1)) ? e + 1 : e;
	u = lex_find(t, e, LEX_UNIT, 0);
	if (!u || (ent_latin(t->cp[e + u->chars - 1]) && ent_latin(ent_cp(t, e + u->chars))))
		return b;
	if (u->tag == 'O' || (a->one && u->tag == 'C') || ent_at(t, e, "位数", NULL)) /* 两位数增长 */
		return b;
	data = lex->units[u->cost];
	name = bs_field(&data, '\t');
	if (a->label != ENT_MONEY || u->tag != 'M' || !bs_is(name, "CNY")) /* 港币5000元 is in HKD */
		a->unit = name;
	a->factor = data.n ? strtod(data.p, NULL) : 1;
	a->label = u->tag == 'M' ? ENT_MONEY : ENT_QUANTITY;
	return e + u->chars;
}

/* Signs and words before the number that make it money: $12, 人民币500元, 日元1000万.
 * Of the words that units.txt gives for money those may stand here whose number
 * is large or has a 元 of its own, for 2019 in 欧元2019年 is no amount. */
static uint32_t
currency(const struct lexicon *lex, const struct ent_text *t, uint32_t i, struct amount *a)
{
	static const char *const names[] = { "US$", "HK$", "$", "¥", "￥", "€", "£", "人民币", "RMB", "美元", "港币", NULL };
	static const char *const codes[] = { "USD", "HKD", "USD", "CNY", "CNY", "EUR", "GBP", "CNY", "CNY", "USD", "HKD" };
	static struct ent_firsts firsts = ENT_FIRSTS(names);
	const struct lex_hit *word;
	struct ent_num num;
	struct bs_str data;
	uint32_t len, e;
	int k = ent_may_begin(&firsts, ent_cp(t, i)) ? ent_pick(t, i, names, &len) : -1;

	if (k >= 0) {
		a->unit = bs_str(codes[k]);
	} else {
		word = bs_is_han(ent_cp(t, i)) && ent_cp(t, i + 1) ? lex_find(t, i, LEX_UNIT, 'M') : NULL;
		if (!word || word->chars < 2 || !ent_number(t, i + word->chars, &num) || (!num.scaled && ent_cp(t, num.e) != YUAN))
			return i;
		data = lex->units[word->cost];
		a->unit = bs_field(&data, '\t');
		len = word->chars;
	}
	e = ent_blanks(t, i + len);
	a->label = ENT_MONEY;
	return e;
}

static void
put_bound(struct bs_buf *b, const char *key, double v)
{
	bs_puts(b, b->n ? " " : "");
	bs_puts(b, key);
	ent_put_number(b, v);
}

static struct bs_str
attrs(struct bs_mem *mem, const struct amount *a)
{
	struct bs_buf b = { NULL, 0, 0 };
	struct bs_str s;

	if (a->lo == a->hi) {
		put_bound(&b, "number=", a->lo * a->factor);
	} else {
		if (!isinf(a->lo))
			put_bound(&b, "min=", a->lo * a->factor);
		if (!isinf(a->hi))
			put_bound(&b, "max=", a->hi * a->factor);
	}
	if (a->unit.n)
		bs_put_attr(&b, "unit", a->unit);
	s = bs_keep(mem, (struct bs_str){ b.p, b.n });
	bs_buf_free(&b);
	return s;
}

/* Sign of the number: 负5, -5, 零下5 (degrees). */
static uint32_t
sign(const struct ent_text *t, uint32_t i, double *s)
{
	uint32_t len;

	if (ent_at(t, i, "零下", &len) || ent_at(t, i, "负", &len) ||
	    (ent_cp(t, i) == '-' && (i == 0 || !(ent_digit(t->cp[i - 1]) || ent_latin(t->cp[i - 1]))) && ent_at(t, i, "-", &len))) {
		*s = -1;
		return i + len;
	}
	*s = 1;
	return i;
}

/* 3.5 million, after a currency sign or before a unit. */
static uint32_t
english_scale(const struct ent_text *t, uint32_t e, struct amount *a)
{
	static const char *const words[] = { "thousand", "million", "billion", "trillion", "m", "bn", "k", NULL };
	static const double scales[] = { 1e3, 1e6, 1e9, 1e12, 1e6, 1e9, 1e3 };
	uint32_t len, at = ent_blanks(t, e);
	int k = ent_latin(ent_cp(t, at)) ? ent_pick(t, at, words, &len) : -1;

	if (k < 0 || ent_latin(ent_cp(t, at + len)) || (k > 3 && a->label != ENT_MONEY) || (k > 3 && at > e))
		return e;
	a->lo *= scales[k];
	a->hi *= scales[k];
	return at + len;
}

/* A number may not be cut out of a longer one, a word, a name or an ordinal. */
static bool
inside(const struct ent_text *t, uint32_t i)
{
	uint32_t c = ent_cp(t, i), p = i > 0 ? t->cp[i - 1] : 0;

	if (ent_digit(c))
		return ent_digit(p) || ent_latin(p) || p == '_' || p == '#' || p == 0x7B2C || (p == ',' && i > 1 && ent_grouped(t, i))
		    || ((p == '.' || p == '/' || p == ':') && i > 1 && (ent_digit(t->cp[i - 2]) || ent_latin(t->cp[i - 2])))
		    || (p == '-' && i > 1 && ent_latin(t->cp[i - 2]));
	if (ent_han_digit(c) >= 0 || ent_han_scale(c) != 0 || c == 0x51E0)
		return ent_han_digit(p) >= 0 || ent_han_scale(p) != 0 || ent_digit(p) || p == 0x7B2C;
	return false;
}

/* The end of the number at [i, e) where its last scale belongs to the unit:
 * 3万千瓦 are 30,000 kW, 15亿千瓦时 1.5 billion kWh. */
static uint32_t
before_unit(const struct ent_text *t, uint32_t i, uint32_t e, struct amount *a)
{
	struct ent_text cut = *t;
	struct amount b = *a;
	const struct lex_hit *u;

	if (e < i + 2 || (t->cp[e - 1] != THOUSAND && t->cp[e - 1] != HUNDRED))
		return e;
	u = lex_find(t, e - 1, LEX_UNIT, 'Q');
	cut.n = e - 1;
	if (!u || u->chars < 2 || numbers(&cut, i, &b) != e - 1)
		return e;
	*a = b;
	return e - 1;
}

static int
any_digit(uint32_t c)
{
	return ent_digit(c) ? (int)(c - '0') : ent_han_digit(c);
}

/* 一米八, 一米七五, 1米75: tenths and hundredths of the metre after it. */
static uint32_t
after_metre(const struct ent_text *t, uint32_t e, struct amount *a)
{
	int tenth = any_digit(ent_cp(t, e)), next = any_digit(ent_cp(t, e + 1));
	uint32_t end = next >= 0 ? e + 2 : e + 1, c;

	if (!bs_is(a->unit, "m") || t->cp[e - 1] != 0x7C73 || a->lo != a->hi || a->lo > 9 || tenth < 1 || any_digit(t->cp[e - 2]) < 1)
		return e;
	c = ent_cp(t, end);
	if (any_digit(c) >= 0 || c == '.' || c == ':' || ent_han_scale(c) != 0 || lex_find(t, end, LEX_UNIT, 0))
		return e;
	a->lo = a->hi = a->lo + tenth / 10.0 + (next > 0 ? next / 100.0 : 0);
	return end;
}

/* 6岁半: the end of the half after the unit that ends at e. */
static uint32_t
half_more(const struct ent_text *t, uint32_t e, struct amount *a)
{
	if (!bs_is(a->unit, "岁") || ent_cp(t, e) != 0x534A || a->lo != a->hi)
		return e;
	a->lo = a->hi = a->lo + 0.5;
	return e + 1;
}

/* Reads number and unit at i into *a; the end, or i. */
static uint32_t
amount(const struct lexicon *lex, const struct ent_text *t, uint32_t i, struct amount *a)
{
	double s;
	uint32_t at = currency(lex, t, i, a), e, f;
	bool money = at > i;

	at = sign(t, at, &s);
	e = fraction(t, at, a);
	if (e > at)
		return e;
	if (inside(t, at))
		return i;
	if (ent_cp(t, at) == 0x534A) { /* 半斤, 半亩 */
		a->lo = a->hi = 0.5;
		a->one = true; /* 半个 is as vague as 一个 */
		e = unit(lex, t, at + 1, a);
		return e > at + 1 ? e : i;
	}
	e = numbers(t, at, a);
	if (e == at)
		return i;
	e = more(t, before_unit(t, at, e, a), a);
	a->lo *= s;
	a->hi *= s;
	e = english_scale(t, e, a);
	f = percent(t, e, a);
	if (f == e && (f = unit(lex, t, e, a)) > e)
		f = half_more(t, after_metre(t, f, a), a);
	if (f == e)
		return money ? e : i;
	return a->label == ENT_PERCENT && !a->unit.n ? i : f;
}

bool
ent_quantity(const struct lexicon *lex, const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span)
{
	struct amount a = { 0, 0, ENT_QUANTITY, { "", 0 }, 1, false };
	uint32_t at = i, e;
	enum bound side = head(t, &at), after;

	if (at == i && inside(t, i))
		return false;
	e = amount(lex, t, at, &a);
	if (e == at)
		return false;
	if (a.label == ENT_MONEY || bs_is(a.unit, "倍")) /* 3万元多, 1倍多; but 3家多次违规的企业 */
		e = more(t, e, &a);
	after = tail(t, &e);
	open_to(&a, after != EXACT ? after : side);
	*span = (struct ent_span){ i, e, a.label, attrs(mem, &a), 0, false };
	return true;
}
