/* pieces.c - the page taken apart into what stood on one printed line. */
#include "pieces.h"

#include <stdlib.h>
#include <string.h>

static struct piece *
add(struct pieces *ps)
{
	if (ps->n == ps->cap) {
		ps->cap = ps->cap ? ps->cap * 2 : 256;
		ps->v = bs_realloc(ps->v, ps->cap * sizeof *ps->v);
	}
	ps->v[ps->n] = (struct piece){0};
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
		p->text = (struct bs_str){s.p, n};
		p->rec = rec;
		piece_read(p);
		p->indent = indent;
		p->gap = gap;
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
	size_t margin = SIZE_MAX;

	for (size_t i = 0; i < ps->n; i++)
		if (ps->v[i].gap != GAP_SPACE && ps->v[i].indent < margin)
			margin = ps->v[i].indent;
	for (size_t i = 0; i < ps->n; i++) {
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

/* Columns of the narrowest newspaper column, ten ems: shorter runs are letter
 * spacing or lists of names. */
#define NARROWEST 20
/* And of the widest that blanks can tell of. */
#define WIDEST 100

/* How well the pieces from..to fit a printed width w: printed lines are made
 * greedily; one that ends within five columns below w is a hit. */
static int
fit(const struct pieces *ps, size_t from, size_t to, size_t w)
{
	size_t acc = 0;
	int score = 0;

	for (size_t i = from; i + 1 < to; i++) { /* the last piece may be short */
		acc += ps->v[i].width;
		if (acc + ps->v[i + 1].width <= w + 2 && acc + 5 < w)
			continue; /* a blank in mid-line: folded comma, letter spacing */
		if (acc + 5 >= w) /* a mark may hang out of the line */
			score += acc > w + 2 ? -3 : acc > w ? 1 : acc + 2 >= w ? 3 : 2;
		else if (!(ps->v[i].ends & ENDS_HARD))
			score -= 3; /* short, and no paragraph ends there */
		acc = 0;
	}
	return score;
}

/* Widths about which a box says more than that it has a wider line. */
#define NEAR 9

/* What a box says: of widths below `from` that it has a line that is wider (-2), of
 * NEAR widths from there on how well it fits them, of greater ones nothing. */
struct vote {
	size_t from;
	int fits[NEAR];
};

static void
vote(const struct pieces *ps, size_t from, size_t to, struct vote *v)
{
	size_t high = 0;

	for (size_t i = from; i + 1 < to; i++)
		if (ps->v[i].width > high)
			high = ps->v[i].width;
	if (high + 4 < NARROWEST) { /* mastheads and rows of tables: no line ends there */
		*v = (struct vote){0};
		return;
	}
	high = high > NARROWEST ? high : NARROWEST;
	v->from = high - 2;
	for (size_t k = 0; k < NEAR; k++)
		v->fits[k] = high - 2 + k <= WIDEST ? fit(ps, from, to, high - 2 + k) : 0;
}

/* The boxes of a page, and the votes of those two either way of the one in
 * question: each is asked for by five. */
struct boxes {
	size_t *start, n; /* first pieces; start[n] is the end of the page */
	size_t voted;     /* boxes before this one have voted */
	struct vote votes[5];
};

/* One or two lines do not tell how wide a box is. */
static bool
has_vote(const struct boxes *b, size_t k)
{
	return b->start[k + 1] - b->start[k] >= 3;
}

/* The width of box k: what it says counts three times, its neighbours help where
 * it is short or ragged. 0 where fewer than two full lines are to be seen. */
static size_t
best_width(const struct pieces *ps, struct boxes *b, size_t k)
{
	size_t best = 0, from = k > 2 ? k - 2 : 0, to = k + 3 < b->n ? k + 3 : b->n, low = WIDEST, high = 0;
	int score[WIDEST + NEAR + 2] = {0}, change[WIDEST + NEAR + 2] = {0}, wider = 0, top = 9;

	if (b->voted < from)
		b->voted = from;
	for (; b->voted < to; b->voted++)
		if (has_vote(b, b->voted))
			vote(ps, b->start[b->voted], b->start[b->voted + 1], &b->votes[b->voted % 5]);
	/* All that speaks for a width stands near some box's own. */
	for (size_t i = from; i < to; i++) {
		const struct vote *v = &b->votes[i % 5];
		size_t at = v->from <= WIDEST ? v->from : WIDEST + 1;
		int weight = i == k ? 3 : 1;
		if (!has_vote(b, i))
			continue;
		for (size_t w = 0; w < NEAR; w++)
			score[at + w] += weight * v->fits[w];
		low = at < low ? at : low;
		high = at + NEAR > high ? at + NEAR : high;
		wider += 2 * weight;
		change[at] += 2 * weight;
	}
	for (size_t w = low; w < high && w <= WIDEST; w++) {
		wider -= change[w];
		if (w >= NARROWEST && score[w] - wider > top)
			top = score[w] - wider, best = w;
	}
	return best;
}

/* Boxes of one or two lines do not show their column's width; the next box that
 * does is most likely in the same column, else the one before. */
static void
borrow(struct pieces *ps)
{
	size_t known = 0;

	for (size_t i = ps->n; i-- > 0;)
		if (ps->v[i].measure)
			known = ps->v[i].measure;
		else
			ps->v[i].measure = known, ps->v[i].borrowed = true;
	known = 0;
	for (size_t i = 0; i < ps->n; i++)
		if (ps->v[i].measure)
			known = ps->v[i].measure;
		else
			ps->v[i].measure = known;
}

/* Starts of the boxes (records) of the page, and its end after the last. */
static size_t
find_boxes(const struct pieces *ps, size_t *box)
{
	size_t n = 0;

	for (size_t i = 0; i < ps->n; i++)
		if (i == 0 || ps->v[i].rec != ps->v[i - 1].rec)
			box[n++] = i;
	box[n] = ps->n;
	return n;
}

/* Digits of s, and the points and per cent signs that belong to them. */
static size_t
count_digits(struct bs_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= '0' && c <= '9')
			n++;
		else if ((c == '.' || c == '%') && i && s.p[i - 1] >= '0' && s.p[i - 1] <= '9')
			n++;
	}
	return n;
}

