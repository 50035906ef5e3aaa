/* measure.c - how wide the lines around a piece are: pages of boxes. */
#include "lend.h"
#include "lines.h"

#include <string.h>

/* Columns of the narrowest newspaper column, ten ems: shorter runs are letter
 * spacing or lists of names. */
#define NARROWEST 20
/* And of the widest that blanks can tell of. */
#define WIDEST 100

/* Widths about which a box says more than that it has a wider line. */
#define NEAR 9

/* So many pieces of a box are heard: 3 of each, seven times over, fit a short. */
#define MOST_HEARD 1500

#define LANES 16

/* What a box says of widths from LEAST on: of those below NEAR ones that it has a line that
 * is wider (-2), of these how well it fits them, of greater ones nothing. Those that are no width
 * of a column, at either end, are there so that many can be reckoned with at a time. */
#define LEAST (NARROWEST - 2)
#define WIDTHS 104
_Static_assert(WIDTHS % 8 == 0 && LEAST + WIDTHS > WIDEST + LANES, "all widths have their place");
struct vote {
	size_t near; /* the first of these; 0 if there are none */
	short says[WIDTHS];
};

/* Sixteen numbers that are reckoned with at once, as GCC and Clang know them: in a
 * vector register where there are such. Comparisons give all bits set for true. */
typedef signed char lanes __attribute__((vector_size(LANES)));
typedef short wide_lanes __attribute__((vector_size(2 * LANES)));
typedef short eight __attribute__((vector_size(16)));

/* So many pieces, at most 3 each, add up to a number that fits a lane. */
#define MOST_PIECES 40

static signed char
narrow(size_t width)
{
	return (signed char)(width < 127 ? width : 127); /* wider than anything */
}

/* How well the pieces from..to fit the printed widths w: printed lines are made
 * greedily; one that ends within five columns below w is a hit (3 or 2), one that
 * hangs out a little half of one, one that is too long or short a miss (-3). All
 * widths in one go: a loop for each is as slow as it is unforeseeable. *room is what is
 * left of each width on the line so far. */
static lanes
fit(const struct pieces *ps, size_t from, size_t to, lanes w, lanes *room)
{
	static const lanes hangs[2] = {{0}, {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}};
	lanes left = *room, score = {0}, width = narrow(ps->v[from].width) + (lanes){0};

	for (size_t i = from; i < to; i++) {
		left -= width; /* there were six at least, or all: nothing runs over */
		/* A mark may hang out of the column at a line end. */
		lanes end = left + hangs[(ps->v[i].last_mark & MARK_CLOSING) != 0], too_short = end > 5;
		/* A blank in mid-line: folded comma, letter spacing. */
		width = narrow(ps->v[i + 1].width) + (lanes){0};
		lanes goes_on = too_short & (left > width - 3);
		lanes over = end < 0, far = end < -2;
		lanes hit = 3 + (end > 2) + over + over + 4 * far;
		score += ~too_short & hit;
		if (!(ps->v[i].ends & ENDS_HARD)) /* else a short line is no fault */
			score -= too_short & ~goes_on & 3;
		left = (left & goes_on) | (w & ~goes_on);
	}
	*room = left;
	return score;
}

/* -2 for the first n of the widths, nothing for the others. */
static void
say_wider(struct vote *v, short n)
{
	for (short k = 0; k < WIDTHS; k++) /* all of it in shorts: eight at a time */
		v->says[k] = k < n ? -2 : 0;
}

