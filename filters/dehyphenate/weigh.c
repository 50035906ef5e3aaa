/* weigh.c - the doubtful borders: what is seen there, and what it weighs. */
#include "weigh.h"
#include "headings.h"
#include "weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lines either way that may tell the measure, and columns they may be off it. */
#define NEAR 20
#define NEARLY 3

/* Groups of features: each is a number between two bounds, or one of a few kinds. */
#define ALL_GROUPS(X) \
	X(G_BIAS, 0, 0) \
	X(G_SLACK, -6, 16)     /* columns that the line before misses the measure by */ \
	X(G_ROOM, -8, 12)      /* the same less the token that would have followed */ \
	X(G_END, 0, 12)        /* how the line before ends */ \
	X(G_SO_FAR, 0, 15)     /* lines, commas and sentences of the paragraph */ \
	X(G_FIRST, 0, 9)       /* what the piece starts with */ \
	X(G_WORDS, -8, 8)      /* the character model */ \
	X(G_ENDING, -9, 0)     /* how often a mark follows where the line ends, by that model */ \
	X(G_NEXT, 0, 8)        /* what becomes of the next line: goes on, ends there, ends in a full stop */ \
	X(G_AS_FIRST, -7, 9)   /* the next line's slack if it is set in as a first line, where it goes on */ \
	X(G_AS_MORE, -5, 11)   /* and if it is not */ \
	X(G_ROOM_FIRST, -7, 7) /* the same less the token after it */ \
	X(G_ROOM_MORE, -7, 7) \
	X(G_EVENER, -5, 5)     /* by how much it comes out evener as a first line */ \
	X(G_REST, -6, 9)       /* slack of the line if the piece is the rest of it, where it may be */ \
	X(G_FITS, 0, 29)       /* which of the readings fit the measure, all taken together */ \
	X(G_QUOTED, 0, 1)      /* the paragraph so far is one quotation */ \
	X(G_PROSE, 0, 3)       /* what came before and what follows read as running text */ \
	X(G_BORROWED, 0, 3)    /* measures taken from neighbours */ \
	X(G_COLUMN, 0, 6)      /* lines of the column that ends here, if one does, against the one before or the next */ \
	X(G_OPEN, 0, 4)        /* a quote or a bracket is open, and what follows closes it */ \
	X(G_BEFORE, 0, 17)     /* what stood before the paragraph, and whether this is its first line */ \
	X(G_HEADING, 0, 63)    /* heading_look */

/* The columns of each group in weights.h, first and last. */
#define COLUMNS(g, low, high) g##_COLUMN, g##_LAST = g##_COLUMN + (high) - (low),
enum { ALL_GROUPS(COLUMNS) ALL_COLUMNS };
_Static_assert(ALL_COLUMNS == sizeof weights[0] / sizeof weights[0][0], "weights.h was made for other groups");

#define GROUP(g, low, high) g,
enum group { ALL_GROUPS(GROUP) GROUPS };

#define RANGE(g, low, high) {low, high, g##_COLUMN},
static const struct range {
	int low, high, column;
} ranges[GROUPS] = {ALL_GROUPS(RANGE)};

/* Adds the feature of group g that v falls in. */
static inline void
see(struct sight *s, enum group g, int v)
{
	v = v < ranges[g].low ? ranges[g].low : v > ranges[g].high ? ranges[g].high : v;
	s->at[s->n] = (unsigned short)(ranges[g].column + v - ranges[g].low);
	s->sum += (double)s->weights[s->at[s->n++]];
}

/* The text ends with a remark in brackets after its last sentence: who took the picture, who
 * wrote it. */
static bool
ends_in_remark(struct bs_str s)
{
	const char *p = s.p + s.n;

	for (int k = 0; k < 24 && p > s.p; k++) {
		uint32_t c = bs_utf8_back(&p, s.p);
		if (c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0x201d)
			return k > 3;
		if (c == 0xff0c)
			return false;
	}
	return false;
}

/* Words that point back (他 这 其), that link (而 但 同), and that open (近 据 在). */
static const uint32_t words[3][18] = {
	{0x4ed6, 0x5979, 0x5b83, 0x8fd9, 0x9019, 0x5176, 0x6b64, 0x8be5, 0x8a72, 0x90a3},
	{0x800c, 0x4f46, 0x5e76, 0x4e26, 0x4e5f, 0x8fd8, 0x9084, 0x540c, 0x56e0, 0x6240, 0x4e8e, 0x7136, 0x518d, 0x53c8},
	{0x8fd1, 0x4eca, 0x76ee, 0x53bb, 0x65e5, 0x636e, 0x64da, 0x5728, 0x4ece, 0x5f9e, 0x4e3a, 0x70ba, 0x5bf9, 0x5c0d, 0x8bb0, 0x5f53},
};