/* Papers that print digits an em wide come out of extractors with narrow ones, and
 * their lines then seem short. Whether the page is one: lines with digits in the
 * middle of a box fill the measure only if those count twice. */
static bool
has_wide_digits(const struct pieces *ps)
{
	size_t wide = 0, narrow = 0;

	for (size_t i = 1; i + 1 < ps->n; i++) {
		const struct piece *p = &ps->v[i];
		if (p->gap != GAP_SPACE || p[1].gap != GAP_SPACE || p->borrowed || p->width >= p->measure + 3)
			continue;
		size_t digits = p->digits, as_wide = p->width + digits;
		if (digits < 2)
			continue;
		wide += as_wide + 2 >= p->measure && as_wide <= p->measure + 2 && p->width + 2 < p->measure;
		narrow += p->width + 2 >= p->measure && as_wide > p->measure + 2;
	}
	return wide > narrow + 1;
}

static void
widen_digits(struct pieces *ps)
{
	for (size_t i = 0; i < ps->n; i++) {
		struct piece *p = &ps->v[i];
		p->width += p->digits;
		if (p->first >= '0' && p->first <= '9') /* the token is in ASCII, a byte a column */
			p->token = (unsigned short)(p->token + count_digits((struct bs_str){p->text.p, p->token < p->text.n ? p->token : p->text.n}));
	}
}

static void
measure_once(struct pieces *ps)
{
	struct boxes b = {.start = bs_malloc((ps->n + 1) * sizeof *b.start)};

	b.n = find_boxes(ps, b.start);
	for (size_t k = 0; k < b.n; k++) {
		/* A box of one or two lines takes its width from the next long one. */
		size_t w = has_vote(&b, k) ? best_width(ps, &b, k) : 0;
		for (size_t i = b.start[k]; i < b.start[k + 1]; i++)
			ps->v[i].measure = w;
	}
	free(b.start);
	borrow(ps);
}

static void
measure_boxes(struct pieces *ps)
{
	measure_once(ps);
	if (!has_wide_digits(ps))
		return;
	widen_digits(ps);
	for (size_t i = 0; i < ps->n; i++)
		ps->v[i].borrowed = false;
	measure_once(ps);
}

/* Whether piece k has a neighbour on the next line: one that stands alone between
 * blank lines may be a paragraph that was joined before. */
