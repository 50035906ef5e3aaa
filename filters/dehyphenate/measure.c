/* measure.c - how wide the lines around a piece are: pages of boxes. */
#include "lend.h"
#include "lines.h"

#include <stdlib.h>
#include <string.h>

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
typedef signed char lanes __attribute__((vector_size(16)));
/* And four greater ones. */
typedef int fours __attribute__((vector_size(16)));

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
	lanes left = *room, score = {0};

	for (size_t i = from; i < to; i++) {
		left -= narrow(ps->v[i].width); /* there were six at least, or all: nothing runs over */
		/* A mark may hang out of the column at a line end. */
		lanes end = left + (signed char)(ps->v[i].last_mark & MARK_CLOSING ? 2 : 0), too_short = end > 5;
		/* A blank in mid-line: folded comma, letter spacing. */
		lanes goes_on = too_short & (left > (signed char)(narrow(ps->v[i + 1].width) - 3));
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

static void
vote(const struct pieces *ps, size_t from, size_t to, struct vote *v)
{
	lanes w = {0, 1, 2, 3, 4, 5, 6, 7, 8}, room;
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
	room = w += (signed char)v->from;
	for (size_t i = from; i < last; i += MOST_PIECES) {
		lanes score = fit(ps, i, last - i > MOST_PIECES ? i + MOST_PIECES : last, w, &room);
		for (size_t k = 0; k < NEAR && v->from + k <= WIDEST; k++)
			v->fits[k] += score[k];
	}
}

/* The boxes of a page, and the votes of those two either way of the one in
 * question: each is asked for by five. */
#define VOTERS 5
#define KEPT 8 /* a power of two */
struct boxes {
	size_t *start, n; /* first pieces; start[n] is the end of the page */
	size_t voted;     /* boxes before this one have voted */
	struct vote votes[KEPT];
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
		const struct vote *vote = &b->votes[i % KEPT];
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
			vote(ps, b->start[b->voted], b->start[b->voted + 1], &b->votes[b->voted % KEPT]);
	n = gather(b, from, to, k, v, &weights);
	/* All that speaks for a width stands near some box's own; those that are wider speak
	 * against it. */
	for (size_t i = 0; i < n; i++) {
		size_t end = v[i]->from + NEAR < WIDEST + 1 ? v[i]->from + NEAR : WIDEST + 1;
		weights -= v[i] == &b->votes[k % KEPT] ? 3 : 1;
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
	struct boxes b = {.start = bs_malloc(2 * (ps->n_lines + 1) * sizeof *b.start), .n = ps->n_lines};
	size_t *width = b.start + b.n + 1, known = 0;

	for (size_t k = 0; k < b.n; k++)
		b.start[k] = ps->lines[k].piece;
	b.start[b.n] = ps->n;
	for (size_t k = 0; k < b.n; k++) {
		width[k] = has_vote(&b, k) ? best_width(ps, &b, k) : 0;
		known = width[k] ? width[k] : known;
		for (size_t i = b.start[k]; i < b.start[k + 1]; i++) /* for now that of the box before */
			ps->v[i].measure = (unsigned)known;
	}
	known = 0;
	for (size_t k = b.n; k-- > 0;) {
		bool borrowed = width[k] == 0;
		size_t before = ps->v[b.start[k]].measure, m;
		known = borrowed ? known ? known : before : width[k];
		m = borrowed ? measure_lend(ps, b.start[k], b.start[k + 1], known, before) : known;
		for (size_t i = b.start[k]; i < b.start[k + 1]; i++)
			ps->v[i].measure = (unsigned)m, ps->v[i].borrowed = borrowed;
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

void
pieces_measure(struct pieces *ps)
{
	if (ps->boxed)
		measure_boxes(ps);
	else
		lines_measure(ps);
}