/* What a character is where a piece starts with it, and where one ends. */
static unsigned char
kind_at_start(uint32_t c)
{
	if (c == 0x201c || c == 0x300c)
		return 1;
	if (is_opening(c))
		return 2;
	if (c >= '0' && c <= '9')
		return 3;
	if (c == 0x2014)
		return 4;
	return is_closing(c) ? 5 : c < 0x250 ? 6 : 0;
}

static unsigned char
kind_at_end(uint32_t c)
{
	if (c == 0xff0c || c == 0x3001 || c == ',')
		return 6;
	if (c == 0xff1a || c == ':')
		return 7;
	if (c == 0xff1b || c == ';')
		return 8;
	return c == 0x201d ? 9 : c == 0xff09 || c == 0x300b ? 10 : c < 0x250 ? 11 : 0;
}

/* Both for the rows of marks, and the words, as they are looked up: which character it is
 * cannot be foreseen. */
#define WORD_BITS 8
static struct {
	bool filled;
	unsigned char start[5][256], end[5][256];
	struct {
		uint32_t c, kind;
	} word[1 << WORD_BITS];
} kinds;

static inline size_t
word_place(uint32_t c)
{
	return c * 0x2a1be9cdu >> (32 - WORD_BITS); /* gives each word a place of its own; found by trying */
}

static void
fill_kinds(void)
{
	for (unsigned i = 0; i < 1 << WORD_BITS; i++)
		kinds.word[i].c = UINT32_MAX;
	for (uint32_t row = 0; row < 256; row++)
		for (uint32_t c = row << 8; c < (row + 1) << 8 && mark_row[row]; c++) {
			kinds.start[mark_row[row]][c & 255] = kind_at_start(c);
			kinds.end[mark_row[row]][c & 255] = kind_at_end(c);
		}
	for (unsigned k = 0; k < 3; k++)
		for (unsigned i = 0; words[k][i]; i++) {
			kinds.word[word_place(words[k][i])].c = words[k][i];
			kinds.word[word_place(words[k][i])].kind = 7 + k;
		}
	kinds.filled = true;
}

/* The kind of the end before piece i. */
static int
end_kind(const struct walk *w, size_t i)
{
	const struct piece *a = &w->ps->v[i - 1];

	if (walk_at_stop(w)) {
		if (w->tail == 0x2026)
			return 1;
		return w->open > 0 ? 2 : a->last_mark & MARK_AFTER ? 3 : a->last == 0xff1f || a->last == 0xff01 ? 4 : 5;
	}
	if (a->last == 0xff09 && ends_in_remark(a->text))
		return 12;
	return a->last - 0x100 < 0x150 ? 11 : kinds.end[a->last < 0x10000 ? mark_row[a->last >> 8] : 0][a->last & 255];
}

static int
first_kind(const struct piece *b)
{
	size_t at = word_place(b->first);

	if (kinds.word[at].c == b->first)
		return (int)kinds.word[at].kind;
	return b->first - 0x100 < 0x150 ? 6 : kinds.start[b->first < 0x10000 ? mark_row[b->first >> 8] : 0][b->first & 255];
}

/* The printed line that starts at piece i: its width, and the piece after it; and the same if it is
 * set in as a first line. */
struct reading {
	size_t more, next, first, after;
};

static struct reading
line_from(const struct walk *w, size_t i, size_t m)
{
	const struct piece *v = w->ps->v, *end = v + w->ps->n, *p = &v[i];
	size_t acc = p->width;
	struct reading r;

	if (!w->ps->boxed) {
		r.more = walk_line_width(w, i, &r.next);
		r.first = r.more + INDENT;
		r.after = r.next;
		return r;
	}
	for (; p + 1 < end && p[1].gap == GAP_SPACE && acc + INDENT + p[1].width <= m + 2; p++)
		acc += p[1].width;
	r.first = acc + INDENT;
	r.after = (size_t)(p - v) + 1;
	for (; p + 1 < end && p[1].gap == GAP_SPACE && acc + p[1].width <= m + 2; p++)
		acc += p[1].width;
	r.more = acc;
	r.next = (size_t)(p - v) + 1;
	return r;
}

/* How a line of that slack fits, which runs on to a token of that many columns: it is
 * too long (0), just right (1), or the token had room on it (2). */
static int
fits(int slack, int token)
{
	return slack < -1 ? 0 : slack < token ? 1 : 2;
}

/* The readings of a border go together: a paragraph that ends leaves any room and is
 * followed by a line that is set in, one that goes on has filled its line (or goes on
 * in it), and so has the next. here is how the line before fits. */
