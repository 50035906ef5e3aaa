/* pieces.c - the page taken apart into what stood on one printed line. */
#include "pieces.h"

#include <stdlib.h>
#include <string.h>

/* Whether the text has more columns than so many, at most 100. */
static bool
is_wider(struct bs_str s, size_t columns)
{
	const char *p = s.p, *end = s.p + s.n;
	unsigned char most = 0;
	size_t w = 0;

	for (size_t i = 0, n = s.n < 2 * columns ? s.n : 2 * columns; i < n; i++) { /* as many at a time as the compiler knows */
		unsigned char c = (unsigned char)p[i], han = (unsigned char)(c - 0xe5) < 5; /* all of E5 to E9 is Han */
		most = (unsigned char)(most + han + ((han | ((unsigned char)(c - ' ') <= '~' - ' ')) & 1));
	}
	if (most > columns)
		return true; /* as mostly */
	while (p < end && w <= columns)
		w += bs_width(bs_utf8_get(&p, end), true);
	return w > columns;
}

/* Box extractors print one box a line and a blank line after each: most lines
 * are then followed by a blank one, of which `alone` are, and blanks inside stand for line ends. */
static bool
are_boxes(const struct pieces *ps, const struct bs_page *page, size_t alone)
{
	if (alone * 10 < ps->n_lines * 6)
		return false;
	for (size_t i = 0; i < ps->n_lines; i++) {
		struct bs_str whole = page->recs.v[ps->lines[i].rec].text;
		if (whole.n > 80 && is_wider(whole, 80)) /* no character is wider than its bytes are many */
			return true;
	}
	return false;
}

/* Finds the lines of the page that are not blank, and whether they are boxes. */
static void
find_lines(struct pieces *ps, const struct bs_page *page)
{
	unsigned char gap = GAP_START;
	bool stepped = false, as_read = true;
	struct line *to;
	unsigned widest = 0;
	size_t alone = 0, bytes = 0;

	if (ps->lines_cap < page->recs.n) {
		ps->lines_cap = page->recs.n + page->recs.n / 4;
		free(ps->lines);
		ps->lines = bs_malloc(ps->lines_cap * sizeof *ps->lines);
	}
	to = ps->lines;
	for (size_t i = 0; i < page->recs.n; i++) {
		struct bs_str whole = page->recs.v[i].text, text;
		if (page->recs.v[i].kind != BS_LINE) {
			stepped |= page->recs.v[i].kind == BS_NOISE || page->recs.v[i].kind == BS_JUMP;
			continue;
		}
		as_read &= page->recs.v[i].raw.p != NULL;
		text = bs_trim(whole);
		if (text.n == 0) {
			gap = gap == GAP_LINE ? GAP_BLANK : gap;
			continue;
		}
		alone += gap != GAP_LINE;
		bytes += text.n;
		to->text = text;
		to->rec = (unsigned)i;
		to->indent = text.p == whole.p ? 0 : (unsigned)bs_columns((struct bs_str){whole.p, (size_t)(text.p - whole.p)});
		widest = to->indent > widest ? to->indent : widest;
		to->gap = gap;
		to->stepped = stepped;
		to++;
		gap = GAP_LINE, stepped = false;
	}
	ps->n_lines = (size_t)(to - ps->lines);
	ps->bytes = bytes;
	ps->as_read = as_read;
	ps->set_in = widest > 0;
	ps->boxed = are_boxes(ps, page, alone);
}

/* Masks that are made in one go, of as many lines as have no more; of one that has more,
 * alone. */
#define MASKS 128

/* Takes apart the lines from `line` on; returns the first that is left. */
static struct line *
take_some(struct pieces *ps, struct line *line, const struct line *end)
{
	struct line *last = line;
	size_t masks = 0;

	for (; last < end && (last == line || masks + MASKS_OF(last->text.n) <= MASKS); last++)
		masks += MASKS_OF(last->text.n);
	if (masks > ps->masks_cap) {
		ps->masks_cap = masks < MASKS ? MASKS : masks;
		free(ps->masks);
		ps->masks = bs_malloc(ps->masks_cap * sizeof *ps->masks);
	}
	masks_of(ps->masks, line, (size_t)(last - line));
	pieces_take(ps, line, (size_t)(last - line), ps->masks);
	return last;
}

/* Text that stands away from the edge (pdftotext -layout) is set in against its
 * own edge. */
static void
subtract_margin(struct pieces *ps)
{
	unsigned margin = ~0u;

	for (size_t i = 0; i < ps->n_lines; i++)
		margin = ps->lines[i].indent < margin ? ps->lines[i].indent : margin;
	for (size_t i = 0; i < ps->n; i++) {
		if (ps->v[i].gap != GAP_SPACE)
			ps->v[i].indent -= margin;
		ps->indents += ps->v[i].gap == GAP_LINE && ps->v[i].indent >= 2 && ps->v[i].indent <= 8;
	}
}

void
pieces_of(struct pieces *ps, const struct bs_page *page)
{
	struct line *line, *end;

	ps->n = ps->asides = 0;
	ps->indents = 0;
	find_lines(ps, page);
	for (line = ps->lines, end = line + ps->n_lines; line < end;)
		line = take_some(ps, line, end);
	if (ps->set_in)
		subtract_margin(ps);
}

void
pieces_free(struct pieces *ps)
{
	free(ps->v);
	free(ps->aside);
	free(ps->lines);
	free(ps->masks);
	bs_buf_free(&ps->scratch);
	*ps = (struct pieces){0};
}
