/*
 * when.h - points and spans of time, and how TIMEX3 writes them.
 */
#ifndef WHEN_H
#define WHEN_H

#include "bs.h"

/* A day; y 0 means unknown. */
struct ent_date {
	int y, m, d;
};
/* "2024-01-16" into *date; false if s is no such date. */
bool ent_date_parse(struct bs_str s, struct ent_date *date);
/* Days since 1970-01-01 (proleptic Gregorian; the method is Hinnant's
 * days_from_civil), and back. */
long ent_date_days(struct ent_date date);
struct ent_date ent_date_from_days(long days);
/* 1 (Monday) to 7. */
int ent_date_weekday(struct ent_date date);
/* ISO 8601 week and the year that it belongs to. */
int ent_date_week(struct ent_date date, int *year);
int ent_month_days(int y, int m);
/* date moved by n months, the day kept within the month. */
struct ent_date ent_date_add_months(struct ent_date date, int n);

/* What an expression says about a point of time. Fields that it leaves open
 * are -1 (or NULL); a year that nobody can tell is ENT_NO_YEAR and printed XXXX. */
#define ENT_NO_YEAR 0
struct ent_when {
	int year;          /* 2024; or with digits < 4 its first digits (199: the nineties) */
	int digits;        /* digits of the year that are known: 4, 3 or 2 */
	int month, day;
	const char *part;  /* "H1", "Q1", "SP", "W03", "WE": stands after the year (part of a year) */
	int week, weekday; /* ISO week with `year` its year, and 1 to 7, or 8 for its end */
	const char *tod;   /* "MO", "AF", "EV", "NI", "MI", "DT" */
	int hour, minute, second;
	struct ent_date begin, end; /* where the expression covers a stretch that value cannot say; y 0: none */
	const char *ref;   /* "PAST_REF", "PRESENT_REF", "FUTURE_REF" */
	bool set;          /* 每年…: the year is XXXX because it is every year */
};
/* All fields open. */
void ent_when_init(struct ent_when *w);
/* *w becomes the year (letter Y), month (M) or day (W, D) that lies n years, months, weeks or
 * days before ref: 五年前, two weeks ago. False for other letters, and before the year 1. */
bool ent_when_ago(struct ent_when *w, struct ent_date ref, char letter, int n);
/* Appends the value: 2024-01-16T15:30, 2024-H1, XXXX-WXX-2, T06:30, PAST_REF. */
void ent_when_put(struct bs_buf *b, const struct ent_when *w);
/* Appends YYYY-MM-DD. */
void ent_date_put(struct bs_buf *b, struct ent_date date);

#endif
