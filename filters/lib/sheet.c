/* sheet.c - does a page of print go on after a form feed? */
#include "door.h"

#include <string.h>

#define LINES 3    /* in which a masthead stands */
#define LONGEST 400 /* bytes of a line that are looked at */
#define LAST 8     /* lines at the end of a page that show its column, torn ones aside */
#define NARROWEST 20 /* columns of the narrowest newspaper column */
#define RAGGED 2   /* columns that full lines may differ by: no mark starts a line */
#define INDENT 4   /* columns by which a paragraph is set in */

static bool
holds(struct bs_str s, const char *what)
{
	return bs_find(s, bs_str(what)) != SIZE_MAX;
}

/* The next line with something in it; false when there is none. */
static bool
next_line(struct bs_str *rest, struct bs_str *line)
{
	while (rest->n) {
		const char *nl = memchr(rest->p, '\n', rest->n);
		*line = (struct bs_str){rest->p, nl ? (size_t)(nl - rest->p) : rest->n};
		rest->n -= line->n + (nl != NULL);
		rest->p += line->n + (nl != NULL);
		if (line->n && line->p[line->n - 1] == '\r')
			line->n--;
		*line = bs_trim(*line);
		if (line->n)
			return true;
	}
	return false;
}

/* A year in digits (1931, 2031) or in Chinese numerals (二〇三一年). */
static bool
has_year(struct bs_str s)
{
	if (holds(s, "〇") || holds(s, "○") || holds(s, "二零"))
		return holds(s, "年");
	for (size_t i = 0, run; i < s.n; i += run + 1) {
		for (run = 0; i + run < s.n && s.p[i + run] >= '0' && s.p[i + run] <= '9'; run++)
			;
		if (run == 4 && (memcmp(s.p + i, "18", 2) == 0 || memcmp(s.p + i, "19", 2) == 0 || memcmp(s.p + i, "20", 2) == 0))
			return true;
	}
	return false;
}

/* Whether one of the first lines may be a masthead: a year, or words of mastheads
 * beside it. staff: those words will do alone. */
static bool
has_masthead(struct bs_str text, bool staff)
{
	static const char *const words[] = {"责编", "责任编辑", "編輯", "责校", "版式", "美编", "星期", "版", "日报", "晚报", "时报", "日報", "時報", "Page ", NULL};
	struct bs_str line;

	for (int i = 0; i < LINES && next_line(&text, &line); i++) {
		if (line.n > LONGEST)
			line.n = LONGEST;
		if (has_year(line))
			return true;
		for (size_t k = 0; staff && words[k]; k++)
			if (holds(line, words[k]))
				return true;
	}
	return false;
}

/* Ends in the midst of a sentence, a headline or a byline: with a Han character or a comma. */
static bool
is_open(struct bs_str text)
{
	while (text.n && strchr(" \t\r\n", text.p[text.n - 1]))
		text.n--;
	if (text.n > 8) { /* the last character is all that counts */
		text.p += text.n - 8;
		text.n = 8;
		while (text.n && ((unsigned char)*text.p & 0xc0) == 0x80)
			text.p++, text.n--;
	}
	if (text.n == 0 || bs_utf8_valid(text.p, text.n) != text.n)
		return false;
	uint32_t c = bs_last(text);
	return bs_is_han(c) || c == 0xff0c || c == 0x3001;
}

/* Columns of a line, 0 if it is no UTF-8. */
static size_t
width_of(struct bs_str line)
{
	return bs_utf8_valid(line.p, line.n) == line.n ? bs_columns(line) : 0;
}

static bool
are_alike(size_t a, size_t b)
{
	return a <= b + RAGGED && b <= a + RAGGED;
}

/* Whether one of the last lines of text is about as wide as that. */
static bool
has_line(struct bs_str text, size_t columns)
{
	size_t lines = 0, end = text.n;

	while (end > 0 && lines < 2 * LAST && text.n - end < LAST * LONGEST) {
		size_t start = end;
		while (start > 0 && text.p[start - 1] != '\n')
			start--;
		if (are_alike(width_of((struct bs_str){text.p + start, end - start}), columns))
			return true;
		lines++;
		end = start ? start - 1 : 0;
	}
	return false;
}

/* Whether next starts with a paragraph set as wide as the end of page, where no heading
 * stands over it: two full lines under one as wide or two ems set in. */
static bool
starts_in_column(struct bs_str page, struct bs_str next)
{
	struct bs_str line[3];
	size_t width[3];

	for (int i = 0; i < 3; i++) {
		if (!next_line(&next, &line[i]) || line[i].n > LONGEST)
			return false;
		width[i] = width_of(line[i]);
	}
	size_t wide = width[1] > width[2] ? width[1] : width[2];
	size_t first = width[0] + RAGGED < wide ? width[0] + INDENT : width[0];
	return wide >= NARROWEST && are_alike(width[1], width[2]) && are_alike(first, wide) && has_line(page, wide);
}

bool
bs_may_run_on(struct bs_str page)
{
	return has_masthead(page, false);
}

bool
bs_runs_on(struct bs_str page, struct bs_str next)
{
	struct bs_str rest = next, line;

	return next_line(&rest, &line) && !has_masthead(next, true) && (is_open(page) || starts_in_column(page, next));
}
