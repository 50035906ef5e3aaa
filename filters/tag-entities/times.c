#include <string.h>

#include "number.h"
#include "times.h"

/* A day and month without a year: the page's, or the year before where it
 * would lie more than half a year ahead (December, read in January). */
static void
settle_year(const struct ent_times *x, struct ent_when *w, bool given)
{
	struct ent_date d = { w->year, w->month, w->day };

	if (given || !x->ref.y || w->year != x->ref.y || w->day < 1 || w->month < 1 || d.d > ent_month_days(d.y, d.m))
		return;
	if (ent_date_days(d) - ent_date_days(x->ref) > 183)
		w->year--;
}

/* 2024-01-16, 2024.1.16, 2024/1/16. */
static uint32_t
numeric(const struct ent_text *t, uint32_t i, struct ent_when *w)
{
	int y, m, d, k;
	uint32_t e, f, g, sep;

	if (!ent_small(t, i, 2199, &y, &e) || e != i + 4 || y < 1000)
		return i;
	sep = ent_cp(t, e);
	if ((sep != '-' && sep != '.' && sep != '/') || !ent_small(t, e + 1, 12, &m, &f) || m < 1 || !ent_digit(t->cp[e + 1]))
		return i;
	if (ent_cp(t, f) != sep || !ent_small(t, f + 1, 31, &d, &g) || d < 1 || !ent_digit(t->cp[f + 1]))
		return i;
	if ((ent_cp(t, g) == '-' && !(sep != '-' && ent_small(t, g + 1, 2199, &k, &f) && f == g + 5 && ent_cp(t, f) == sep)) || ent_cp(t, g) == '/' || ent_digit(ent_cp(t, g)) || (ent_cp(t, g) == '.' && ent_digit(ent_cp(t, g + 1))))
		return i;
	w->year = y;
	w->month = m;
	w->day = d;
	return g;
}

/* Year, month, day, time of day: as many as there are, in this order. */
static uint32_t
point(struct ent_times *x, uint32_t i, struct ent_when *w, const char **mod)
{
	const struct ent_text *t = x->t;
	uint32_t b = i, e;
	bool given;

	e = numeric(t, i, w);
	if (e == i) {
		e = ent_read_set(x, i, w);
		if (e == i)
			e = ent_read_year(x, i, w);
		given = w->year >= 0;
		if (given && ent_cp(t, e) == ' ' && ent_digit(ent_cp(t, e + 1)) && !w->set) /* 2024年 1月 */
			e++;
		i = e;
		if (!*mod && !w->part && w->week < 0)
			e = ent_read_part(x, i, w, mod);
		if (!w->part && !*mod && w->week < 0 && (w->month < 0 || w->set))
			e = ent_read_month(x, e, w, mod);
		if (!w->part && !*mod && w->digits == 4 && w->week < 0 && w->day < 0)
			e = ent_read_day(x, e, w);
		if (e == i && i > b && t->cp[i - 1] == ' ')
			e--;
		settle_year(x, w, given);
	}
	i = ent_blanks(t, e);
	if (w->month >= 0 && w->day > 0 && ent_at(t, i, "星期", NULL) && i + 3 <= t->n && i - e <= 1)
		e = i + 3; /* 1月16日 星期二 */
	if ((e > b && w->day < 0 && w->weekday < 1 && w->week < 0 && !w->set) || w->begin.y || w->weekday == 8)
		return e;
	i = ent_blanks(t, e);
	i = i - e > 1 ? e : i;
	b = ent_read_clock(t, i, w);
	return b > i ? b : e;
}

/* 2019—2023年: the first year has no 年 of its own. */
static uint32_t
bare_year(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	struct ent_when next;
	int y;
	uint32_t e, f;

	ent_when_init(&next);
	if (!ent_digit(ent_cp(x->t, i)) || !ent_small(x->t, i, 2199, &y, &e) || e != i + 4 || y < 1000 || (f = ent_link(x->t, e)) == e)
		return i;
	if (ent_read_year(x, f, &next) == f || next.digits != 4 || next.year <= y)
		return i;
	w->year = y;
	return e;
}

