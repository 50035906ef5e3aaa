#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number.h"

int
ent_han_digit(uint32_t c)
{
	switch (c) {
	case 0x3007: case 0x96F6: case 0x25CB: return 0; /* 〇 零 and the circle that stands for it */
	case 0x4E00: case 0x58F9: return 1;
	case 0x4E8C: case 0x4E24: case 0x8D30: return 2;
	case 0x4E09: case 0x53C1: return 3;
	case 0x56DB: case 0x8086: return 4;
	case 0x4E94: case 0x4F0D: return 5;
	case 0x516D: return 6;
	case 0x4E03: case 0x67D2: return 7;
	case 0x516B: case 0x634C: return 8;
	case 0x4E5D: case 0x7396: return 9;
	}
	return -1;
}

double
ent_han_scale(uint32_t c)
{
	switch (c) {
	case 0x5341: case 0x62FE: return 10;
	case 0x5EFF: return 20; /* 廿 */
	case 0x5345: return 30; /* 卅 */
	case 0x767E: case 0x4F70: return 100;
	case 0x5343: case 0x4EDF: return 1000;
	case 0x4E07: return 1e4;
	case 0x4EBF: return 1e8;
	}
	return 0;
}

/* What is being added up: 三千二百 in section, whole 万 and 亿 in total. */
struct sum {
	double total, section, cur;
	double unit;   /* of the last scale seen, for 三万五 */
	bool some;     /* cur holds a digit */
	bool zero;     /* 零 came after the last scale */
};

static void
scale(struct sum *s, double u)
{
	if (u == 20 || u == 30) {
		s->section += u;
		s->unit = 10;
	} else if (u < 1e4) {
		s->section += (s->some ? s->cur : 1) * u;
		s->unit = u;
	} else {
		double part = s->section + (s->some ? s->cur : 0);

		if (part == 0 && s->total == 0)
			part = 1;
		s->total = u >= 1e8 ? (s->total + part) * u : s->total + part * u;
		s->section = 0;
		s->unit = u;
	}
	s->cur = 0;
	s->some = s->zero = false;
}

/* 27,000 and 2.7: digits from i, thousands separated by commas in groups of
 * three, then a fraction. MSRA-age papers print the point as a middle dot. */
static uint32_t
literal(const struct ent_text *t, uint32_t i, struct ent_num *num, double *value)
{
	uint32_t b = i, k;
	double v = 0, down = 1;

	for (; ent_digit(ent_cp(t, i)) && i - b < ENT_NUMBER_MAX; i++)
		v = v * 10 + (t->cp[i] - '0');
	num->digits = i - b;
	while (i - b <= 3 + 4 * 5 && num->digits <= 3 && ent_cp(t, i) == ',') {
		for (k = 1; k <= 3 && ent_digit(ent_cp(t, i + k)); k++)
			;
		if (k != 4 || ent_digit(ent_cp(t, i + 4)))
			break;
		for (k = 1; k <= 3; k++)
			v = v * 10 + (t->cp[i + k] - '0');
		i += 4;
	}
	if ((ent_cp(t, i) == '.' || ent_cp(t, i) == 0xB7) && ent_digit(ent_cp(t, i + 1))) {
		num->points = true;
		for (i++; ent_digit(ent_cp(t, i)) && i - b < ENT_NUMBER_MAX; i++) {
			v = v * 10 + (t->cp[i] - '0');
			down *= 10;
		}
	}
	*value = v / down;
	return i;
}

bool
ent_grouped(const struct ent_text *t, uint32_t i)
{
	uint32_t k = i;

	if (i < 2 || t->cp[i - 1] != ',' || !ent_digit(t->cp[i - 2]))
		return false;
	while (k < i + 4 && ent_digit(ent_cp(t, k)))
		k++;
	return k == i + 3;
}

/* 二〇二四, 一九九八: digits one after the other; needs three, or a 〇. */
static bool
positional(const struct ent_text *t, uint32_t i, struct ent_num *num)
{
	uint32_t b = i;
	bool zero = false;
	double v = 0;

	for (; ent_han_digit(ent_cp(t, i)) >= 0 && i - b < ENT_NUMBER_MAX; i++) {
		v = v * 10 + ent_han_digit(t->cp[i]);
		zero = zero || t->cp[i] == 0x3007 || t->cp[i] == 0x25CB;
	}
	if (ent_han_scale(ent_cp(t, i)) != 0 || (i - b < 3 && !(zero && i - b == 2)))
		return false;
	num->e = i;
	num->lo = num->hi = v;
	num->digits = i - b;
	return true;
}

