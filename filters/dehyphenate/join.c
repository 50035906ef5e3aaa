/* join.c - pieces and decisions put together into paragraph records. */
#include "join.h"
#include "hyphen.h"

#include <stdlib.h>
#include <string.h>

static bool
is_word(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c < 0x250);
}

/* No address is longer; without a bound a page of hyphens would cost its square. */
#define ADDRESS 2048

/* The last run without blanks is an address: nothing may be put into it. */
static bool
in_address(struct bs_str s)
{
	size_t n = s.n, least = s.n > ADDRESS ? s.n - ADDRESS : 0;

	while (n > least && s.p[n - 1] != ' ' && (unsigned char)s.p[n - 1] < 0x80)
		n--;
	struct bs_str last = {s.p + n, s.n - n};
	return bs_find(last, BS_S("://")) != SIZE_MAX || bs_find(last, BS_S("www.")) != SIZE_MAX ||
	    bs_find(last, BS_S("@")) != SIZE_MAX;
}

/* All text of the page in one run, for evidence on hyphens. */
static struct bs_str
all_text(const struct bs_page *page)
{
	struct bs_buf b = {0};
	struct bs_str s;

	for (size_t i = 0; i < page->recs.n; i++)
		if (page->recs.v[i].kind == BS_LINE) {
			bs_putstr(&b, page->recs.v[i].text);
			bs_putch(&b, '\n');
		}
	s = bs_keep(page->mem, (struct bs_str){b.p, b.n});
	bs_buf_free(&b);
	return s;
}

/* What is needed along the page; the buffers are used again and again. */
struct joiner {
	struct bs_page *page;
	struct bs_recs out;
	struct evidence ev;
	struct bs_buf text, attrs, list;
};

/* Puts what belongs between the text so far and the next piece. */
static void
put_gap(struct joiner *j, const struct piece *next, enum brk brk)
{
	struct bs_buf *b = &j->text;
	struct bs_str so_far = {b->p, b->n};
	size_t cut;
	enum hyphen what;

	if (next->first >= 0x3000 && bs_last(so_far) >= 0x2e80) {
		if (brk == BRK_SPACE)
			bs_putch(b, ' ');
		return; /* CJK on both sides: neither addresses nor hyphens */
	}
	if (in_address(so_far) && memchr("/.-_@=&?:", so_far.p[so_far.n - 1], 9))
		return; /* the address goes on: its last mark joins, it does not end a word */
	if (j->ev.text.p == NULL)
		j->ev.text = all_text(j->page);
	what = hyphen_at(so_far, next->text, &j->ev, &cut);
	if (what == HYPHEN_NONE && next->gap != GAP_SPACE)
		what = hyphen_lost(so_far, next->text, &j->ev);
	if (what == HYPHEN_DROP || what == HYPHEN_PUT)
		b->n -= cut;
	if (what == HYPHEN_PUT)
		bs_putch(b, '-');
	if (what == HYPHEN_SPACE)
		bs_putch(b, ' ');
	if (what != HYPHEN_NONE)
		return;
	bool dash = bs_ends(so_far, " —") || bs_ends(so_far, " –") || bs_ends(so_far, " -"); /* set off by blanks */
	if (brk == BRK_SPACE || dash || (is_word(bs_last(so_far)) && is_word(bs_first(next->text))))
		bs_putch(b, ' ');
}

/* Appends s without soft hyphens: they mark where a word may be divided and are
 * no part of it. */
static void
put_text(struct bs_buf *b, struct bs_str s)
{
	size_t at;

	while ((at = bs_find(s, BS_S("\xc2\xad"))) != SIZE_MAX && at + 2 < s.n) {
		bs_put(b, s.p, at);
		s.p += at + 2;
		s.n -= at + 2;
	}
	bs_putstr(b, s);
}

/* Number of the line record: what stands after the last colon of its id. */
static struct bs_str
line_number(const struct bs_rec *r)
{
	size_t n = r->id.n;

	while (n && r->id.p[n - 1] != ':')
		n--;
	return (struct bs_str){r->id.p + n, r->id.n - n};
}

/* Whether no line lies between two records; remarks and unknown kinds may. */
static bool
follows(const struct bs_page *page, size_t last, size_t rec)
{
	while (++last < rec)
		if (page->recs.v[last].kind != BS_OTHER)
			return false;
	return true;
}

