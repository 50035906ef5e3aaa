/* join.c - pieces and decisions put together into paragraph records. */
#include "join.h"

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
	bool at = false, colon = false, slash = false, w = false;

	for (; n > least && s.p[n - 1] != ' ' && (unsigned char)s.p[n - 1] < 0x80; n--) {
		char c = s.p[n - 1];
		at |= c == '@';
		colon |= c == ':';
		slash |= c == '/';
		w |= c == 'w';
	}
	struct bs_str last = {s.p + n, s.n - n};
	return at || (colon && slash && bs_find(last, BS_S("://")) != SIZE_MAX) || (w && bs_find(last, BS_S("www.")) != SIZE_MAX);
}

/* Appends to the text of the paragraph; make() found room for it. */
static void
put(struct joiner *j, const char *p, size_t n)
{
	memcpy(j->text + j->n, p, n);
	j->n += n;
}

/* A dash that is set off by blanks. */
static bool
ends_in_dash(uint32_t last, struct bs_str s)
{
	if (last != 0x2014 && last != 0x2013 && last != '-')
		return false;
	return bs_ends(s, " —") || bs_ends(s, " –") || bs_ends(s, " -");
}

/* Marks that an address may have where a line ends. */
static const bool in_addresses[256] = {['/'] = true, ['.'] = true, ['-'] = true, ['_'] = true, ['@'] = true,
    ['='] = true, ['&'] = true, ['?'] = true, [':'] = true};

/* Puts what belongs between the text so far and the next piece, of which one is not CJK. */
static void
put_gap(struct joiner *j, const struct piece *last, const struct piece *next, enum brk brk)
{
	struct bs_str so_far = {j->text, j->n};
	size_t cut = 0;
	enum hyphen what;

	if (in_addresses[(unsigned char)so_far.p[so_far.n - 1]] && in_address(so_far))
		return; /* the address goes on: its last mark joins, it does not end a word */
	if (brk == BRK_INITIAL) {
		if (hyphen_spaces_initial(so_far, next->text, &j->ev))
			put(j, " ", 1);
		return;
	}
	what = hyphen_may_end(so_far.p[so_far.n - 1]) ? hyphen_at(so_far, next->text, &j->ev, &cut) : HYPHEN_NONE;
	if (what == HYPHEN_NONE && next->gap != GAP_SPACE && is_letter(last->last) && is_letter(next->first)) /* all else has lost none */
		what = hyphen_lost(so_far, next->text, &j->ev);
	if (what == HYPHEN_DROP || what == HYPHEN_PUT)
		j->n -= cut;
	if (what == HYPHEN_PUT)
		put(j, "-", 1);
	if (what == HYPHEN_SPACE)
		put(j, " ", 1);
	if (what != HYPHEN_NONE)
		return;
	if (brk == BRK_SPACE || (is_word(last->last) && is_word(next->first)) || ends_in_dash(last->last, so_far))
		put(j, " ", 1);
}

/* Copies the text of a piece without soft hyphens: they mark where a word may be divided
 * and are no part of it. Returns where it ends. */
static char *
copy_soft(char *to, struct bs_str s)
{
	size_t at;

	while ((at = bs_find(s, BS_S("\xc2\xad"))) != SIZE_MAX && at + 2 < s.n) {
		memcpy(to, s.p, at);
		to += at;
		s.p += at + 2;
		s.n -= at + 2;
	}
	memcpy(to, s.p, s.n);
	return to + s.n;
}

/* Copies a text of up to 31 bytes. */
static inline void
copy_few(char *to, const char *s, size_t n)
{
	if (n >= 16) {
		memcpy(to, s, 16);
		memcpy(to + n - 16, s + n - 16, 16);
	} else if (n >= 8) {
		memcpy(to, s, 8);
		memcpy(to + n - 8, s + n - 8, 8);
	} else {
		memcpy(to, s, n);
	}
}

/* Copies the text of a piece; returns where it ends. In line, and by 32 bytes: it is a line, or
 * less, most as long as most others. */
static inline char *
copy_piece(char *to, const struct piece *p)
{
	const char *s = p->text.p;
	size_t n = p->text.n;

	if (p->soft)
		return copy_soft(to, p->text);
	if (n < 32) {
		copy_few(to, s, n);
		return to + n;
	}
	for (size_t i = 0; n - i > 32; i += 32)
		memcpy(to + i, s + i, 32);
	memcpy(to + n - 32, s + n - 32, 32);
	return to + n;
}

/* Appends to b the number of the line record, what stands after the last colon of its
 * id; false if that is no number. */