static bool
in_block(const struct pieces *ps, size_t k)
{
	return ps->v[k].gap == GAP_LINE || (k + 1 < ps->n && ps->v[k + 1].gap == GAP_LINE);
}

/* The lines within fifteen of one, by width: how many, and for 14 <= k < 127 those of
 * the widths k - 2 to k, times k. At most 31 * 126. */
struct window {
	unsigned short count[128], key[136];
	size_t lines;
	bool changed;
};

/* Takes piece k into the window (by 1) or out of it (by -1). */
static void
move(struct window *win, const struct pieces *ps, size_t k, int by)
{
	size_t width = ps->v[k].width;

	if (width < 12 || width >= 127 || !in_block(ps, k))
		return;
	win->count[width] = (unsigned short)(win->count[width] + by);
	for (size_t w = width < 14 ? 14 : width; w <= width + 2 && w < 127; w++)
		win->key[w] = (unsigned short)(win->key[w] + by * (int)w);
	win->lines += (size_t)by;
	win->changed = true;
}

/* The greatest key, and the last place where it stands. Every line end asks: eight
 * keys at a time where the machine can. */
#ifdef __SSE2__
#include <emmintrin.h>

static unsigned
greatest(const unsigned short key[136], size_t *where)
{
	const __m128i *v = (const __m128i *)(const void *)key;
	__m128i most = _mm_loadu_si128(v + 1);
	unsigned short lane[8], top = 0;
	int found = 0;

	for (size_t k = 2; k < 16; k++)
		most = _mm_max_epi16(most, _mm_loadu_si128(v + k));
	_mm_storeu_si128((__m128i *)(void *)lane, most);
	for (size_t k = 0; k < 8; k++)
		top = lane[k] > top ? lane[k] : top;
	most = _mm_set1_epi16((short)top);
	for (*where = 128; found == 0; *where -= 8) /* top is among them */
		found = _mm_movemask_epi8(_mm_cmpeq_epi16(_mm_loadu_si128(v + *where / 8 - 1), most));
	for (; !(found & 0x8000); found <<= 2)
		--*where;
	*where += 7;
	return top;
}
#else
static unsigned
greatest(const unsigned short key[136], size_t *where)
{
	unsigned top = 0;

	for (size_t k = 14; k < 127; k++)
		if (key[k] >= top)
			top = key[k], *where = k;
	return top;
}
#endif

/* Commonest width in the window, counted in bins of three columns so that the
 * ragged width of justified Chinese lines (pushed-out marks) adds up, weighed by
 * width: torn lines are many and short. Where too few lines agree, as in
 * proportional Latin type, the width that one line in eight exceeds. */
static size_t
mode(const struct window *win)
{
	const unsigned short *count = win->count;
	size_t best, above = 0, w = 127;
	unsigned top;

	if (win->lines < 2)
		return 0;
	top = greatest(win->key, &best);
	if (top == 0)
		best = 0;
	/* Marks that may not start a line push the commonest width down; what one
	 * line in eight reaches is still inside the column. */
	for (size_t k = best + 2; best && k <= best + 2 && k < 126; k++)
		if ((size_t)(count[k - 1] + count[k]) * 8 >= win->lines)
			best = k;
	if (top >= 3 * best)
		return best;
	while (w > 12 && above * 8 <= win->lines)
		above += count[--w];
	return w;
}

static void
measure_lines(struct pieces *ps)
{
	struct window win = {.changed = true};
	size_t measure = 0;

	for (size_t k = 0; k < 15 && k < ps->n; k++)
		move(&win, ps, k, 1);
	for (size_t i = 0; i < ps->n; i++) {
		size_t in = i + 15, out = i - 16;
		/* The line that leaves is mostly as wide as the one that comes. */
		if (!(in < ps->n && i >= 16 && ps->v[in].width == ps->v[out].width && in_block(ps, in) == in_block(ps, out))) {
			if (in < ps->n)
				move(&win, ps, in, 1);
			if (i >= 16)
				move(&win, ps, out, -1);
		}
		if (win.changed)
			measure = mode(&win);
		win.changed = false;
		ps->v[i].measure = measure;
	}
	borrow(ps);
}

void
pieces_measure(struct pieces *ps)
{
	if (ps->boxed)
		measure_boxes(ps);
	else
		measure_lines(ps);
}
