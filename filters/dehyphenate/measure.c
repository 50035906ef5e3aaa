/* measure.c - how wide the lines around a piece are. */
#include "pieces.h"

#include <stdlib.h>
#include <string.h>

/* Of so many lines one is enough to tell that the column is wider than most are. */
#define FEW 10

/* Columns of the narrowest newspaper column, ten ems: shorter runs are letter
 * spacing or lists of names. */
#define NARROWEST 20
/* And of the widest that blanks can tell of. */
#define WIDEST 100

/* Widths about which a box says more than that it has a wider line. */
#define NEAR 9
#define PADDED 12 /* zeros behind: four are added at a time */

/* What a box says: of widths below `from` that it has a line that is wider (-2), of
 * NEAR widths from there on how well it fits them, of greater ones nothing. */
struct vote {
	size_t from;
	int fits[PADDED];
};

/* Sixteen numbers that are reckoned with at once, as GCC and Clang know them: in a
 * vector register where there are such. Comparisons give all bits set for true. */
typedef unsigned char lanes __attribute__((vector_size(16)));
typedef signed char points __attribute__((vector_size(16)));
/* And four greater ones. */
typedef int fours __attribute__((vector_size(16)));
#define LANES 16

/* So many pieces, at most 3 each, add up to a number that fits a lane. */
#define MOST_PIECES 40

static unsigned char
narrow(size_t width)
{
	return (unsigned char)(width < 127 ? width : 127); /* wider than anything */
}

/* How well the pieces from..to fit the printed widths w: printed lines are made
 * greedily; one that ends within five columns below w is a hit (3 or 2), one that
 * hangs out a little half of one, one that is too long or short a miss (-3). All
 * widths in one go: a loop for each is as slow as it is unforeseeable. */
static points
fit(const struct pieces *ps, size_t from, size_t to, const lanes *w, lanes *acc)
{
	lanes sum = *acc, most = *w, score = {0};

	for (size_t i = from; i < to; i++) {
		sum += narrow(ps->v[i].width);
		lanes too_short = (lanes)(sum + 5 < most);
		/* A blank in mid-line: folded comma, letter spacing. Only lines that are too
		 * short are asked: no sum runs over. */
		lanes goes_on = too_short & (lanes)(sum + narrow(ps->v[i + 1].width) <= most + 2);
		lanes over = (lanes)(sum > most), far = (lanes)(sum > most + 2), near = (lanes)(sum + 2 >= most);
		lanes hit = 2 - near + 2 * over + 4 * far;
		lanes miss = too_short & (unsigned char)(ps->v[i].ends & ENDS_HARD ? 0 : -3); /* no fault of a short line */
		score += ~goes_on & ((~too_short & hit) | miss);
		sum &= goes_on;
	}
	*acc = sum;
	return (points)score;
}

static void
vote(const struct pieces *ps, size_t from, size_t to, struct vote *v)
{
	lanes w = {0, 1, 2, 3, 4, 5, 6, 7, 8}, acc = {0};
	size_t high = 0, last = to - 1; /* the last piece may be short */

	for (size_t i = from; i < last; i++)
		if (ps->v[i].width > high)
			high = ps->v[i].width;
	*v = (struct vote){0};
	if (high + 4 < NARROWEST)
		return; /* mastheads and rows of tables: no line ends there */
	v->from = (high > NARROWEST ? high : NARROWEST) - 2;
	if (v->from > WIDEST)
		return;
	w += (unsigned char)v->from;
	for (size_t i = from; i < last; i += MOST_PIECES) {
		points score = fit(ps, i, last - i > MOST_PIECES ? i + MOST_PIECES : last, &w, &acc);
		for (size_t k = 0; k < NEAR && v->from + k <= WIDEST; k++)
			v->fits[k] += score[k];
	}
}

/* The boxes of a page, and the votes of those two either way of the one in
 * question: each is asked for by five. */
#define VOTERS 5
struct boxes {
	size_t *start, n; /* first pieces; start[n] is the end of the page */
	size_t voted;     /* boxes before this one have voted */
	struct vote votes[VOTERS];
	int score[WIDEST + PADDED + 2]; /* what speaks for each width; all zero but while votes are counted */
};

/* One or two lines do not tell how wide a box is. */
static bool
has_vote(const struct boxes *b, size_t k)
{
	return b->start[k + 1] - b->start[k] >= 3;
}

/* Adds fits to score, three times if it is of the box itself. */
static void
add_votes(int *score, const int fits[PADDED], bool own)
{
	for (size_t w = 0; w < PADDED; w += 4) {
		fours sum, more;
		memcpy(&sum, score + w, sizeof sum);
		memcpy(&more, fits + w, sizeof more);
		sum += own ? more + more + more : more;
		memcpy(score + w, &sum, sizeof sum);
	}
}

