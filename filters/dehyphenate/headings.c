/* headings.c - a line as wide as its column that may be a heading, and quotes left open. */
#include "headings.h"

#include <string.h>

bool
heading_follows(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), next, width = walk_line_width(w, i, &next);

	if (next < w->ps->n && w->ps->v[next].gap == GAP_LINE && width + 6 > m)
		return false;
	return !walk_may_end(&w->ps->v[next - 1]) || width > m + 4;
}

/* Two short lines follow: a headline and a byline under a long kicker. */
static bool
starts_stack(const struct walk *w, size_t i)
{
	size_t m = walk_measure_of(w, i), next, after;

	if (walk_line_width(w, i, &next) + 6 >= m || next >= w->ps->n || w->ps->v[next].gap != GAP_LINE)
		return false;
	return walk_line_width(w, next, &after) + 6 < m && !walk_may_end(&w->ps->v[after - 1]) && after < w->ps->n;
}

/* A blank between Han characters in a printed line: a headline in two parts. */
static bool
is_in_two_parts(const struct walk *w)
{
	const struct piece *p = &w->ps->v[w->start];
	const char *blank = memchr(p->text.p, ' ', p->text.n);

	return blank && blank - p->text.p >= 6 && p->text.p + p->text.n - blank > 6 && (blank[-1] & 0x80) && (blank[1] & 0x80) && !walk_starts_block(w, w->start);
}

unsigned
heading_look(const struct walk *w, size_t i)
{
	return (unsigned)(heading_follows(w, i) ? HEADING_NEXT : 0) | (unsigned)(starts_stack(w, i) ? HEADING_STACK : 0) |
	    (unsigned)(is_in_two_parts(w) ? HEADING_PARTS : 0) | (unsigned)(w->open > 0 ? HEADING_OPEN : 0) |
	    (unsigned)(walk_starts_block(w, w->start) ? HEADING_BLOCK : 0) | (unsigned)(w->lines > 0 ? HEADING_SECOND : 0);
}

/* The first mark of the kind that stands in the text from piece i on: 1 where it opens
 * something, -1 where it closes it, 0 where there is none. */
static int
first_mark_of(const struct walk *w, size_t i, unsigned kind)
{
	for (size_t k = i; k < w->ps->n && k < i + OPEN_AHEAD && (k == i || w->ps->v[k].gap != GAP_BLANK); k++) {
		const char *p = w->ps->v[k].text.p, *end = p + w->ps->v[k].text.n;
		while (p < end) {
			unsigned mark = mark_of(bs_utf8_get(&p, end));
			if (mark & kind)
				return mark & MARK_OPENING ? 1 : -1;
		}
	}
	return 0;
}

int
heading_open(const struct walk *w, size_t i)
{
	if (w->brackets > 0)
		return first_mark_of(w, i, MARK_BRACKET) < 0 ? OPEN_BRACKET_CLOSED : OPEN_BRACKET;
	if (w->open > 0)
		return first_mark_of(w, i, MARK_QUOTE) < 0 ? OPEN_QUOTE_CLOSED : OPEN_QUOTE;
	return OPEN_NONE;
}