static void
vote(const struct pieces *ps, size_t from, size_t to, struct vote *v)
{
	const lanes first_nine = {-1, -1, -1, -1, -1, -1, -1, -1, -1};
	lanes w = {0, 1, 2, 3, 4, 5, 6, 7, 8}, room;
	size_t high = 0, near, last = to - 1; /* the last piece may be short */
	wide_lanes fits = {0};

	for (size_t i = from; i < last; i++)
		high = ps->v[i].width > high ? ps->v[i].width : high;
	near = high + 4 < NARROWEST ? LEAST : (high > NARROWEST ? high : NARROWEST) - 2;
	near = near > WIDEST ? WIDEST + 1 : near; /* it says no more of any */
	say_wider(v, (short)(near - LEAST));
	v->near = 0;
	if (high + 4 < NARROWEST || near > WIDEST)
		return; /* mastheads and rows of tables: no line ends there */
	v->near = near;
	room = w += (signed char)near;
	last = last - from < MOST_HEARD ? last : from + MOST_HEARD;
	for (size_t i = from; i < last; i += MOST_PIECES)
		fits += __builtin_convertvector(fit(ps, i, last - i > MOST_PIECES ? i + MOST_PIECES : last, w, &room) & first_nine, wide_lanes);
	memcpy(v->says + near - LEAST, &fits, sizeof fits);
	v->says[0] = v->says[1] = 0; /* too narrow */
	for (size_t k = WIDEST + 1; k < near + NEAR; k++)
		v->says[k - LEAST] = 0;
}

/* The boxes of a page, and the votes of those two either way of the one in
 * question: each is asked for by five. */
#define VOTERS 5
#define KEPT 8 /* a power of two */
struct boxes {
	size_t *start, n; /* first pieces; start[n] is the end of the page */
	size_t voted;     /* boxes before this one have voted */
	struct vote votes[KEPT];
};

/* One or two lines do not tell how wide a box is. */
static bool
has_vote(const struct boxes *b, size_t k)
{
	return b->start[k + 1] - b->start[k] >= 3;
}

/* Of the box so many before or behind box k. */
static const struct vote *
vote_of(const struct boxes *b, size_t k, ptrdiff_t behind)
{
	static const struct vote none;
	size_t i = k + (size_t)behind; /* before the first one it is greater than all */

	return i < b->n && has_vote(b, i) ? &b->votes[i % KEPT] : &none;
}

static eight
says(const struct vote *v, size_t at)
{
	eight x;

	memcpy(&x, v->says + at, sizeof x);
	return x;
}

/* The width of which the votes say most, the third of them three times over, more than nine in
 * all; else 0. It is near one of them. */
static size_t
most_wanted(const struct vote *const v[VOTERS])
{
	size_t from = WIDEST, to = 0, best;
	eight sum[WIDTHS / 8], most = {0};
	short top = 9;

	for (size_t i = 0; i < VOTERS; i++) {
		from = v[i]->near && v[i]->near < from ? v[i]->near : from;
		to = v[i]->near > to ? v[i]->near : to;
	}
	if (to == 0)
		return 0;
	from = (from - LEAST) / 8, to = (to + NEAR - LEAST + 7) / 8;
	for (size_t i = from; i < to; i++) {
		eight own = says(v[2], 8 * i), more;
		sum[i] = own + own + own + says(v[0], 8 * i) + says(v[1], 8 * i) + says(v[3], 8 * i) + says(v[4], 8 * i);
		more = sum[i] > most;
		most = (sum[i] & more) | (most & ~more);
	}
	for (size_t k = 0; k < 8; k++)
		top = most[k] > top ? most[k] : top;
	if (top == 9)
		return 0;
	for (best = 8 * from; ((const short *)sum)[best] != top; best++)
		;
	return LEAST + best;
}

/* The width of box k: what it says counts three times, its neighbours help where
 * it is short or ragged. 0 where fewer than two full lines are to be seen. */