static void
see_fits(int here, int first, int more, struct sight *s)
{
	see(s, G_FITS, here * 10 + 1 + first * 3 + more);
}

/* What the line says that starts at piece i; here is for see_fits. */
static void
see_next_line(const struct walk *w, size_t i, size_t measure, int here, struct sight *s)
{
	struct reading r = line_from(w, i, measure);
	size_t next = r.next, after = r.after;
	int m = (int)measure, more = m - (int)r.more, first = m - (int)r.first, token_after, token_next;
	bool ends = next >= w->ps->n || w->ps->v[next].gap == GAP_BLANK;
	bool hard = walk_hard_final(&w->ps->v[next - 1]), may = walk_may_end(&w->ps->v[next - 1]);

	if (w->ps->v[i].gap == GAP_LINE && walk_ends_closing(&w->ps->v[next - 1]))
		first++, more++;
	/* A line that stops well short is a heading or ends a paragraph: nothing is to
	 * be learned from where it starts. */
	see(s, G_NEXT, (ends ? 6 : more > 8 ? 3 : 0) + (hard ? 2 : may ? 1 : 0));
	if (ends || after >= w->ps->n || more > 8) {
		see(s, G_FITS, here * 10);
		return;
	}
	token_after = piece_token(&w->ps->v[after]), token_next = after == next ? token_after : piece_token(&w->ps->v[next]);
	see_fits(here, fits(first, token_after), fits(more, token_next), s);
	see(s, G_AS_FIRST, first);
	see(s, G_AS_MORE, more);
	see(s, G_ROOM_FIRST, first - token_after);
	see(s, G_ROOM_MORE, more - token_next);
	see(s, G_EVENER, abs(more) - abs(first));
}

/* Piece i may be the rest of the printed line that the piece before began. */
static bool
may_be_rest(const struct walk *w, size_t i, int m)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];

	return (walk_may_be_tight(a, b) || b->gap == GAP_SPACE) && w->acc + b->width <= (size_t)m + 5;
}

/* What lies on both sides of the border itself; returns how the line before fits. */
static int
see_border(const struct walk *w, size_t i, int m, struct sight *s)
{
	const struct piece *a = &w->ps->v[i - 1], *b = &w->ps->v[i];
	int slack = m - (int)w->acc, token = piece_token(b), here = fits(slack, token);
	size_t lines = w->lines > 3 ? 3 : w->lines;

	see(s, G_SLACK, slack);
	see(s, G_ROOM, slack - token);
	see(s, G_END, end_kind(w, i));
	see(s, G_SO_FAR, (int)lines * 4 + (w->commas > 0) * 2 + (w->stops > 0));
	see(s, G_FIRST, first_kind(b));
	if (may_be_rest(w, i, m)) {
		int rest = slack - (int)walk_chain_width(w, i);
		here = rest < -2 ? 0 : rest < 2 ? 1 : 2;
		see(s, G_REST, rest);
	}
	see(s, G_QUOTED, w->ps->v[w->start].first == 0x201c && a->last == 0x201d && w->stops == 0);
	return here;
}

/* Columns of an article are equally tall, but for a line: by how many this one, if it
 * ends before piece i, is taller than the one before it, or else than the next. */
static void
see_column(const struct walk *w, size_t i, struct sight *s)
{
	const struct columns *c = walk_columns(w, i);
	size_t other = c->height ? c->height : walk_column_ahead(w, i);
	int taller = (int)c->column - (int)other, kind = taller < -1 ? 1 : taller <= 1 ? 2 : 3;

	see(s, G_COLUMN, other == 0 ? 0 : c->height ? kind : 3 + kind);
}

typedef unsigned char lanes __attribute__((vector_size(16)));

/* The sum of the lanes, which is at most 255. */
static unsigned
sum_lanes(lanes v)
{
	uint64_t half[2];

	memcpy(half, &v, sizeof half);
	return (unsigned)((half[0] + half[1]) * 0x0101010101010101u >> 56);
}

void
weigh_widths(const struct pieces *ps, unsigned char *widths)
{
	memset(widths, 255, NEAR);
	for (size_t i = 0; i < ps->n; i++) {
		unsigned width = ps->v[i].width - walk_ends_closing(&ps->v[i]);
		widths[NEAR + i] = (unsigned char)(width < 255 ? width : 255);
	}
	memset(widths + NEAR + ps->n, 255, WEIGH_ROOM - NEAR);
}

/* The width that most lines near piece i have of those about as wide as measure,
 * which goes by threes and is less than 250 (measure.c): after a full stop each column
 * counts. A mark at the line end may be set in half its room. */
