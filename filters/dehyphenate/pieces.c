/* pieces.c - the page taken apart into what stood on one printed line. */
#include "pieces.h"

#include <stdlib.h>
#include <string.h>

static bool
is_wider(struct bs_str s, size_t columns)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t w = 0;

	while (p < end && w <= columns)
		w += bs_width(bs_utf8_get(&p, end), true);
	return w > columns;
}

/* Box extractors print one box a line and a blank line after each: most lines
 * are then followed by a blank one, and blanks inside stand for line ends. */
static bool
looks_boxed(const struct bs_page *page)
{
	size_t lines = 0, alone = 0;
	bool blank_before = true, split = false;

	for (size_t i = 0; i < page->recs.n; i++) {
		const struct bs_rec *r = &page->recs.v[i];
		if (r->kind != BS_LINE)
			continue;
		/* Mostly the first byte shows that it is no blank line. */
		if ((r->text.n == 0 || (unsigned char)r->text.p[0] <= ' ' || (unsigned char)r->text.p[0] == 0xe3) && bs_trim(r->text).n == 0) {
			blank_before = true;
			continue;
		}
		lines++;
		alone += blank_before;
		/* No character is wider than its bytes are many. */
		split = split || (r->text.n > 80 && is_wider(r->text, 80));
		blank_before = false;
	}
	return lines && alone * 10 >= lines * 6 && split;
}

/* Lines that are taken apart together: the masks of many are made in one go. */
#define LINES 64
struct lines {
	size_t n, masks; /* how many; masks that they will have */
	struct line v[LINES];
};

static void
take_lines(struct pieces *ps, struct lines *l)
{
	struct masks *m;

	if (l->masks > ps->masks_cap) {
		ps->masks_cap = l->masks < 2 * LINES ? 2 * LINES : l->masks;
		free(ps->masks);
		ps->masks = bs_malloc(ps->masks_cap * sizeof *ps->masks);
	}
	m = ps->masks;
	masks_of(m, l->v, l->n);
	pieces_take(ps, l->v, l->n, m);
	l->n = l->masks = 0;
}

/* A line whose record is `whole`, blanks at its ends included. */
static void
add_line(struct pieces *ps, struct lines *l, struct bs_str whole, struct line line)
{
	if (l->n == LINES || (l->n && l->masks + MASKS_OF(line.text.n) > ps->masks_cap))
		take_lines(ps, l);
	if (line.text.p != whole.p)
		line.indent = (unsigned)bs_columns((struct bs_str){whole.p, (size_t)(line.text.p - whole.p)});
	l->v[l->n++] = line;
	l->masks += MASKS_OF(line.text.n);
}

/* Text that stands away from the edge (pdftotext -layout) is set in against its
 * own edge. */
static void
subtract_margin(struct pieces *ps)
{
	unsigned margin = ~0u, widest = 0;

	for (size_t i = 0; i < ps->n; i++) { /* no branches, which nobody could foresee */
		unsigned indent = ps->v[i].indent, least = indent | -(unsigned)(ps->v[i].gap == GAP_SPACE);
		margin = least < margin ? least : margin;
		widest = indent > widest ? indent : widest; /* that of a blank inside is 0 */
	}
	for (size_t i = 0; i < ps->n && widest > 0; i++) {
		if (ps->v[i].gap != GAP_SPACE)
			ps->v[i].indent -= margin;
		ps->indents += ps->v[i].gap == GAP_LINE && ps->v[i].indent >= 2 && ps->v[i].indent <= 8;
	}
}

void
pieces_of(struct pieces *ps, const struct bs_page *page)
{
	enum gap gap = GAP_START;
	bool stepped = false;
	struct bs_str text;
	struct lines lines;

	lines.n = lines.masks = 0;
	ps->n = ps->asides = 0;
	ps->indents = 0;
	ps->boxed = looks_boxed(page);
	for (size_t i = 0; i < page->recs.n; i++) {
		const struct bs_rec *r = &page->recs.v[i];
		if (r->kind == BS_NOISE || r->kind == BS_JUMP)
			stepped = true;
		if (r->kind != BS_LINE)
			continue;
		text = bs_trim(r->text);
		if (text.n == 0) {
			if (gap == GAP_LINE)
				gap = GAP_BLANK;
			continue;
		}
		add_line(ps, &lines, r->text, (struct line){.text = text, .rec = (unsigned)i, .gap = gap, .stepped = stepped});
		gap = GAP_LINE, stepped = false;
	}
	take_lines(ps, &lines);
	subtract_margin(ps);
}
