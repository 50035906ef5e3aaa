/*
 * punct.c - Chinese punctuation that a text layer folded to ASCII.
 *
 * First all marks of the page are found that would be restored; if the page
 * turns out to be folded, quotes are decided together and the texts rewritten.
 */
#include "punct.h"
#include "inches.h"
#include "latin.h"
#include "quotes.h"
#include "scan.h"
#include "stops.h"

#include <stdlib.h>
#include <string.h>

#define NEST 8         /* open parentheses kept in mind */
#define PAREN_FAR 400  /* bytes; what is longer in parentheses is prose */
#define DOTS_MOST 6    /* a longer run is a leader in a table of contents */

struct mark {
	uint32_t piece, off;
	unsigned char n;      /* bytes replaced */
	char c;               /* the first of them */
	bool live;            /* not live: turned out not to be restored */
	bool sign;            /* only where the page is folded; others always */
	bool doubtful;        /* only where, besides, the page has no 。 */
};

struct marks {
	struct mark *v;
	size_t n, cap, signs;   /* signs that are live, but for stops */
	size_t doubts;          /* marks that are doubtful */
	struct dn_quote *quote; /* those of the marks that are quotes, in order */
	size_t quotes, quote_cap;
	bool first;             /* no quote of the block seen yet */
	size_t open[NEST], opens; /* marks that are parentheses not closed yet */
};

static struct dn_place
moved(struct dn_place at, size_t bytes)
{
	at.off += bytes;
	return at;
}

/* Han, kana and their punctuation, but not the full-width forms of ASCII marks:
 * what has been restored must say no more than it did before. */
static bool
is_wide(uint32_t cp)
{
	return cp >= 0x2e80 && !(cp >= 0xff00 && cp < 0xff60);
}

static struct mark *
add(struct marks *m, struct dn_place at, size_t n)
{
	if (m->n == m->cap) {
		m->cap = m->cap ? 2 * m->cap : 256;
		m->v = bs_realloc(m->v, m->cap * sizeof *m->v);
	}
	m->v[m->n] = (struct mark){.piece = (uint32_t)at.i, .off = (uint32_t)at.off, .n = (unsigned char)n,
	    .c = at.v[at.i].text.p[at.off], .live = true};
	return &m->v[m->n++];
}

static struct mark *
add_sign(struct marks *m, struct dn_place at)
{
	struct mark *k = add(m, at, 1);

	k->sign = true;
	m->signs++;
	return k;
}

/* Looked at once more beyond what belongs to neither script. */
static bool
is_beside(struct dn_side side)
{
	return side.class == DN_QUOTE || side.class == DN_OPEN || side.class == DN_CLOSE;
}

static bool
wide_before(struct dn_place at, struct dn_side before)
{
	return is_wide(before.cp) || (is_beside(before) && is_wide(dn_before(at, true).cp));
}

static bool
wide_after(struct dn_place at)
{
	struct dn_side after = dn_after(at, false);

	return is_wide(after.cp) || (is_beside(after) && is_wide(dn_after(at, true).cp));
}

/* Numbers and times (1,200 6:30), Latin runs and addresses have Latin on both
 * sides. A percentage ends a number, and what closes stands in Chinese itself. */
static bool
in_chinese(struct dn_place at, size_t n)
{
	struct dn_side a = dn_before(at, false);

	return wide_before(at, a) || wide_after(moved(at, n)) || dn_ends_number(a.cp) ||
	    (!a.blank && (a.class == DN_CLOSE || a.class == DN_QUOTE));
}

/* One of , : ; or a run of ! and ?, which all become the same. Returns the length. */
static size_t
sign(struct marks *m, struct dn_place at)
{
	const struct bs_str *t = &at.v[at.i].text;
	const unsigned char *p = (const unsigned char *)t->p + at.off;
	size_t n = 1, left = t->n - at.off;
	bool shout = *p == '!' || *p == '?';

	while (shout && n < left && (p[n] == '!' || p[n] == '?'))
		n++;
	/* most stand beside an ideograph */
	if ((at.off >= 3 && dn_is_ideograph(p[-3])) || (n < left && dn_is_ideograph(p[n])) || in_chinese(at, n))
		for (size_t i = 0; i < n; i++)
			add_sign(m, moved(at, i));
	return n;
}

static void
add_stop(struct marks *m, struct dn_place at)
{
	enum dn_stop kind = dn_stop_at(at);
	struct mark *k;

	if (kind == DN_NO_STOP)
		return;
	k = add(m, at, 1);
	k->sign = true;
	k->doubtful = kind == DN_DOUBTFUL_STOP;
	m->doubts += k->doubtful;
}

/* ...... and --, where Chinese stands beside them. Returns the length of the run. */
static size_t
run(struct marks *m, struct dn_place at)
{
	const struct bs_str *t = &at.v[at.i].text;
	char c = t->p[at.off];
	size_t n = 1;

	while (at.off + n < t->n && t->p[at.off + n] == c)
		n++;
	if (c == '.' && n == 1)
		add_stop(m, at);
	else if ((c == '.' ? n >= 3 && n <= DOTS_MOST : n == 2) && in_chinese(at, n))
		add(m, at, n);
	return n;
}

