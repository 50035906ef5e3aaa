#include <string.h>

#include "latin.h"
#include "number.h"

/* Times and amounts as English pages put them into words. */

bool
ent_word_end(const struct ent_text *t, uint32_t i)
{
	return !ent_latin(ent_cp(t, i)) && !ent_digit(ent_cp(t, i));
}

void
ent_time_span(struct ent_span *span, struct bs_mem *mem, uint32_t b, uint32_t e, const struct ent_when *w)
{
	struct bs_buf buf = { NULL, 0, 0 };

	bs_puts(&buf, "value=");
	ent_when_put(&buf, w);
	*span = (struct ent_span){ b, e, ENT_TIME, bs_keep(mem, (struct bs_str){ buf.p, buf.n }), 0, false };
	bs_buf_free(&buf);
}

/* Index of the word of the list at i, in small letters or with a capital, that ends there; its end in *e. */
static int
word(const struct ent_text *t, uint32_t i, const char *const *list, uint32_t *e)
{
	uint32_t c = ent_cp(t, i), k;
	int n;

	if (!ent_latin(c))
		return -1;
	for (n = 0; list[n]; n++) {
		const char *w = list[n];

		if ((c | 0x20) != (uint32_t)w[0])
			continue;
		for (k = 1; w[k] && ent_cp(t, i + k) == (uint32_t)w[k]; k++)
			;
		if (!w[k] && ent_word_end(t, i + k)) {
			*e = i + k;
			return n;
		}
	}
	return -1;
}

/* 18, 1,200, 2.5, two, twenty-five: the end of a number at i, or i. */
static uint32_t
count(const struct ent_text *t, uint32_t i, double *v)
{
	static const char *const ones[] = {
		"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
		"fifteen", "sixteen", "seventeen", "eighteen", "nineteen", NULL
	};
	static const char *const tens[] = { "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", NULL };
	struct ent_num num;
	uint32_t e = i, f;
	int k;

	if (ent_digit(ent_cp(t, i))) {
		if (!ent_number(t, i, &num) || num.lo != num.hi || num.scaled)
			return i;
		*v = num.lo;
		return num.e;
	}
	k = word(t, i, ones, &e);
	if (k >= 0) {
		*v = k + 1;
		return e;
	}
	k = word(t, i, tens, &e);
	if (k < 0)
		return i;
	*v = 20 + 10 * k;
	k = ent_cp(t, e) == '-' ? word(t, e + 1, ones, &f) : -1;
	if (k < 0 || k > 8)
		return e;
	*v += k + 1;
	return f;
}

static const char *const units[] = {
	"year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes", "decade", "decades",
	"century", "centuries", NULL
};
static const char letters[] = "YMWDHMYY"; /* of each pair of them; hours and minutes stand after T */
enum { HOUR = 4, MINUTE = 5, DECADE = 6, CENTURY = 7, FAR = 3000 }; /* places in it; the most years, months and so on that are reckoned back */

/* 18 months, thirty years, a two-year plan; three weeks ago. 57 years old and
 * a 57-year-old are ages, not stretches. */
static bool
duration(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span)
{
	static const char *const old[] = { "-old", " old", " of age", NULL };
	struct bs_buf buf = { NULL, 0, 0 };
	struct ent_when w;
	double v = 0;
	uint32_t at = count(t, i, &v), e;
	int k, u;

	if (at == i || (ent_cp(t, at) != ' ' && ent_cp(t, at) != '-'))
		return false;
	k = word(t, at + 1, units, &e);
	if (k < 0 || ent_pick(t, e, old, NULL) >= 0)
		return false;
	u = k / 2;
	v *= u == DECADE ? 10 : u == CENTURY ? 100 : 1;
	if (ent_at(t, e, " ago", NULL) && ref.y && u != HOUR && u != MINUTE && v == (int)v && v <= FAR && ent_when_ago(&w, ref, letters[u], (int)v)) {
		ent_time_span(span, mem, i, e + 4, &w);
		return true;
	}
	bs_puts(&buf, u == HOUR || u == MINUTE ? "value=PT" : "value=P");
	ent_put_number(&buf, v);
	bs_putch(&buf, letters[u]);
	*span = (struct ent_span){ i, e, ENT_TIME, bs_keep(mem, (struct bs_str){ buf.p, buf.n }), 0, false };
	bs_buf_free(&buf);
	return true;
}

/* 30 percent, five per cent, a 2.5-percent rise. */
static bool
percent(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span)
{
	static const char *const signs[] = { " percent", "-percent", " per cent", " percentage point", " percentage points", NULL };
	struct bs_buf buf = { NULL, 0, 0 };
	double v = 0;
	uint32_t at = count(t, i, &v), len;
	int k = at > i ? ent_pick(t, at, signs, &len) : -1;

	if (k < 0 || !ent_word_end(t, at + len))
		return false;
	bs_puts(&buf, "number=");
	ent_put_number(&buf, v);
	bs_puts(&buf, k < 3 ? " unit=%" : " unit=百分点");
	*span = (struct ent_span){ i, at + len, ENT_PERCENT, bs_keep(mem, (struct bs_str){ buf.p, buf.n }), 0, false };
	bs_buf_free(&buf);
	return true;
}

