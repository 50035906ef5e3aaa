/* lines.c - how wide the lines around a piece are: pages of printed lines. */
#include "lines.h"

#include <string.h>

/* Of so many lines one is enough to tell that the column is wider than most are. */
#define FEW 10

/* The lines within fifteen of one, by width: how many, and for 14 <= k < 127 those of
 * the widths k - 2 to k, times k. At most 32 * 126. */
struct window {
	unsigned short count[128], key[136];
	uint64_t there[2]; /* a bit for each width of which there are some */
	size_t lines;
	unsigned top;      /* rank of the greatest key, */
	bool lost;         /* unless that has shrunk since */
	size_t low, high;  /* widths that the page has, at least and at most: there are no keys beyond */
};

/* Greater for greater keys, and for those of greater widths. */
static inline unsigned
rank(unsigned key, size_t width)
{
	return key << 7 | (unsigned)width;
}

static inline size_t
width_of(unsigned rank)
{
	return rank & 127;
}

static inline void
add_key(struct window *win, size_t width)
{
	unsigned key = win->key[width] = (unsigned short)(win->key[width] + width);

	win->top = rank(key, width) > win->top ? rank(key, width) : win->top;
}

static void
put_in(struct window *win, size_t width)
{
	win->count[width]++;
	win->there[width / 64] |= UINT64_C(1) << width % 64;
	win->lines++;
	if (width < 14 || width + 2 >= 127) { /* hardly ever */
		for (size_t w = width < 14 ? 14 : width; w <= width + 2 && w < 127; w++)
			add_key(win, w);
		return;
	}
	add_key(win, width);
	add_key(win, width + 1);
	add_key(win, width + 2);
}

static void
take_out(struct window *win, size_t width)
{
	if (--win->count[width] == 0)
		win->there[width / 64] &= ~(UINT64_C(1) << width % 64);
	win->lines--;
	win->lost |= width_of(win->top) - width <= 2;
	if (width < 14 || width + 2 >= 127) {
		for (size_t w = width < 14 ? 14 : width; w <= width + 2 && w < 127; w++)
			win->key[w] = (unsigned short)(win->key[w] - w);
		return;
	}
	for (size_t w = width; w <= width + 2; w++)
		win->key[w] = (unsigned short)(win->key[w] - w);
}

/* Rank of the greatest key: eight keys at a time where the machine can. */
#ifdef __SSE2__
#include <emmintrin.h>

static unsigned
greatest(const struct window *win)
{
	const __m128i *v = (const __m128i *)(const void *)win->key;
	size_t from = win->low / 8, to = (win->high + 2) / 8;
	__m128i most = _mm_setzero_si128();
	int found = 0;

	for (size_t k = from; k <= to; k++)
		most = _mm_max_epi16(most, _mm_loadu_si128(v + k));
	most = _mm_max_epi16(most, _mm_srli_si128(most, 8));
	most = _mm_max_epi16(most, _mm_srli_si128(most, 4));
	most = _mm_max_epi16(most, _mm_srli_si128(most, 2));
	unsigned top = (unsigned)_mm_extract_epi16(most, 0);
	most = _mm_set1_epi16((short)top);
	for (; found == 0; to--) /* top is among them */
		found = _mm_movemask_epi8(_mm_cmpeq_epi16(_mm_loadu_si128(v + to), most));
	return rank(top, 8 * (to + 1) + (31 - (size_t)__builtin_clz((unsigned)found)) / 2);
}
#else
static unsigned
greatest(const struct window *win)
{
	unsigned top = 0;

	for (size_t k = win->low; k <= win->high + 2; k++)
		top = rank(win->key[k], k) > top ? rank(win->key[k], k) : top;
	return top;
}
#endif

/* Whether lines of that width are the first ones of paragraphs, two ems short: where
 * those have a line or two, they are the most. */
