#include <string.h>

#include "page.h"

static bool
is_text(enum bs_kind kind)
{
	switch (kind) {
	case BS_LINE: case BS_PARAGRAPH: case BS_SECTION: case BS_KICKER: case BS_HEADLINE: case BS_SUBHEADLINE: case BS_BYLINE: case BS_DATELINE:
	case BS_SUBHEAD: case BS_CAPTION: case BS_NOTE:
		return true;
	default:
		return false;
	}
}

/* The marks of the entities in records [from, to), by character: the entity's
 * record where it begins, and whether one ends just before. */
struct marks {
	const struct bs_rec **begin;
	bool *end;
	size_t n;
};

static void
mark(struct bs_mem *mem, const struct bs_rec *rec, struct marks *m)
{
	uint32_t b, e;

	if (!ent_range(mem, rec, &b, &e) || e > m->n)
		return;
	m->begin[b] = rec;
	m->end[e] = true;
}

static void
give(struct bs_page *page, size_t i, size_t to, struct bs_buf *out)
{
	struct bs_str text = page->recs.v[i].text, label;
	const char *p = text.p, *end = text.p + text.n;
	struct marks m = { NULL, NULL, bs_utf8_count(text) };
	size_t k;

	m.begin = bs_get(page->mem, (m.n + 1) * sizeof(*m.begin));
	m.end = bs_get(page->mem, (m.n + 1) * sizeof(*m.end));
	memset(m.begin, 0, (m.n + 1) * sizeof(*m.begin));
	memset(m.end, 0, (m.n + 1) * sizeof(*m.end));
	for (k = i + 1; k < to; k++)
		mark(page->mem, &page->recs.v[k], &m);
	for (k = 0; k <= m.n; k++) {
		if (m.end[k])
			bs_putch(out, ']');
		if (m.begin[k] && bs_attr(page->mem, m.begin[k], "label", &label)) {
			bs_putch(out, '[');
			bs_putstr(out, label);
			bs_putch(out, ' ');
		}
		if (k < m.n)
			bs_putcp(out, bs_utf8_get(&p, end));
	}
	bs_putch(out, '\n');
}

void
ent_inline(struct bs_page *page, struct bs_buf *out)
{
	size_t i, to;

	for (i = 0; i < page->recs.n; i = to) {
		for (to = i + 1; to < page->recs.n && page->recs.v[to].kind == BS_ENTITY; to++)
			;
		if (is_text(page->recs.v[i].kind))
			give(page, i, to, out);
	}
}