static size_t
commonest_width(const struct walk *w, size_t i, size_t measure)
{
	static const lanes past = {0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255};
	unsigned best = 0; /* eight times a count, and its width; no branches, which nobody could foresee */
	lanes v[3];

	if (w->widths[0] == 0) /* pages of boxes hardly ask */
		weigh_widths(w->ps, w->widths);
	memcpy(v, w->widths + i, sizeof v); /* from NEAR before i to NEAR behind, and 8 more */
	v[2] |= past;
	for (unsigned k = 0; k <= 2 * NEARLY; k++) {
		unsigned char width = (unsigned char)(measure + k - NEARLY);
		unsigned count = 8 * sum_lanes(-((lanes)(v[0] == width) + (lanes)(v[1] == width) + (lanes)(v[2] == width))) + k;
		best = count > best ? count : best;
	}
	return best >= 8 * 3 ? measure + best % 8 - NEARLY : measure;
}

/* The least and the most that a group can add. */
struct span {
	float low, high;
};

/* Of the character model and, at first, the columns: what costs most to see. */
struct spans {
	struct span words, column;
	bool known;
};

static struct span
span_of(const float *from, const float *last)
{
	struct span s = {0, 0};

	for (; from <= last; from++) {
		s.low = *from < s.low ? *from : s.low;
		s.high = *from > s.high ? *from : s.high;
	}
	return s;
}

static const struct spans *
spans_of(int sort)
{
	static struct spans known[BORDER_SORTS];
	struct spans *s = &known[sort];
	struct span ending;

	if (!s->known) {
		s->words = span_of(weights[sort] + G_WORDS_COLUMN, weights[sort] + G_WORDS_LAST);
		ending = span_of(weights[sort] + G_ENDING_COLUMN, weights[sort] + G_ENDING_LAST);
		s->words.low += ending.low, s->words.high += ending.high;
		s->column = span_of(weights[sort] + G_COLUMN_COLUMN, weights[sort] + G_COLUMN_LAST);
		s->known = true;
	}
	return s;
}

/* Whether the sum comes out above 0 or not whatever the character model says, which
 * looks far about in memory, and, where they are not seen yet, the columns. */
static bool
is_settled(double sum, int sort, bool columns)
{
	const struct spans *s = spans_of(sort);
	double low = (double)s->words.low + (columns ? (double)s->column.low : 0);
	double high = (double)s->words.high + (columns ? (double)s->column.high : 0);

	return sum + low > 0.01 || sum + high < -0.01;
}

bool
weigh_ends(const struct walk *w, enum border kind, size_t i, size_t measure)
{
	int sort = (int)kind * 3 + (walk_at_stop(w) && kind != BORDER_HEAD ? 1 + may_be_rest(w, i, (int)measure) : 0);
	struct sight s;

	if (!kinds.filled)
		fill_kinds();
	if ((kind == BORDER_LINE || kind == BORDER_HEAD) && w->acc > measure + 2)
		measure = w->acc; /* it was taken too narrow */
	else if (kind == BORDER_LINE || kind == BORDER_HEAD)
		measure = commonest_width(w, i, measure);
	/* After a full stop two ems of room are reason enough, elsewhere half a line is. */
	if (kind != BORDER_BLANK && sort % 3 == 1 && !walk_is_full(w, i))
		return true;
	if (kind == BORDER_LINE && sort % 3 == 0 && w->acc * 2 < measure)
		return true;
	s.n = 0, s.weights = weights[sort], s.sum = 0;
	see(&s, G_BIAS, 0);
	if (kind == BORDER_LINE || kind == BORDER_HEAD)
		see(&s, G_BEFORE, (int)w->before + 9 * (w->lines > 0));
	if (kind == BORDER_HEAD)
		see(&s, G_HEADING, (int)heading_look(w, i));
	see_next_line(w, i, measure, see_border(w, i, (int)measure, &s), &s);
	if (kind == BORDER_BLANK) {
		see(&s, G_OPEN, heading_open(w, i));
		see(&s, G_PROSE, walk_is_prose(w, i) * 2 + walk_next_is_prose(w, i));
		see(&s, G_BORROWED, w->ps->v[i - 1].borrowed * 2 + w->ps->v[i].borrowed);
		if (w->b->judge == NULL && is_settled(s.sum, sort, true))
			return s.sum > 0;
		see_column(w, i, &s);
	}
	if (w->b->judge == NULL && is_settled(s.sum, sort, false))
		return s.sum > 0;
	see(&s, G_WORDS, (int)lround(walk_join_score(w, i) / 2));
	if (w->b->chars)
		see(&s, G_ENDING, (int)lround(chars_ends(w->b->chars, w->ps->v[i - 1].text)));
	return w->b->judge ? w->b->judge(w->b->judge_ctx, sort, i, &s, s.sum > 0) : s.sum > 0;
}