static bool
has_wide(struct bs_str s)
{
	for (const char *p = s.p, *end = s.p + s.n; p < end;)
		if (is_wide(bs_utf8_get(&p, end)))
			return true;
	return false;
}

/* (0635)8517099: the area code keeps its parentheses. */
static bool
is_area_code(struct bs_str inside, struct dn_side after)
{
	for (size_t i = 0; i < inside.n; i++)
		if (inside.p[i] < '0' || inside.p[i] > '9')
			return false;
	return inside.n >= 2 && inside.n <= 4 && (after.class == DN_DIGIT || after.cp == '-');
}

/* Kept if they hold no Chinese and stand in none. */
static bool
pair_in_chinese(const struct mark *open, struct dn_place close)
{
	struct dn_place at = {close.v, close.n, open->piece, open->off};
	struct bs_str inside = {close.v[close.i].text.p + open->off + 1, close.off - open->off - 1};

	if (open->piece != close.i || inside.n > PAREN_FAR)
		return true;
	if (is_area_code(inside, dn_after(moved(close, 1), false)))
		return false;
	return has_wide(inside) || wide_before(at, dn_before(at, false)) || wide_after(moved(close, 1));
}

static void
kill(struct marks *m, struct mark *k)
{
	k->live = false;
	m->signs--;
}

/* Parentheses that never closed in the block. */
static void
forget_open(struct marks *m)
{
	while (m->opens) {
		struct mark *k = &m->v[m->open[--m->opens]];
		if (k->n == 0)
			kill(m, k);
	}
}

static void
paren(struct marks *m, struct dn_place at, char c)
{
	struct mark *open;

	if (c == '(') {
		if (m->opens == NEST)
			forget_open(m);
		m->open[m->opens++] = m->n;
		open = add_sign(m, at);
		if (!in_chinese(at, 1))
			open->n = 0; /* unless its partner says otherwise */
		return;
	}
	if (m->opens == 0) {
		if (in_chinese(at, 1))
			add_sign(m, at);
		return;
	}
	open = &m->v[m->open[--m->opens]];
	open->n = 1;
	if (pair_in_chinese(open, at))
		add_sign(m, at);
	else
		kill(m, open);
}

/* Whether the block before that of piece i ended like a sentence or a headline
 * with its last word in place: not, if it was cut. */
static bool
was_cut(const struct dn_piece *v, size_t i)
{
	enum dn_class last;

	while (i > 0 && !v[i].first)
		i--;
	if (i == 0)
		return false;
	last = dn_before((struct dn_place){v, i, i - 1, v[i - 1].text.n}, false).class;
	return last != DN_STOP && last != DN_CLOSE && last != DN_QUOTE && bs_last(bs_trim(v[i - 1].text)) != 0x3002;
}

static void
quote(struct marks *m, struct dn_place at, char c)
{
	struct dn_side a = dn_before(at, false), b = dn_after(moved(at, 1), false);
	bool latin = (a.class == DN_LATIN || (c == '\'' && a.class == DN_DIGIT)) &&
	    (b.class == DN_LATIN || (c == '\'' && b.class == DN_DIGIT));

	if (latin && (c == '\'' || a.blank == b.blank))
		return;
	add(m, at, 1);
	if (m->quotes == m->quote_cap) {
		m->quote_cap = m->quote_cap ? 2 * m->quote_cap : 64;
		m->quote = bs_realloc(m->quote, m->quote_cap * sizeof *m->quote);
	}
	m->quote[m->quotes++] = (struct dn_quote){.lean = dn_lean(a, b), .single = c == '\'', .plain = latin,
	    .measure = c == '"' && a.class == DN_DIGIT && dn_may_be_inch(at.v[at.i].text, at.off), .first = m->first,
	    .loose = m->first && was_cut(at.v, at.i)};
	m->first = false;
}

static void
find_marks(struct marks *m, const struct dn_piece *v, size_t n, size_t i)
{
	static const bool is_mark[256] = {[','] = true, [':'] = true, [';'] = true, ['?'] = true, ['!'] = true,
	    ['('] = true, [')'] = true, ['"'] = true, ['\''] = true, ['.'] = true, ['-'] = true};
	struct dn_place at = {v, n, i, 0};
	const struct bs_str *t = &v[i].text;

	for (;;) {
		char c;
		at.off += dn_to_ascii(t->p + at.off, t->n - at.off);
		while (at.off < t->n && !is_mark[(unsigned char)t->p[at.off]])
			at.off++;
		if (at.off == t->n)
			return;
		switch (c = t->p[at.off]) {
		case ',': case ':': case ';': case '?': case '!': at.off += sign(m, at) - 1; break;
		case '(': case ')': paren(m, at, c); break;
		case '"': case '\'': quote(m, at, c); break;
		case '.': case '-': at.off += run(m, at) - 1; break;
		}
		at.off++;
	}
}

