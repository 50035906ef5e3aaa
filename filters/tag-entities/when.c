#include <stdio.h>
#include <string.h>

#include "when.h"

static bool
digits(struct bs_str s, size_t at, size_t n, int *v)
{
	*v = 0;
	for (; n > 0; n--, at++) {
		if (s.p[at] < '0' || s.p[at] > '9')
			return false;
		*v = *v * 10 + (s.p[at] - '0');
	}
	return true;
}

bool
ent_date_parse(struct bs_str s, struct ent_date *date)
{
	return s.n == 10 && s.p[4] == '-' && s.p[7] == '-' && digits(s, 0, 4, &date->y) && digits(s, 5, 2, &date->m)
	    && digits(s, 8, 2, &date->d) && date->y > 0 && date->m >= 1 && date->m <= 12 && date->d >= 1
	    && date->d <= ent_month_days(date->y, date->m);
}

int
ent_month_days(int y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

	return days[m - 1] + (m == 2 && leap);
}

long
ent_date_days(struct ent_date date)
{
	long y = date.m <= 2 ? date.y - 1 : date.y;
	long era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	long doy = (153L * (date.m + (date.m > 2 ? -3 : 9)) + 2) / 5 + date.d - 1;
	long doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

struct ent_date
ent_date_from_days(long days)
{
	long z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	struct ent_date d;

	d.d = (int)(doy - (153 * mp + 2) / 5 + 1);
	d.m = (int)(mp < 10 ? mp + 3 : mp - 9);
	d.y = (int)(yoe + era * 400 + (d.m <= 2));
	return d;
}

int
ent_date_weekday(struct ent_date date)
{
	long days = ent_date_days(date);

	return (int)(((days + 3) % 7 + 7) % 7) + 1; /* 1970-01-01 was a Thursday */
}

int
ent_date_week(struct ent_date date, int *year)
{
	/* the week's year is that of its Thursday */
	struct ent_date thursday = ent_date_from_days(ent_date_days(date) + 4 - ent_date_weekday(date));
	struct ent_date first = { thursday.y, 1, 1 };

	*year = thursday.y;
	return (int)((ent_date_days(thursday) - ent_date_days(first)) / 7) + 1;
}

struct ent_date
ent_date_add_months(struct ent_date date, int n)
{
	int months = date.y * 12 + date.m - 1 + n, last;

	date.y = months / 12;
	date.m = months % 12 + 1;
	last = ent_month_days(date.y, date.m);
	if (date.d > last)
		date.d = last;
	return date;
}

void
ent_when_init(struct ent_when *w)
{
	memset(w, 0, sizeof(*w));
	w->digits = 4;
	w->year = w->month = w->day = w->week = w->weekday = w->hour = w->minute = w->second = -1;
}

bool
ent_when_ago(struct ent_when *w, struct ent_date ref, char letter, int n)
{
	struct ent_date d = ref;

	switch (letter) {
	case 'Y': d.y -= n; break;
	case 'M': d = ent_date_add_months(ref, -n); break;
	case 'W': d = ent_date_from_days(ent_date_days(ref) - 7 * n); break;
	case 'D': d = ent_date_from_days(ent_date_days(ref) - n); break;
	default: return false;
	}
	if (d.y < 1)
		return false;
	ent_when_init(w);
	w->year = d.y;
	if (letter != 'Y')
		w->month = d.m;
	if (letter == 'W' || letter == 'D')
		w->day = d.d;
	return true;
}

static void
put(struct bs_buf *b, const char *fmt, int v)
{
	char s[32];

	snprintf(s, sizeof(s), fmt, v);
	bs_puts(b, s);
}

static void
put_year(struct bs_buf *b, const struct ent_when *w)
{
	if (w->year <= 0 || w->set)
		bs_puts(b, "XXXX");
	else
		put(b, w->digits == 4 ? "%04d" : w->digits == 3 ? "%03d" : "%02d", w->year);
}

static void
put_week(struct bs_buf *b, const struct ent_when *w)
{
	put_year(b, w);
	if (w->week > 0 && !w->set)
		put(b, "-W%02d", w->week);
	else
		bs_puts(b, "-WXX");
	if (w->weekday == 8)
		bs_puts(b, "-WE");
	else if (w->weekday > 0)
		put(b, "-%d", w->weekday);
}

static void
put_month(struct bs_buf *b, int month)
{
	if (month > 0)
		put(b, "-%02d", month);
	else
		bs_puts(b, "-XX");
}

static void
put_day(struct bs_buf *b, const struct ent_when *w)
{
	if (w->week >= 0 || w->weekday >= 0) {
		put_week(b, w);
		return;
	}
	put_year(b, w);
	if (w->part) {
		bs_puts(b, "-");
		bs_puts(b, w->part);
		return;
	}
	if (w->month >= 0 || w->day >= 0)
		put_month(b, w->month);
	if (w->day > 0)
		put(b, "-%02d", w->day);
	else if (w->day == 0)
		bs_puts(b, "-XX");
}

void
ent_when_put(struct bs_buf *b, const struct ent_when *w)
{
	if (w->ref) {
		bs_puts(b, w->ref);
		return;
	}
	if (w->year >= 0 || w->month >= 0 || w->day >= 0 || w->weekday >= 0 || w->week >= 0)
		put_day(b, w);
	if (w->hour >= 0) {
		put(b, "T%02d", w->hour);
		put(b, ":%02d", w->minute > 0 ? w->minute : 0);
		if (w->second >= 0)
			put(b, ":%02d", w->second);
	} else if (w->tod) {
		bs_puts(b, "T");
		bs_puts(b, w->tod);
	}
}

void
ent_date_put(struct bs_buf *b, struct ent_date date)
{
	put(b, "%04d", date.y);
	put(b, "-%02d", date.m);
	put(b, "-%02d", date.d);
}