static bool
put_number(struct bs_buf *b, const struct bs_rec *r)
{
	const char *end = r->id.p + r->id.n, *p = end;
	bool digits = true;
	char *to;

	while (p > r->id.p && p[-1] != ':') {
		p--;
		digits &= *p >= '0' && *p <= '9';
	}
	to = bs_room(b, (size_t)(end - p));
	b->n += (size_t)(end - p);
	while (p < end) /* few: copied as fast as memcpy is called */
		*to++ = *p++;
	return digits;
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
	bool digits = true;

	list->n = 0;
	if (ps->v[to - 1].rec == ps->v[from].rec) { /* a box, or a line */
		digits = put_number(list, &page->recs.v[ps->v[from].rec]);
		from = to;
	}
	for (size_t i = from; i < to;) {
		size_t first = ps->v[i].rec, last = first;
		while (++i < to && (ps->v[i].rec - last <= 1 || follows(page, last, ps->v[i].rec)))
			last = ps->v[i].rec;
		if (list->n)
			bs_putch(list, ',');
		digits &= put_number(list, &page->recs.v[first]);
		if (last > first) {
			*bs_room(list, 1) = '-';
			list->n++;
			digits &= put_number(list, &page->recs.v[last]);
		}
	}
	if (!digits) { /* the id of another tool: what is in it may want escapes */
		bs_put_attr(&j->attrs, "lines", (struct bs_str){list->p, list->n});
		return;
	}
	memcpy(bs_room(&j->attrs, list->n + 6), "lines=", 6);
	memcpy(j->attrs.p + j->attrs.n + 6, list->p, list->n);
	j->attrs.n += list->n + 6;
}

/* ` joined=7` */
static void
put_joined(struct bs_buf *attrs, size_t n)
{
	char digits[32], *end = digits + sizeof digits, *p = end;
	char *to = bs_room(attrs, sizeof digits);

	for (; p == end || n > 0; n /= 10)
		*--p = (char)('0' + n % 10);
	memcpy(p - 8, " joined=", 8);
	memcpy(to, p - 8, (size_t)(end - p) + 8);
	attrs->n += (size_t)(end - p) + 8;
}

/* Id of the paragraph that starts at piece i: its line's id, and .2, .3 for
 * further paragraphs out of the same line. */
static struct bs_str
paragraph_id(struct joiner *j, const struct pieces *ps, size_t i)
{
	size_t rec = ps->v[i].rec;
	struct bs_str id = j->page->recs.v[rec].id;

	if (i == 0 || ps->v[i - 1].rec != rec)
		j->nth = 1;
	else
		j->nth = j->rec == rec ? j->nth + 1 : 2;
	j->rec = rec;
	return j->nth == 1 ? id : bs_fmt(j->page->mem, "%.*s.%zu", (int)id.n, id.p, j->nth);
}

/* Memory that is taken from the page's at once, for paragraphs that then stand one after
 * the other. */
#define CHUNK 16384

/* Room for n bytes more. */
static char *
room(struct joiner *j, size_t n)
{
	if (j->left < n) {
		j->left = n > CHUNK ? n : CHUNK;
		j->room = bs_get(j->page->mem, j->left);
	}
	return j->room;
}

/* The n bytes of room are used. */
static void
use(struct joiner *j, size_t n)
{
	j->room += n;
	j->left -= n;
}

/* Bytes that the text of pieces from..to has at most; joined counts those pieces that were
 * parted by more than the blank that is between them now. */
static size_t
most_bytes(const struct pieces *ps, const enum brk *brk, size_t from, size_t to, size_t *joined)
{
	size_t most = ps->v[from].text.n;

	*joined = to - from - 1;
	for (size_t i = from + 1; i < to; i++) {
		most += ps->v[i].text.n + 1; /* a gap adds a blank or a hyphen at most */
		*joined -= ps->v[i].gap == GAP_SPACE && brk[i] == BRK_SPACE;
	}
	return most;
}

/* Puts the next piece behind the text of the paragraph that starts at p and ends at end. Returns
 * where it ends then. */
static inline __attribute__((always_inline)) char *
append(struct joiner *j, char *p, char *end, const struct piece *next, enum brk brk)
{
	if (next->first >= 0x3000 && next[-1].last >= 0x2e80) { /* CJK on both sides: neither addresses nor hyphens */
		if (brk == BRK_SPACE)
			*end++ = ' ';
	} else {
		j->text = p;
		j->n = (size_t)(end - p);
		put_gap(j, next - 1, next, brk);
		end = p + j->n;
	}
	return copy_piece(end, next);
}

/* The text of pieces from..to, at p. */
static struct bs_str
make_text(struct joiner *j, const struct pieces *ps, const enum brk *brk, size_t from, size_t to, char *p)
{
	char *end = copy_piece(p, &ps->v[from]);

	for (size_t i = from + 1; i < to; i++)
		end = append(j, p, end, &ps->v[i], brk[i]);
	return (struct bs_str){p, (size_t)(end - p)};
}

#define KIND "paragraph\t"

/* The paragraph of pieces from..to, made as the line that it will be: of lines that stand
 * there as they were read no text has anything to escape, and the encoder copies all of
 * them at once. */