/* 三四个, 七八十, 三五天: two digits in a row mean from one to the other. */
static bool
pair(const struct ent_text *t, uint32_t i, struct ent_num *num)
{
	int a = ent_han_digit(ent_cp(t, i)), b = ent_han_digit(ent_cp(t, i + 1));

	if (a < 1 || (b != a + 1 && !(a == 3 && b == 5)) || ent_han_digit(ent_cp(t, i + 2)) >= 0)
		return false;
	num->lo = a;
	num->hi = b;
	num->e = i + 2;
	if (ent_han_scale(ent_cp(t, i + 2)) != 0) {
		double u = 1;

		for (i += 2; ent_han_scale(ent_cp(t, i)) != 0; i++)
			u *= ent_han_scale(t->cp[i]);
		num->lo *= u;
		num->hi *= u;
		num->e = i;
		num->scaled = true;
		return ent_han_digit(ent_cp(t, i)) < 0;
	}
	return true;
}

static double
worth(const struct sum *s)
{
	/* 三万五 is 35 thousand, 三万零五 is 30005 */
	double tail = s->some ? s->cur * (s->zero || s->unit < 100 ? 1 : s->unit / 10) : 0;

	return s->total + s->section + tail;
}

static uint32_t
add_up(const struct ent_text *t, uint32_t i, struct ent_num *num, struct sum *s)
{
	uint32_t end = t->n - i < ENT_NUMBER_MAX ? t->n : i + ENT_NUMBER_MAX;

	while (i < end) {
		uint32_t c = t->cp[i];
		double u = ent_han_scale(c);

		if (u != 0) {
			if ((u == 10 || u >= 20) && u < 100 && s->some && s->cur >= 10)
				break; /* 15十 is no number */
			num->scaled = true;
			scale(s, u);
			i++;
		} else if (ent_digit(c) && !s->some && (i == num->b || s->unit > 0)) {
			i = literal(t, i, num, &s->cur);
			num->han = false;
			s->some = true;
		} else if (ent_han_digit(c) > 0 && !s->some) {
			s->cur = ent_han_digit(c);
			s->some = true;
			i++;
		} else if (ent_han_digit(c) == 0 && !s->some && (s->unit > 0 || i == num->b)) {
			s->zero = true;
			s->some = i == num->b;
			i++;
		} else {
			break;
		}
	}
	return i;
}

/* 三点五, after its whole part. */
static uint32_t
point(const struct ent_text *t, uint32_t i, struct ent_num *num)
{
	double place = 0.1;

	if (ent_cp(t, i) != 0x70B9 || ent_han_digit(ent_cp(t, i + 1)) < 0 || !num->han)
		return i;
	for (i++; ent_han_digit(ent_cp(t, i)) >= 0 && place > 1e-15; i++, place /= 10)
		num->lo += ent_han_digit(t->cp[i]) * place;
	for (; ent_han_scale(ent_cp(t, i)) >= 1e4; i++)
		num->lo *= ent_han_scale(t->cp[i]);
	num->hi = num->lo;
	num->points = true;
	return i;
}

/* 几 数 and the like where a digit could stand: several. */
static bool
several(uint32_t c)
{
	return c == 0x51E0 || c == 0x6570 || c == 0x82E5; /* 几 数 若 */
}

/* 十几, 几十, 数百万, 30多万, 三百余万: open or of several. */
static uint32_t
fuzzy(const struct ent_text *t, uint32_t i, struct ent_num *num)
{
	uint32_t c = ent_cp(t, i);
	double u = 1;

	if (c == 0x51E0 && num->scaled) { /* 十几 */
		num->hi = num->lo + 9;
		num->lo += 1;
		i++;
	} else if ((c == 0x591A || c == 0x4F59) && ent_han_scale(ent_cp(t, i + 1)) >= 100) { /* 30多万 */
		num->hi = INFINITY;
		i++;
	} else {
		return i;
	}
	for (; ent_han_scale(ent_cp(t, i)) != 0; i++)
		u *= ent_han_scale(t->cp[i]);
	num->lo *= u;
	num->hi *= u;
	return i;
}

