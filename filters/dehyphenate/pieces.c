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

/* All of E5 to E9 is Han. */
static bool
leads_cjk(char c)
{
	return (unsigned char)c >= 0xe5 && (unsigned char)c <= 0xe9;
}

/* Whether the blanks from q to after, inside s, may be the trace of a line end: if
 * `han`, those beside a CJK character, and those after a hyphen that ends a Latin word. */
static bool
is_cut(struct bs_str s, const char *q, const char *after, bool han)
{
	const char *end = s.p + s.n;
	uint32_t left, right;

	if (han && ((q - s.p >= 3 && leads_cjk(q[-3])) || (after < end && leads_cjk(*after))))
		return true; /* as nearly always */
	left = bs_last((struct bs_str){s.p, (size_t)(q - s.p)});
	right = bs_first((struct bs_str){after, (size_t)(end - after)});
	if (left == '-' && q - s.p > 1 && q[-2] != ' ' && q[-2] != '-' && ((right >= 'a' && right <= 'z') || (right >= 0xdf && right < 0x250)))
		return true;
	return han && (is_cjk(left) || is_cjk(right));
}

/* Takes what stands before the next cut off *s, and the blanks there. */
static struct bs_str
take_piece(struct bs_str *s, bool han)
{
	const char *start = s->p, *end = start + s->n, *p = start, *q, *after;

	while (p < end && (q = memchr(p, ' ', (size_t)(end - p))) != NULL) {
		for (after = q + 1; after < end && *after == ' '; after++)
			;
		if (is_cut(*s, q, after, han)) {
			*s = bs_trim((struct bs_str){after, (size_t)(end - after)});
			return (struct bs_str){start, (size_t)(q - start)};
		}
		p = after;
	}
	*s = (struct bs_str){end, 0};
	return (struct bs_str){start, (size_t)(end - start)};
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

/* The pieces of one line record; s is its text without blanks at the ends. */
static void
split_record(struct pieces *ps, struct bs_str line, struct bs_str s, size_t rec, enum gap gap, bool stepped)
{
	bool han = ps->boxed && has_han(s);
	size_t indent = s.p == line.p ? 0 : bs_columns((struct bs_str){line.p, (size_t)(s.p - line.p)});

	while (s.n) {
		struct bs_str text = s;
		struct piece *p = add(ps);
		if (ps->boxed)
			text = take_piece(&s, han);
		else
			s.n = 0;
		piece_read(p, text);
		if (p->tail == 0 && gap == GAP_LINE && ps->n > 1) /* ” torn off 。 ends what that ends */
			p->ends |= p[-1].ends & (ENDS_SENTENCE | ENDS_MAYBE | ENDS_HARD);
		p->rec = (unsigned)rec;
		p->indent = (unsigned)indent;
		p->gap = (unsigned char)gap;
		p->stepped = stepped;
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
	struct bs_str text;

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
		split_record(ps, r->text, text, i, gap, stepped);
		gap = GAP_LINE, stepped = false;
	}
	subtract_margin(ps);
}
