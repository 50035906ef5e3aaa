/* pieces.c - the page taken apart into what stood on one printed line. */
#include "pieces.h"

#include <string.h>

static struct piece *
add(struct pieces *ps)
{
	if (ps->n == ps->cap) {
		ps->cap = ps->cap ? ps->cap * 2 : 256;
		ps->v = bs_realloc(ps->v, ps->cap * sizeof *ps->v);
	}
	return &ps->v[ps->n++];
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
		if (bs_trim(r->text).n == 0) {
			blank_before = true;
			continue;
		}
		lines++;
		alone += blank_before;
		/* No character is wider than its bytes are many. */
		split = split || (r->text.n > 80 && bs_columns(r->text) > 80);
		blank_before = false;
	}
	return lines && alone * 10 >= lines * 6 && split;
}

/* The next blank inside s at or after `at` that may be the trace of a line end:
 * one beside a CJK character if `han`, or after a hyphen that ends a Latin word. */
static size_t
next_cut(struct bs_str s, size_t at, bool han)
{
	while (at < s.n) {
		const char *q = memchr(s.p + at, ' ', s.n - at), *after;
		if (q == NULL)
			return s.n;
		for (after = q; after < s.p + s.n && *after == ' '; after++)
			;
		uint32_t left = bs_last((struct bs_str){s.p, (size_t)(q - s.p)});
		uint32_t right = bs_first((struct bs_str){after, (size_t)(s.p + s.n - after)});
		bool lower = (right >= 'a' && right <= 'z') || (right >= 0xdf && right < 0x250);
		bool divided = left == '-' && lower && q - s.p > 1 && q[-2] != ' ' && q[-2] != '-';
		if (divided || (han && (is_cjk(left) || is_cjk(right))))
			return (size_t)(q - s.p);
		at = (size_t)(after - s.p);
	}
	return s.n;
}

/* Quotes and dashes are wide in Chinese only, and so is the rest of the page. */
static bool
has_han(struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;

	while (p < end)
		if (bs_is_han(bs_utf8_get(&p, end)))
			return true;
	return false;
}

/* The pieces of one line record. */
static void
split_record(struct pieces *ps, struct bs_str line, size_t rec, enum gap gap, bool stepped)
{
	struct bs_str s = bs_trim(line);
	bool han = ps->boxed && has_han(s);
	size_t indent = s.p == line.p ? 0 : bs_columns((struct bs_str){line.p, (size_t)(s.p - line.p)});

	while (s.n) {
		size_t n = ps->boxed ? next_cut(s, 0, han) : s.n;
		struct piece *p = add(ps);
		piece_read(p, (struct bs_str){s.p, n});
		p->rec = (unsigned)rec;
		p->indent = (unsigned)indent;
		p->gap = (unsigned char)gap;
		p->stepped = stepped;
		s = bs_trim((struct bs_str){s.p + n, s.n - n});
		gap = GAP_SPACE, stepped = false, indent = 0;
	}
}

/* Text that stands away from the edge (pdftotext -layout) is set in against its
 * own edge. */
static void
subtract_margin(struct pieces *ps)
{
	unsigned margin = ~0u, widest = 0;

	for (size_t i = 0; i < ps->n; i++)
		if (ps->v[i].gap != GAP_SPACE) {
			margin = ps->v[i].indent < margin ? ps->v[i].indent : margin;
			widest = ps->v[i].indent > widest ? ps->v[i].indent : widest;
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

	ps->n = ps->asides = 0;
	ps->indents = 0;
	ps->boxed = looks_boxed(page);
	for (size_t i = 0; i < page->recs.n; i++) {
		const struct bs_rec *r = &page->recs.v[i];
		if (r->kind == BS_NOISE || r->kind == BS_JUMP)
			stepped = true;
		if (r->kind != BS_LINE)
			continue;
		if (bs_trim(r->text).n == 0) {
			if (gap == GAP_LINE)
				gap = GAP_BLANK;
			continue;
		}
		split_record(ps, r->text, i, gap, stepped);
		gap = GAP_LINE, stepped = false;
	}
	subtract_margin(ps);
}