/* Adds up the votes of boxes from..to about box k, what it says itself three times, and
 * puts them in order, narrowest first. Returns how many there are. */
static size_t
gather(struct boxes *b, size_t from, size_t to, size_t k, const struct vote *v[VOTERS], int *weights)
{
	size_t n = 0, at;

	for (size_t i = from; i < to; i++) {
		const struct vote *vote = &b->votes[i % VOTERS];
		if (!has_vote(b, i))
			continue;
		*weights += i == k ? 3 : 1;
		if (vote->from > WIDEST)
			continue;
		add_votes(b->score + vote->from, vote->fits, i == k);
		for (at = n++; at > 0 && v[at - 1]->from > vote->from; at--)
			v[at] = v[at - 1];
		v[at] = vote;
	}
	return n;
}

/* The width of box k: what it says counts three times, its neighbours help where
 * it is short or ragged. 0 where fewer than two full lines are to be seen. */
static size_t
best_width(const struct pieces *ps, struct boxes *b, size_t k)
{
	size_t best = 0, from = k > 2 ? k - 2 : 0, to = k + 3 < b->n ? k + 3 : b->n, n, w = NARROWEST;
	const struct vote *v[VOTERS];
	int weights = 0, top = 9;

	if (b->voted < from)
		b->voted = from;
	for (; b->voted < to; b->voted++)
		if (has_vote(b, b->voted))
			vote(ps, b->start[b->voted], b->start[b->voted + 1], &b->votes[b->voted % VOTERS]);
	n = gather(b, from, to, k, v, &weights);
	/* All that speaks for a width stands near some box's own; those that are wider speak
	 * against it. */
	for (size_t i = 0; i < n; i++) {
		size_t end = v[i]->from + NEAR < WIDEST + 1 ? v[i]->from + NEAR : WIDEST + 1;
		weights -= v[i] == &b->votes[k % VOTERS] ? 3 : 1;
		if (i + 1 < n && v[i + 1]->from < end)
			end = v[i + 1]->from;
		for (w = w < v[i]->from ? v[i]->from : w; w < end; w++)
			if (b->score[w] - 2 * weights > top)
				top = b->score[w] - 2 * weights, best = w;
	}
	for (size_t i = 0; i < n; i++)
		memset(b->score + v[i]->from, 0, PADDED * sizeof *b->score);
	return best;
}

/* Lines among which no width can be told take that of the next ones, else of those
 * before. */
static void
borrow(struct pieces *ps)
{
	unsigned known = 0;
	size_t last = ps->n;

	for (size_t i = ps->n; i-- > 0;) { /* no branches, which nobody could foresee */
		struct piece *p = &ps->v[i];
		p->borrowed |= p->measure == 0;
		known = p->measure ? p->measure : known;
		p->measure = known;
	}
	while (last > 0 && ps->v[last - 1].measure == 0)
		last--;
	for (size_t i = last; last > 0 && i < ps->n; i++)
		ps->v[i].measure = ps->v[last - 1].measure;
}

/* Starts of the boxes (records) of the page, and its end after the last. */
static size_t
find_boxes(const struct pieces *ps, size_t *box)
{
	size_t n = 0;

	box[0] = 0;
	n = ps->n > 0;
	for (size_t i = 1; i < ps->n; i++) {
		box[n] = i;
		n += ps->v[i].rec != ps->v[i - 1].rec;
	}
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
		if (p->digits < 2) /* most */
			continue;
		if (p->gap != GAP_SPACE || p[1].gap != GAP_SPACE || p->borrowed || p->width >= p->measure + 3)
			continue;
		size_t digits = p->digits, as_wide = p->width + digits;
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
	struct boxes b = {.start = bs_malloc(2 * (ps->n + 1) * sizeof *b.start)};
	size_t *width = b.start + ps->n + 1, known = 0, last = 0;

	b.n = find_boxes(ps, b.start);
	for (size_t k = 0; k < b.n; k++) {
		width[k] = has_vote(&b, k) ? best_width(ps, &b, k) : 0;
		last = width[k] ? k : last;
	}
	/* Boxes of one or two lines do not show their column's width; the next box that
	 * does is most likely in the same column, else the one before. */
	for (size_t k = b.n; k-- > 0;) {
		bool borrowed = width[k] == 0;
		known = borrowed ? known ? known : width[last] : width[k];
		for (size_t i = b.start[k]; i < b.start[k + 1]; i++)
			ps->v[i].measure = (unsigned)known, ps->v[i].borrowed = borrowed;
	}
	free(b.start);
}

static void
measure_boxes(struct pieces *ps)
{
	measure_once(ps);
	if (!has_wide_digits(ps))
		return;
	widen_digits(ps);
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
	uint64_t there[2]; /* a bit for each width of which there are some */
	size_t lines;
	unsigned top;      /* the greatest key, and the last place where it stands; */
	size_t best;
	bool lost;         /* unless one that was the greatest has shrunk since */
	bool changed;
};