/* 9—11月, 10至15日: the first number has no unit of its own; or 9:00—11:00. */
static uint32_t
bare_first(struct ent_times *x, uint32_t i, struct ent_when *w)
{
	int v, u;
	uint32_t e, f, g;

	if (!ent_small(x->t, i, 31, &v, &e) || v < 1 || (f = ent_link(x->t, e)) == e || !ent_small(x->t, f, 31, &u, &g) || u <= v)
		return i;
	if (ent_cp(x->t, g) == 0x6708 && u <= 12 && w->month < 0) { /* 月 */
		w->month = v;
		if (w->year < 0)
			w->year = x->ref.y;
		return e;
	}
	if (ent_cp(x->t, g) == 0x65E5 && w->month > 0 && w->day < 0) { /* 日 */
		w->day = v;
		return e;
	}
	return i;
}

/* What the second end of a range leaves open is as in the first. */
static void
inherit(const struct ent_when *a, struct ent_when *b, bool year_read)
{
	if (!year_read)
		b->year = a->year;
	if (b->month < 1 || (b->day > 0 && !year_read && b->month < 0))
		b->month = a->month;
	b->set = a->set;
}

/* 每周一至周五: the last day of those that are meant every week. */
static uint32_t
last_weekday(const struct ent_text *t, uint32_t i, const struct ent_when *a, struct ent_when *b)
{
	static const char *const weeks[] = { "每周", "每星期", "周", "星期", "礼拜", NULL };
	uint32_t len;
	int d = -1;

	if (ent_pick(t, i, weeks, &len) >= 0)
		d = ent_cp(t, i + len) == 0x65E5 || ent_cp(t, i + len) == 0x5929 ? 7 : ent_han_digit(ent_cp(t, i + len)); /* 日 天 */
	if (d <= a->weekday || d > 7)
		return i;
	*b = *a;
	b->weekday = d;
	return i + len + 1;
}

/* The hour that ends 下午3时至5时, 晚上7点到9点, 下午2:00-4:30: without a part of the day of
 * its own it is counted as the first is, if it comes after that. */
static uint32_t
second_clock(const struct ent_text *t, uint32_t i, const struct ent_when *a, struct ent_when *b)
{
	uint32_t e = ent_read_clock(t, i, b), f;
	bool own = b->tod;
	int d;

	if (e == i && ent_small(t, i, 24, &d, &f) && (ent_cp(t, f) == 0x65F6 || ent_cp(t, f) == 0x70B9)) { /* 时 点 */
		b->tod = "DT"; /* says that it is an hour, and moves it nowhere */
		e = ent_read_clock(t, i, b);
		b->tod = a->tod;
	}
	if (e > i && !own && a->tod && b->hour <= 12 && b->hour < a->hour && b->hour + 12 > a->hour)
		b->hour += 12;
	return e;
}

/* The second end, at i after the link. */
static uint32_t
second(struct ent_times *x, uint32_t i, const struct ent_when *a, struct ent_when *b)
{
	const char *mod = NULL;
	struct ent_times y = *x;
	uint32_t e;
	int d;

	ent_when_init(b);
	if (a->set && a->weekday > 0 && a->hour < 0)
		return last_weekday(x->t, i, a, b);
	if (a->hour >= 0 || a->tod) { /* 9:00—11:00, 上午9时至11时 */
		e = second_clock(x->t, i, a, b);
		if (e > i) {
			b->day = a->day;
			if (a->week < 0) { /* 每周二上午9时至11时 ends at T11:00 */
				b->year = a->year;
				b->month = a->month;
			}
			return e;
		}
	}
	if (a->day > 0 && ent_small(x->t, i, 31, &d, &e) && (ent_cp(x->t, e) == 0x65E5 || ent_cp(x->t, e) == 0x53F7)) {
		b->year = a->year;
		b->month = a->month;
		b->day = d;
		return e + 1;
	}
	e = numeric(x->t, i, b);
	if (e > i)
		return e;
	e = ent_read_year(&y, i, b);
	if (e == i) {
		y.ref.y = a->year > 0 ? a->year : x->ref.y;
		y.year = 0;
		e = point(&y, i, b, &mod);
		if (e > i)
			inherit(a, b, false);
	} else {
		ent_when_init(b);
		e = point(&y, i, b, &mod);
	}
	if (a->month > 0 && b->month < 1 && !b->part && b->year == a->year && b->hour < 0)
		return i;
	return mod ? i : e;
}

