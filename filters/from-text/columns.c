#include "columns.h"

#include <string.h>

#define GAP 3      /* blanks; two may part the words of a headline */
#define NARROW 16  /* bytes of the shortest text beside a gap: less is the cell of a table */
#define LINES 8    /* a page has that many such lines at least, */
#define SHARE 2    /* and they are this part of its lines: a half */
#define COLUMN 30  /* bytes of a line of a column of Chinese print, at least */

/* The first stretch of GAP blanks or more in s from byte i on, as [*from, *to). */
static bool
next_gap(struct bs_str s, size_t i, size_t *from, size_t *to)
{
	for (; i + GAP <= s.n; i++) {
		const char *p = memchr(s.p + i, ' ', s.n - i);

		if (p == NULL)
			return false;
		for (*from = *to = i = (size_t)(p - s.p); *to < s.n && s.p[*to] == ' '; ++*to)
			;
		if (*to - *from >= GAP)
			return true;
		i = *to;
	}
	return false;
}

/* A gap has text as wide as a narrow column on either side. */
static bool
is_double(struct bs_str s)
{
	size_t start = 0, from, to, end, next;

	s = bs_trim(s);
	while (next_gap(s, start, &from, &to)) {
		end = next_gap(s, to, &end, &next) ? end : s.n;
		if (from - start >= NARROW && end - to >= NARROW)
			return true;
		start = to;
	}
	return false;
}

/* Two lines of Chinese with one blank between: so pdftotext without -raw prints columns that
 * stand close together. A headline has a blank, too, and a box of two lines, but neither has
 * another one right under it. */
static bool
is_pair(struct bs_str s)
{
	const char *blank = memchr(s.p, ' ', s.n), *end = s.p + s.n;

	if (blank == NULL || blank - s.p < COLUMN || end - blank <= COLUMN || !(blank[-1] & 0x80) || !(blank[1] & 0x80))
		return false;
	return memchr(blank + 1, ' ', (size_t)(end - blank - 1)) == NULL;
}

/* Counts pairs that stand right under each other; *line: the first of them. */
struct pairs {
	size_t n, row, line;
};

static void
count_pair(struct pairs *p, struct bs_str s, size_t i)
{
	if (s.n <= 2 * COLUMN || !is_pair(s)) {
		p->row = 0;
		return;
	}
	if (++p->row < 2)
		return;
	if (p->n == 0)
		p->line = i - 1;
	p->n += p->row == 2 ? 2 : 1;
}

bool
columns_found(const struct bs_page *page, size_t *line)
{
	size_t lines = 0, twice = 0;
	struct pairs pairs = {0};

	for (size_t i = 0; i < page->recs.n; i++) {
		const struct bs_rec *r = &page->recs.v[i];

		if (r->kind != BS_LINE)
			continue;
		count_pair(&pairs, r->text, i);
		if (r->text.n == 0)
			continue;
		lines++;
		if (r->text.n > 2 * NARROW && is_double(r->text) && twice++ == 0)
			*line = i;
	}
	if (twice >= LINES && twice * SHARE >= lines)
		return true;
	*line = pairs.line;
	return pairs.n >= LINES;
}