static void
put_in(struct window *win, size_t width)
{
	win->count[width]++;
	win->there[width / 64] |= UINT64_C(1) << width % 64;
	for (size_t w = width < 14 ? 14 : width; w <= width + 2 && w < 127; w++) {
		unsigned key = win->key[w] = (unsigned short)(win->key[w] + w);
		if (key > win->top || (key == win->top && w > win->best))
			win->top = key, win->best = w;
	}
	win->lines++;
}

static void
take_out(struct window *win, size_t width)
{
	if (--win->count[width] == 0)
		win->there[width / 64] &= ~(UINT64_C(1) << width % 64);
	for (size_t w = width < 14 ? 14 : width; w <= width + 2 && w < 127; w++)
		win->key[w] = (unsigned short)(win->key[w] - w);
	win->lost |= win->best >= width && win->best <= width + 2;
	win->lines--;
}

/* The width that counts of piece k, 0 if none does. */
static size_t
width_in(const struct pieces *ps, size_t k)
{
	size_t width = ps->v[k].width;

	return width >= 12 && width < 127 && in_block(ps, k) ? width : 0;
}

/* The greatest key, and the last place where it stands: eight keys at a time where the
 * machine can. */
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

/* Whether lines of that width are the first ones of paragraphs, two ems short: where
 * those have a line or two, they are the most. */
static bool
are_first(const struct window *win, size_t width)
{
	size_t longer = 0;

	for (size_t k = width + 3; width && k <= width + 5 && k < 126; k++)
		longer += win->count[k];
	return longer * FEW >= win->lines && longer > 1;
}

/* Commonest width in the window, counted in bins of three columns so that the
 * ragged width of justified Chinese lines (pushed-out marks) adds up, weighed by
 * width: torn lines are many and short. Where too few lines agree, as in
 * proportional Latin type, the width that one line in eight exceeds. */
static size_t
mode(struct window *win)
{
	const unsigned short *count = win->count;
	size_t best, above = 0;

	if (win->lines < 2)
		return 0;
	if (win->lost)
		win->top = greatest(win->key, &win->best);
	win->lost = false;
	best = win->top ? win->best : 0;
	/* Marks that may not start a line push the commonest width down; what one
	 * line in eight reaches is still inside the column. */
	for (size_t k = best + 2; best && k <= best + 2 && k < 126; k++)
		if ((size_t)(count[k - 1] + count[k]) * 8 >= win->lines)
			best = k;
	if (win->top >= 3 * best)
		return are_first(win, best) ? best + 4 : best;
	for (size_t i = 2; i-- > 0;)
		for (uint64_t left = win->there[i]; left;) {
			size_t w = 63 - (size_t)__builtin_clzll(left);
			left ^= UINT64_C(1) << w;
			above += count[64 * i + w];
			if (above * 8 > win->lines)
				return 64 * i + w;
		}
	return 12;
}

/* Figures and letters are a little wider than half an em, capitals most of all. In
 * hundredths of a column: what a line of text.n bytes has beyond p->width. */
static unsigned
beyond(const struct piece *p)
{
	unsigned capitals = 0, others = 0;

	for (size_t i = 0; i < p->text.n; i++) {
		unsigned char c = (unsigned char)p->text.p[i];
		capitals += (unsigned char)(c - 'A') <= 'Z' - 'A';
		others += (unsigned char)(c - 'Z' - 1) < 'z' - 'Z';
	}
	return 11 * p->digits + 28 * capitals + 8 * others;
}

/* Lines of Han alone have three bytes for two columns, and each Han character has a
 * byte more than columns: those with few of them are left alone. */
static void
widen_latin(struct pieces *ps)
{
	for (size_t i = 0; i < ps->n; i++) {
		struct piece *p = &ps->v[i];
		if (p->width * 3 != p->text.n * 2 && (p->text.n - p->width) * 8 > p->text.n)
			p->width += (beyond(p) + 50) / 100;
	}
}

static void
measure_lines(struct pieces *ps)
{
	struct window win = {.changed = true};
	size_t measure = 0, width;

	widen_latin(ps);
	for (size_t k = 0; k < 15 && k < ps->n; k++)
		if ((width = width_in(ps, k)) > 0)
			put_in(&win, width);
	for (size_t i = 0; i < ps->n; i++) {
		size_t in = i + 15 < ps->n ? width_in(ps, i + 15) : 0, out = i >= 16 ? width_in(ps, i - 16) : 0;
		/* The line that leaves is mostly as wide as the one that comes. */
		if (in != out) {
			if (in)
				put_in(&win, in);
			if (out)
				take_out(&win, out);
			win.changed = true;
		}
		if (win.changed)
			measure = mode(&win);
		win.changed = false;
		ps->v[i].measure = (unsigned)measure;
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