static bool
same_kind(const struct ent_when *a, const struct ent_when *b)
{
	return (a->day > 0) == (b->day > 0) && !a->ref && !b->ref && !a->part == !b->part && (a->hour >= 0) == (b->hour >= 0);
}

static void
remember(struct ent_times *x, const struct ent_when *w)
{
	if (w->year > 0 && w->month > 0 && w->day > 0 && !w->set && w->digits == 4)
		x->last = (struct ent_date){ w->year, w->month, w->day };
	if (w->year > 0 && w->digits == 4 && !w->set)
		x->year = w->year;
}

static bool
valid(const struct ent_when *w)
{
	if (w->month > 12)
		return false;
	return w->day < 1 || w->month < 1 || w->day <= ent_month_days(w->year > 0 ? w->year : 2000, w->month);
}

/* value=A/B begin=A end=B. */
static void
put_range(struct bs_buf *buf, const struct ent_when *a, const struct ent_when *b)
{
	bs_puts(buf, "value=");
	ent_when_put(buf, a);
	bs_puts(buf, "/");
	ent_when_put(buf, b);
	bs_puts(buf, " begin=");
	ent_when_put(buf, a);
	bs_puts(buf, " end=");
	ent_when_put(buf, b);
}

static void
put_point(struct bs_buf *buf, const struct ent_when *w, const char *mod)
{
	bs_puts(buf, "value=");
	ent_when_put(buf, w);
	if (mod) {
		bs_puts(buf, " mod=");
		bs_puts(buf, mod);
	}
	if (w->begin.y) {
		bs_puts(buf, " begin=");
		ent_date_put(buf, w->begin);
		bs_puts(buf, " end=");
		ent_date_put(buf, w->end);
	}
}

/* 以来: from the point on. */
static uint32_t
since(const struct ent_text *t, uint32_t e, struct bs_buf *buf, const struct ent_when *w)
{
	uint32_t len;

	if (!ent_at(t, e, "以来", &len) || w->set)
		return e;
	buf->n = 0;
	bs_puts(buf, "value=");
	ent_when_put(buf, w);
	bs_puts(buf, "/.. begin=");
	ent_when_put(buf, w);
	return e + len;
}

/* The second of 每周二和周四, 每周一、周三: a day of every week, too. */
static uint32_t
weekly_too(const struct ent_times *x, uint32_t i, struct ent_when *w)
{
	static const char *const links[] = { "、", "和", "及", "与", ",", NULL };
	struct ent_when none;

	if (!x->weekly || i != x->weekly + 1 || ent_pick(x->t, i - 1, links, NULL) < 0)
		return i;
	ent_when_init(&none);
	none.set = true;
	none.year = none.week = none.weekday = 0;
	return last_weekday(x->t, i, &none, w);
}

static bool
date(struct ent_times *x, uint32_t i, struct ent_span *span)
{
	struct ent_when a, b;
	const char *mod = NULL;
	struct bs_buf buf = { NULL, 0, 0 };
	uint32_t e, f, g;

	ent_when_init(&a);
	e = weekly_too(x, i, &a);
	if (e == i)
		e = bare_year(x, i, &a);
	if (e == i)
		e = point(x, i, &a, &mod);
	if (!mod && (e == i || (a.day < 0 && a.month != 0)) && !a.part && a.week < 0)
		e = bare_first(x, e, &a);
	if (e == i || !valid(&a))
		return false;
	f = mod || (a.week >= 0 && a.hour < 0 && !(a.set && a.weekday > 0)) ? e : ent_link(x->t, e);
	g = f > e ? second(x, f, &a, &b) : f;
	if (g > f && valid(&b) && same_kind(&a, &b)) {
		put_range(&buf, &a, &b);
		e = g;
	} else {
		put_point(&buf, &a, mod);
		e = since(x->t, e, &buf, &a);
	}
	remember(x, &a);
	x->weekly = a.set && a.weekday > 0 ? e : 0;
	*span = (struct ent_span){ i, e, ENT_TIME, bs_keep(x->mem, (struct bs_str){ buf.p, buf.n }), 0, false };
	bs_buf_free(&buf);
	return true;
}