static bool
are_first(const struct window *win, size_t width)
{
	const unsigned short *count = win->count + width;
	size_t longer = 0;

	if (width > 0 && width + 5 < 126)
		longer = (size_t)count[3] + count[4] + count[5];
	else
		for (size_t k = 3; width && width + k < 126; k++)
			longer += count[k];
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
	size_t key, best, above = 0;

	if (win->lines < 2)
		return 0;
	if (win->lost)
		win->top = greatest(win);
	win->lost = false;
	key = win->top >> 7;
	best = key ? width_of(win->top) : 0;
	/* Marks that may not start a line push the commonest width down; what one
	 * line in eight reaches is still inside the column. */
	for (size_t k = best + 2; best && k <= best + 2 && k < 126; k++)
		if ((size_t)(count[k - 1] + count[k]) * 8 >= win->lines)
			best = k;
	if (key >= 3 * best)
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

/* Figures and letters are a little wider than half an em, capitals most of all. In
 * hundredths of a column: what a line of text.n bytes has beyond p->width. */
static unsigned
beyond(const struct piece *p)
{
	const unsigned char *s = (const unsigned char *)p->text.p;
	unsigned capitals = 0, others = 0;

	for (size_t left = p->text.n, n; left > 0; left -= n, s += n) { /* counted in bytes, as many at a time as the compiler knows */
		unsigned char capital = 0, other = 0;
		n = left < 255 ? left : 255;
		for (size_t i = 0; i < n; i++) {
			capital = (unsigned char)(capital + ((unsigned char)(s[i] - 'A') <= 'Z' - 'A'));
			other = (unsigned char)(other + ((unsigned char)(s[i] - 'Z' - 1) < 'z' - 'Z'));
		}
		capitals += capital;
		others += other;
	}
	return 11 * p->digits + 28 * capitals + 8 * others;
}

/* Lines of Han alone have three bytes for two columns, and each Han character has a
 * byte more than columns: those with few of them are left alone. */
static inline void
widen_latin(struct piece *p)
{
	if (p->width * 3 != p->text.n * 2 && (p->text.n - p->width) * 8 > p->text.n)
		p->width += (beyond(p) + 50) / 100;
}

/* Lines either way that tell the width of one. */
#define NEAR 15

/* Puts the widths that count of all pieces at to, 0 for those that do not: lines that stand
 * alone between blank lines may be paragraphs that were joined before. */
static void
put_widths(struct window *win, struct pieces *ps, unsigned char *to)
{
	win->low = 127;
	for (size_t i = 0; i < ps->n; i++) {
		struct piece *p = &ps->v[i];
		widen_latin(p);
		bool in_block = (p->gap == GAP_LINE) | (i + 1 < ps->n && p[1].gap == GAP_LINE), counts = in_block & (p->width - 12 < 127 - 12);
		to[i] = (unsigned char)(counts ? p->width : 0);
		win->high = to[i] > win->high ? to[i] : win->high;
		win->low = (counts & (to[i] < win->low)) ? to[i] : win->low;
	}
}

void
lines_measure(struct pieces *ps)
{
	struct window win = {0};
	unsigned char *widths = pieces_scratch(ps, ps->n + 2 * NEAR + 1), *ahead = widths + 2 * NEAR + 1;
	size_t measure = 0;
	bool gaps = false; /* places where nothing tells */

	memset(widths, 0, NEAR + 1);
	memset(widths + NEAR + 1 + ps->n, 0, NEAR);
	put_widths(&win, ps, widths + NEAR + 1); /* of piece i at ahead[i - NEAR] */
	for (size_t k = 0; k < NEAR && k < ps->n; k++)
		if (widths[NEAR + 1 + k])
			put_in(&win, widths[NEAR + 1 + k]);
	for (size_t i = 0; i < ps->n; i++) {
		size_t in = ahead[i], out = widths[i];
		if (in != out) { /* mostly the line that leaves is as wide as the one that comes */
			if (in)
				put_in(&win, in);
			if (out)
				take_out(&win, out);
		}
		if (in != out || i == 0)
			measure = mode(&win);
		ps->v[i].measure = (unsigned)measure;
		gaps |= measure == 0;
	}
	if (gaps)
		borrow(ps);
}