static size_t
best_width(const struct pieces *ps, struct boxes *b, size_t k)
{
	size_t from = k > 2 ? k - 2 : 0, to = k + 4 < b->n ? k + 4 : b->n; /* the last one for the next box: what was just written is slow to read */

	for (b->voted = b->voted < from ? from : b->voted; b->voted < to; b->voted++)
		if (has_vote(b, b->voted))
			vote(ps, b->start[b->voted], b->start[b->voted + 1], &b->votes[b->voted % KEPT]);
	return most_wanted((const struct vote *const[VOTERS]){vote_of(b, k, -2), vote_of(b, k, -1), vote_of(b, k, 0), vote_of(b, k, 1), vote_of(b, k, 2)});
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
 * middle of a box fill the measure only if those count twice. numbers are the n pieces that have
 * two digits or more. */
static bool
has_wide_digits(const struct pieces *ps, const unsigned *numbers, size_t n)
{
	size_t wide = 0, narrow = 0;

	for (size_t k = 0; k < n; k++) { /* no branches, which nobody could foresee */
		size_t i = numbers[k], last = i + 1 == ps->n;
		const struct piece *p = &ps->v[i];
		size_t m = p->measure, width = p->width, as_wide = width + p->digits;
		bool tells = (i > 0) & !last & (p->gap == GAP_SPACE) & (p[!last].gap == GAP_SPACE) & !p->borrowed & (width < m + 3);
		wide += tells & (as_wide + 2 >= m) & (as_wide <= m + 2) & (width + 2 < m);
		narrow += tells & (width + 2 >= m) & (as_wide > m + 2);
	}
	return wide > narrow + 1;
}

static void
widen_digits(struct pieces *ps)
{
	for (size_t i = 0; i < ps->n; i++) {
		struct piece *p = &ps->v[i];
		p->width += p->digits;
		if (p->first >= '0' && p->first <= '9') { /* the token is in ASCII, a byte a column */
			size_t token = piece_token(p);
			p->token = (unsigned short)(token + count_digits((struct bs_str){p->text.p, token < p->text.n ? token : p->text.n}));
		}
	}
}

/* Puts the pieces that have two digits or more at numbers, which has room for ps->n and one more;
 * returns how many there are. start has room for three numbers a line, and three more. */
static size_t
measure_once(struct pieces *ps, unsigned *numbers, size_t *start)
{
	size_t n_numbers = 0;
	struct boxes b; /* its votes come later */
	size_t *width, *before, known = 0;

	b.n = ps->n_lines, b.voted = 0;
	b.start = start;
	width = b.start + b.n + 1, before = width + b.n + 1;
	for (size_t k = 0; k < b.n; k++)
		b.start[k] = ps->lines[k].piece;
	b.start[b.n] = ps->n;
	for (size_t k = 0; k < b.n; k++) {
		width[k] = has_vote(&b, k) ? best_width(ps, &b, k) : 0;
		before[k] = known = width[k] ? width[k] : known;
	}
	known = 0;
	for (size_t k = b.n; k-- > 0;) {
		bool borrowed = width[k] == 0;
		size_t m;
		known = borrowed ? known ? known : before[k] : width[k];
		m = borrowed ? measure_lend(ps, b.start[k], b.start[k + 1], known, before[k]) : known;
		for (size_t i = b.start[k]; i < b.start[k + 1]; i++) {
			ps->v[i].measure = (unsigned)m, ps->v[i].borrowed = borrowed;
			numbers[n_numbers] = (unsigned)i; /* for the next one to be put over, unless it has them */
			n_numbers += ps->v[i].digits > 1;
		}
	}
	return n_numbers;
}

static void
measure_boxes(struct pieces *ps)
{
	size_t *start = pieces_scratch(ps, 3 * (ps->n_lines + 1) * sizeof *start + (ps->n + 1) * sizeof(unsigned));
	unsigned *numbers = (unsigned *)(start + 3 * (ps->n_lines + 1));

	if (has_wide_digits(ps, numbers, measure_once(ps, numbers, start))) {
		widen_digits(ps);
		measure_once(ps, numbers, start);
	}
}

void
pieces_measure(struct pieces *ps)
{
	if (ps->boxed)
		measure_boxes(ps);
	else
		lines_measure(ps);
}