/* The year that a stretch of its first months belongs to where none is named:
 * the page's, or the one before if the stretch was not over then. */
static int
year_of_first(const struct ent_times *x, int months)
{
	return x->ref.y && months > x->ref.m ? x->ref.y - 1 : x->ref.y;
}

/* 前三季度, 今年前5个月, 头两个月: from January on. Without a year 前3个月 may
 * be the three months before something (开业前3个月), so that it has to begin
 * a phrase; 前三季度 and 前五月 are said of a year only. */
static bool
first_months(struct ent_times *x, uint32_t i, struct ent_span *span)
{
	const struct ent_text *t = x->t;
	struct ent_when a, b;
	struct bs_buf buf = { NULL, 0, 0 };
	uint32_t e = i, f, len = 0;
	int n, months;
	bool dated, phrase = i == 0 || !bs_is_han(t->cp[i - 1]);

	while (e < i + 8 && ent_cp(t, e) != 0x524D && ent_cp(t, e) != 0x5934)
		e++;
	if (e == i + 8)
		return false; /* nearly always: do not read a year first */
	e = i;
	ent_when_init(&a);
	if (ent_cp(t, i) != 0x524D && ent_cp(t, i) != 0x5934)
		e = ent_read_year(x, i, &a);
	dated = e > i;
	if ((ent_cp(t, e) != 0x524D && ent_cp(t, e) != 0x5934) || a.digits != 4) /* 前 头 */
		return false;
	if (!ent_small(t, e + 1, 12, &n, &f) || n < 2)
		return false;
	if (n < 4 && (ent_at(t, f, "季度", &len) || ent_at(t, f, "个季度", &len)))
		months = 3 * n;
	else if (ent_at(t, f, "个月", &len) ? dated || phrase : ent_at(t, f, "月", &len) && ent_cp(t, f + 1) != 0x4EFD)
		months = n;
	else
		return false;
	if (!dated)
		a.year = year_of_first(x, months);
	a.month = 1;
	b = a;
	b.month = months;
	put_range(&buf, &a, &b);
	*span = (struct ent_span){ i, f + len, ENT_TIME, bs_keep(x->mem, (struct bs_str){ buf.p, buf.n }), 0, false };
	bs_buf_free(&buf);
	return true;
}

/* A number that goes on to the left is read from its start, and 第三天 is no stretch. */
static bool
inside(const struct ent_text *t, uint32_t i)
{
	uint32_t c = ent_cp(t, i), p = i > 0 ? t->cp[i - 1] : 0;

	if (ent_digit(c))
		return ent_digit(p) || ent_latin(p) || ((p == '.' || p == 0xB7 || p == ':') && i > 1 && ent_digit(t->cp[i - 2]))
		    || (p == ',' && i > 1 && ent_grouped(t, i))
		    || p == 0x7B2C || p == 0x6708; /* 第, and a 月 that no date went on from */
	if (ent_han_digit(c) >= 0 || ent_han_scale(c) != 0)
		return ent_han_digit(p) >= 0 || ent_han_scale(p) != 0 || ent_digit(p) || p == 0x7B2C || p == 0x5468; /* 第 周 */
	return false;
}

bool
ent_time(struct ent_times *x, uint32_t i, struct ent_span *span)
{
	struct ent_span other;
	struct ent_times saved = *x;
	bool found;

	if (inside(x->t, i))
		return false;
	found = date(x, i, span);
	if (ent_read_duration(x, i, &other) && (!found || other.e > span->e)) {
		*x = saved;
		*span = other;
		found = true;
	}
	if (first_months(x, i, &other) && (!found || other.e > span->e)) {
		*x = saved;
		*span = other;
		found = true;
	}
	if (ent_read_feast(x, i, &other) && (!found || other.e > span->e)) {
		*x = saved;
		*span = other;
		found = true;
	}
	if (ent_read_word(x, i, &other) && (!found || other.e > span->e)) {
		*x = saved;
		*span = other;
		found = true;
	}
	return found;
}