/* lines=13-17,19: runs of records that follow each other. */
static void
put_lines(struct joiner *j, const struct pieces *ps, size_t from, size_t to)
{
	const struct bs_page *page = j->page;
	struct bs_buf *list = &j->list;

	list->n = 0;
	for (size_t i = from; i < to;) {
		size_t first = ps->v[i].rec, last = first;
		while (i < to && follows(page, last, ps->v[i].rec))
			last = ps->v[i++].rec;
		if (list->n)
			bs_putch(list, ',');
		bs_putstr(list, line_number(&page->recs.v[first]));
		if (last > first) {
			bs_putch(list, '-');
			bs_putstr(list, line_number(&page->recs.v[last]));
		}
	}
	bs_put_attr(&j->attrs, "lines", (struct bs_str){list->p, list->n});
}

/* Id of the paragraph that starts at piece i: its line's id, and .2, .3 for
 * further paragraphs out of the same line. */
static struct bs_str
paragraph_id(const struct bs_page *page, const struct pieces *ps, const enum brk *brk, size_t i)
{
	struct bs_str id = page->recs.v[ps->v[i].rec].id;
	unsigned nth = 1;

	for (size_t k = i; k-- > 0 && ps->v[k].rec == ps->v[i].rec;)
		nth += brk[k + 1] >= BRK_PARA;
	return nth == 1 ? id : bs_fmt(page->mem, "%.*s.%u", (int)id.n, id.p, nth);
}

/* The paragraph of pieces from..to. */
static void
make(struct joiner *j, const struct pieces *ps, const enum brk *brk, size_t from, size_t to, bool cut)
{
	struct bs_mem *mem = j->page->mem;
	size_t joined = 0;

	j->text.n = j->attrs.n = 0;
	for (size_t i = from; i < to; i++) {
		if (i > from) {
			put_gap(j, &ps->v[i], brk[i]);
			joined += !(ps->v[i].gap == GAP_SPACE && brk[i] == BRK_SPACE);
		}
		put_text(&j->text, ps->v[i].text);
	}
	put_lines(j, ps, from, to);
	if (joined)
		bs_put_attr(&j->attrs, "joined", bs_fmt(mem, "%zu", joined));
	if (cut)
		bs_put_attr(&j->attrs, "truncated", BS_S("yes"));
	bs_add(&j->out, BS_PARAGRAPH, paragraph_id(j->page, ps, brk, from),
	    bs_keep(mem, (struct bs_str){j->attrs.p, j->attrs.n}), bs_keep(mem, (struct bs_str){j->text.p, j->text.n}));
}

/* What interrupted a sentence at record k, as paragraphs of its own; *a is the
 * next one to be put. */
static void
make_asides(struct joiner *j, const struct pieces *ps, size_t k, size_t *a)
{
	static const enum brk brk[] = {BRK_PARA, BRK_JOIN, BRK_JOIN, BRK_JOIN};

	while (*a < ps->asides && ps->aside[*a].rec == k) {
		size_t to = *a + 1;
		while (to < ps->asides && to - *a < sizeof brk / sizeof *brk && ps->aside[to].rec == ps->aside[to - 1].rec + 1)
			to++;
		struct pieces side = {.v = ps->aside + *a, .n = to - *a};
		make(j, &side, brk, 0, side.n, false);
		*a = to;
	}
}

void
join_pieces(struct bs_page *page, const struct pieces *ps, const enum brk *brk, bool tail_cut)
{
	struct joiner j = {.page = page};
	size_t i = 0, a = 0;

	for (size_t k = 0; k < page->recs.n; k++) {
		if (page->recs.v[k].kind != BS_LINE) {
			bs_add_rec(&j.out, &page->recs.v[k]);
			continue;
		}
		while (i < ps->n && ps->v[i].rec == k) {
			size_t to = i + 1;
			while (to < ps->n && brk[to] < BRK_PARA)
				to++;
			make(&j, ps, brk, i, to, to < ps->n ? brk[to] == BRK_CUT : tail_cut);
			i = to;
		}
		make_asides(&j, ps, k, &a);
	}
	evidence_free(&j.ev);
	bs_buf_free(&j.text);
	bs_buf_free(&j.attrs);
	bs_buf_free(&j.list);
	free(page->recs.v);
	page->recs = j.out;
}