/* A scale with nothing before it is a word more often than a number. */
static bool
bare_ok(const struct ent_text *t, uint32_t b, uint32_t e)
{
	static const char *const before[] = { "上", "近", "超", "过", "逾", "成", "达", "半", NULL };
	static const char *const after[] = { "余", "多", "元", NULL };

	return (b > 0 && ent_pick_before(t, b, before, NULL) >= 0) || ent_pick(t, e, after, NULL) >= 0;
}

static bool
read_whole(const struct ent_text *t, uint32_t i, struct ent_num *num)
{
	struct sum s = { 0, 0, 0, 0, false, false };
	bool vague = several(ent_cp(t, i)) && (ent_han_scale(ent_cp(t, i + 1)) != 0);
	uint32_t from;

	memset(num, 0, sizeof(*num));
	num->b = num->e = i;
	num->han = true;
	if (positional(t, i, num) || pair(t, i, num))
		return true;
	from = vague ? i + 1 : i;
	num->b = from;
	num->e = add_up(t, from, num, &s);
	num->b = i;
	if (num->e == from || num->e - from >= ENT_NUMBER_MAX)
		return false;
	num->lo = num->hi = worth(&s);
	if (vague) {
		num->hi = num->lo * 9;
		num->lo *= 2;
		return num->scaled;
	}
	if (num->han && num->scaled && ent_han_scale(t->cp[i]) >= 100 && !bare_ok(t, i, num->e))
		return false;
	return true;
}

/* ent_number, but for a decimal 点: 七点一刻 is a time of day. */
static bool
whole(const struct ent_text *t, uint32_t i, struct ent_num *num)
{
	struct ent_last_number *last = t->number;

	if (last->at != i + 1 || last->n != t->n) {
		last->is = read_whole(t, i, &last->num);
		last->at = i + 1;
		last->n = t->n;
	}
	*num = last->num;
	return last->is;
}

bool
ent_number(const struct ent_text *t, uint32_t i, struct ent_num *num)
{
	if (!whole(t, i, num))
		return false;
	if (num->lo == num->hi)
		num->e = fuzzy(t, point(t, num->e, num), num);
	return true;
}

uint32_t
ent_link(const struct ent_text *t, uint32_t i)
{
	static const char *const links[] = { "至", "到", "—", "——", "-", "~", "～", "–", "－", NULL };
	uint32_t len, c = ent_cp(t, i);

	if (bs_is_han(c) ? c != 0x81F3 && c != 0x5230 : ent_digit(c) || ent_latin(c)) /* 至 到 */
		return i;
	return ent_pick(t, i, links, &len) >= 0 ? i + len : i;
}

bool
ent_small(const struct ent_text *t, uint32_t i, int max, int *value, uint32_t *e)
{
	struct ent_num num;
	uint32_t k = i;

	if (ent_digit(ent_cp(t, i))) {
		for (*value = 0; ent_digit(ent_cp(t, k)) && k - i < 5; k++)
			*value = *value * 10 + (int)(t->cp[k] - '0');
		*e = k;
		return *value <= max && !ent_digit(ent_cp(t, k)) && (k - i <= 2 || max > 99);
	}
	if (ent_han_digit(ent_cp(t, i)) < 0 && ent_han_scale(ent_cp(t, i)) == 0)
		return false;
	if (!whole(t, i, &num) || num.lo != num.hi || !num.han || num.points || num.lo > max)
		return false;
	*value = (int)num.lo;
	*e = num.e;
	return true;
}

/* Digits of v, a point before the last `places` of them. */
static void
put_digits(struct bs_buf *b, uint64_t v, unsigned places)
{
	char s[32], *p = s + sizeof(s);
	unsigned k;

	for (k = 0; v || k <= places; k++) {
		if (k == places && places)
			*--p = '.';
		*--p = (char)('0' + v % 10);
		v /= 10;
	}
	bs_put(b, p, (size_t)(s + sizeof(s) - p));
}

void
ent_put_number(struct bs_buf *b, double v)
{
	double by = 1;
	unsigned places;
	char s[64];
	int n;

	/* a number that is nearest to a decimal of up to 15 digits has these in %.15g as well, and printf takes its time */
	for (places = 0; v >= 1e-3 && v < 1e9 && places <= 4; places++, by *= 10)
		if (rint(v * by) / by == v) {
			put_digits(b, (uint64_t)rint(v * by), places);
			return;
		}
	n = snprintf(s, sizeof(s), "%.15g", v);
	if (n > 0 && strchr(s, 'e'))
		snprintf(s, sizeof(s), fabs(v) < 1 ? "%.9f" : "%.0f", v);
	bs_puts(b, s);
}