static void
make(struct joiner *j, const struct pieces *ps, const enum brk *brk, size_t from, size_t to, bool cut)
{
	struct bs_rec rec = {.kind = BS_PARAGRAPH};
	size_t joined, most = most_bytes(ps, brk, from, to, &joined), head;
	struct bs_str id = paragraph_id(j, ps, from);
	char *line;

	j->attrs.n = 0;
	put_lines(j, ps, from, to);
	if (joined)
		put_joined(&j->attrs, joined);
	if (cut)
		bs_put_attr(&j->attrs, "truncated", BS_S("yes"));
	head = sizeof KIND - 1 + id.n + 1 + j->attrs.n + 1;
	line = room(j, head + most + 1);
	memcpy(line, KIND, sizeof KIND - 1);
	rec.id = (struct bs_str){line + sizeof KIND - 1, id.n};
	memcpy(line + sizeof KIND - 1, id.p, id.n);
	line[head - j->attrs.n - 2] = line[head - 1] = '\t';
	rec.attrs = (struct bs_str){line + head - 1 - j->attrs.n, j->attrs.n};
	memcpy(line + head - 1 - j->attrs.n, j->attrs.p, j->attrs.n);
	rec.text = make_text(j, ps, brk, from, to, line + head);
	if (ps->as_read)
		rec.raw = (struct bs_str){line, head + rec.text.n};
	line[head + rec.text.n] = '\n';
	use(j, head + rec.text.n + 1);
	bs_add_rec(&j->out, &rec);
}

/* What interrupts a sentence has three lines at most (asides.h), which run on. */
static const enum brk aside_brk[] = {BRK_PARA, BRK_JOIN, BRK_JOIN, BRK_JOIN};

/* Where the aside ends that starts at number a of them. */
static size_t
aside_end(const struct pieces *ps, size_t a)
{
	size_t to = a + 1;

	while (to < ps->asides && to - a < sizeof aside_brk / sizeof *aside_brk && ps->aside[to].rec == ps->aside[to - 1].rec + 1)
		to++;
	return to;
}

/* What interrupted a sentence at record k, as paragraphs of its own; *a is the
 * next one to be put. */
static void
make_asides(struct joiner *j, const struct pieces *ps, size_t k, size_t *a)
{
	while (*a < ps->asides && ps->aside[*a].rec == k) {
		size_t to = aside_end(ps, *a);
		struct pieces side = {.v = ps->aside + *a, .n = to - *a, .as_read = ps->as_read};
		make(j, &side, aside_brk, 0, side.n, false);
		*a = to;
	}
}

/* The paragraphs that start in the record of piece i; returns the first piece of the next. */
static size_t
make_some(struct joiner *j, const struct pieces *ps, const enum brk *brk, size_t i, bool tail_cut)
{
	unsigned rec = ps->v[i].rec;

	for (size_t to = i + 1; i < ps->n && ps->v[i].rec == rec; i = to++) {
		while (to < ps->n && brk[to] < BRK_PARA)
			to++;
		make(j, ps, brk, i, to, to < ps->n ? brk[to] == BRK_CUT : tail_cut);
	}
	return i;
}

void
join_pieces(struct joiner *j, struct bs_page *page, const struct pieces *ps, const enum brk *brk, bool tail_cut)
{
	struct bs_recs recs = page->recs;
	size_t i = 0, a = 0;

	j->page = page;
	j->left = 0;
	j->out.n = 0;
	evidence_start(&j->ev, &page->recs);
	for (size_t k = 0; k < recs.n; k++) {
		if (recs.v[k].kind != BS_LINE)
			bs_add_rec(&j->out, &recs.v[k]);
		else if (i < ps->n && ps->v[i].rec == k)
			i = make_some(j, ps, brk, i, tail_cut);
		if (a < ps->asides)
			make_asides(j, ps, k, &a);
	}
	page->recs = j->out;
	j->out = recs; /* its array serves the next page */
}

/* Puts the asides at end as paragraphs, those before record rec; *a is the next one. */
static char *
put_asides(struct joiner *j, const struct pieces *ps, size_t rec, size_t *a, char *end)
{
	while (*a < ps->asides && ps->aside[*a].rec < rec) {
		size_t to = aside_end(ps, *a);
		struct pieces side = {.v = ps->aside + *a, .n = to - *a};
		struct bs_str text = make_text(j, &side, aside_brk, 0, side.n, end + 1);
		*end = '\n';
		end += 1 + text.n;
		*end++ = '\n';
		*a = to;
	}
	return end;
}

void
join_text(struct joiner *j, const struct bs_page *page, const struct pieces *ps, const enum brk *brk, struct bs_buf *out)
{
	/* a line end behind each piece and one before it, or a blank or hyphen */
	char *start = bs_room(out, ps->bytes + 2 * (ps->n + ps->asides)), *end = start;
	size_t a = 0;

	evidence_start(&j->ev, &page->recs);
	for (size_t i = 0; i < ps->n;) {
		if (ps->asides)
			end = put_asides(j, ps, ps->v[i].rec, &a, end);
		if (end > start)
			*end++ = '\n';
		char *p = end;
		end = copy_piece(end, &ps->v[i]);
		for (i++; i < ps->n && brk[i] < BRK_PARA; i++)
			end = append(j, p, end, &ps->v[i], brk[i]);
		*end++ = '\n';
	}
	end = put_asides(j, ps, SIZE_MAX, &a, end);
	out->n += (size_t)(end - start);
}