/* Chinese makes up an eighth of the block at least: its ASCII marks may be folded
 * ones. Latin paragraphs with a Chinese name in them are left alone, and so is
 * Korean, which sets them like Latin. */
static bool
is_chinese_block(const struct dn_piece *v, size_t n, size_t i)
{
	size_t wide = 0, hangul = 0, dense = 0;

	do {
		wide += v[i].wide;
		hangul += v[i].hangul;
		dense += v[i].dense;
	} while (++i < n && !v[i].first);
	return wide * 8 >= dense && wide > hangul;
}

static void
find_all(struct marks *m, const struct dn_piece *v, size_t n)
{
	size_t i, latin = 0;
	bool chinese = false;

	for (i = 0; i < n; i++) {
		if (v[i].first || i == 0) {
			forget_open(m);
			m->first = true;
			chinese = is_chinese_block(v, n, i);
		}
		if (chinese && latin == 0 && v[i].wide == 0)
			latin = dn_latin_pieces(v, n, i);
		if (latin)
			latin--;
		else if (chinese && v[i].folded)
			find_marks(m, v, n, i);
	}
	forget_open(m);
}

/* Marks for inches stay, and double quotes around Latin words in a Latin context, both
 * or none of a pair. */
static void
leave_plain(struct marks *m)
{
	struct mark *open = NULL;
	const struct dn_quote *q = m->quote, *opening = NULL;

	for (size_t k = 0; k < m->n; k++) {
		struct mark *mark = &m->v[k];
		if (mark->c != '"' || q->inch) {
			mark->live &= mark->c != '"';
			q += mark->c == '"' || mark->c == '\'';
			continue;
		}
		mark->live = !q->plain;
		if (q->opens) {
			open = mark;
			opening = q;
		} else if (open) {
			mark->live = open->live = !q->plain || !opening->plain;
			open = NULL;
		}
		q++;
	}
}

/* Signs where the page is not folded, and stops within lines where it has its own. */
static void
leave_signs(struct marks *m, const struct dn_piece *v, size_t n, size_t full)
{
	bool folded = m->signs > full, stops = false;
	size_t k;

	for (k = 0; m->doubts && k < n && !stops; k++)
		stops = bs_find(v[k].text, BS_S("。")) != SIZE_MAX;
	for (k = 0; (!folded || stops) && k < m->n; k++)
		m->v[k].live &= !(m->v[k].sign && (!folded || m->v[k].doubtful));
}

/* What becomes of a mark; quotes open or close. Three bytes, twice for dots and
 * hyphens. */
static const char *
restored(char c, size_t n, bool opens)
{
	switch (c) {
	case ',': return "，";
	case ':': return "：";
	case ';': return "；";
	case '?': return "？";
	case '!': return "！";
	case '(': return "（";
	case ')': return "）";
	case '.': return n == 1 ? "。" : "…";
	case '-': return "—";
	case '"': return opens ? "“" : "”";
	default: return opens ? "‘" : "’";
	}
}

static char *
copy(char *to, const char *from, size_t n)
{
	memcpy(to, from, n);
	return to + n;
}

/* Rewrites the piece that mark k is the first of; *q counts quotes. Returns the
 * first mark of a later piece. */
static size_t
rewrite(struct bs_mem *mem, const struct marks *m, size_t k, size_t *q, struct bs_str *text)
{
	size_t done = 0, piece = m->v[k].piece, last = k;
	char *out, *to;

	while (last < m->n && m->v[last].piece == piece)
		last++;
	out = to = bs_get(mem, text->n + (last - k) * 6); /* …… is the longest */
	for (; k < last; k++) {
		const struct mark *mark = &m->v[k];
		bool is_quote = mark->c == '"' || mark->c == '\'', twice = mark->n > 1;
		const char *with = restored(mark->c, mark->n, is_quote && m->quote[(*q)++].opens);
		if (!mark->live)
			continue;
		to = copy(to, text->p + done, mark->off - done);
		to = copy(to, with, 3);
		if (twice)
			to = copy(to, with, 3);
		done = mark->off + mark->n;
	}
	to = copy(to, text->p + done, text->n - done);
	*text = (struct bs_str){out, (size_t)(to - out)};
	return last;
}

void
dn_punct(struct bs_mem *mem, struct dn_piece *v, size_t n, size_t full)
{
	struct marks m = {0};
	size_t k, q = 0;

	find_all(&m, v, n);
	dn_quotes(m.quote, m.quotes);
	leave_plain(&m);
	leave_signs(&m, v, n, full);
	for (k = 0; k < m.n;)
		k = rewrite(mem, &m, k, &q, &v[m.v[k].piece].text);
	free(m.v);
	free(m.quote);
}