/* 5:30 p.m., 11 a.m., 7 PM. */
static bool
clock(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span)
{
	static const char *const halves[] = { "a.m.", "am", "AM", "A.M.", "p.m.", "pm", "PM", "P.M.", NULL };
	struct ent_when w;
	int h, m = 0;
	uint32_t e, len;
	int k;

	if (!ent_digit(ent_cp(t, i)) || !ent_small(t, i, 12, &h, &e) || h < 1)
		return false;
	if (ent_cp(t, e) == ':' && (!ent_small(t, e + 1, 59, &m, &len) || len != e + 3))
		return false;
	e = ent_blanks(t, ent_cp(t, e) == ':' ? e + 3 : e);
	k = ent_pick(t, e, halves, &len);
	if (k < 0 || !ent_word_end(t, e + len))
		return false;
	ent_when_init(&w);
	w.hour = h % 12 + (k >= 4 ? 12 : 0);
	w.minute = m;
	ent_time_span(span, mem, i, e + len, &w);
	return true;
}

/* Four digits that make a year, at i. */
static bool
four(const struct ent_text *t, uint32_t i, int *y)
{
	uint32_t e;

	return ent_digit(ent_cp(t, i)) && ent_small(t, i, 2199, y, &e) && e == i + 4 && *y >= 1500;
}

/* the 1990s; in 1998, from 1998 to 2004, 1998-2004 after such a word. A number
 * of four digits is a year only where a word before it says so. */
static bool
years(const struct ent_text *t, struct bs_mem *mem, uint32_t i, struct ent_span *span)
{
	static const char *const before[] = {
		"in ", "In ", "since ", "Since ", "from ", "From ", "until ", "Until ", "during ", "During ", "before ", "Before ", "after ", "After ",
		"between ", "Between ", "early ", "late ", NULL
	};
	static const char *const links[] = { " to ", "-", "–", " until ", " through ", " and ", NULL };
	struct ent_when w;
	uint32_t len;
	int y, z;

	if (!four(t, i, &y))
		return false;
	ent_when_init(&w);
	w.year = y;
	if (ent_cp(t, i + 4) == 's' && y % 10 == 0 && ent_word_end(t, i + 5)) {
		w.year = y / 10;
		w.digits = 3;
		ent_time_span(span, mem, i, i + 5, &w);
		return true;
	}
	if (!ent_word_end(t, i + 4) || (ent_cp(t, i + 4) == ',' && ent_digit(ent_cp(t, i + 5))) || ent_pick_before(t, i, before, NULL) < 0)
		return false;
	if (ent_pick(t, i + 4, links, &len) >= 0 && four(t, i + 4 + len, &z) && z > y && ent_word_end(t, i + 8 + len)) {
		*span = (struct ent_span){ i, i + 8 + len, ENT_TIME, bs_fmt(mem, "value=%d/%d begin=%d end=%d", y, z, y, z), 0, false };
		return true;
	}
	if (ent_cp(t, i + 4) == ' ' && ent_latin(ent_cp(t, i + 5)) && ent_pick(t, i + 5, units, NULL) >= 0)
		return false; /* in 1600 days */
	ent_time_span(span, mem, i, i + 4, &w);
	return true;
}

/* last year, this month, next week, last night, this morning. */
static bool
relative(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span)
{
	static const char *const which[] = { "last", "this", "next", NULL };
	static const char *const what[] = { "year", "month", "week", "night", "morning", "afternoon", "evening", NULL };
	static const char *const tods[] = { "NI", "MO", "AF", "EV" };
	struct ent_when w;
	struct ent_date d = ref;
	uint32_t e, f;
	int k = word(t, i, which, &e), u, step;

	if (k < 0 || ent_cp(t, e) != ' ' || (u = word(t, e + 1, what, &f)) < 0 || !ref.y || (u > 3 && k != 1))
		return false;
	step = k - 1;
	ent_when_init(&w);
	if (u == 0)
		d.y += step;
	else if (u == 1)
		d = ent_date_add_months(ref, step);
	else
		d = ent_date_from_days(ent_date_days(ref) + (u == 2 ? 7 * step : step));
	w.year = d.y;
	if (u == 2)
		w.week = ent_date_week(d, &w.year);
	if (u == 1 || u > 2)
		w.month = d.m;
	if (u > 2) {
		w.day = d.d;
		w.tod = tods[u - 3];
	}
	ent_time_span(span, mem, i, f, &w);
	return true;
}

bool
ent_english_value(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span)
{
	uint32_t c = t->cp[i];
	double v;

	if (ent_digit(c))
		return clock(t, mem, i, span) || duration(t, mem, ref, i, span) || percent(t, mem, i, span) || years(t, mem, i, span);
	if (!ent_latin(c) || c >= 0x80 || !strchr("lnotfse", (int)(c | 0x20)))
		return false; /* no number word, nor last, this or next */
	if (count(t, i, &v) == i)
		return relative(t, mem, ref, i, span);
	return duration(t, mem, ref, i, span) || percent(t, mem, i, span) || relative(t, mem, ref, i, span);
}
