/*
 * detect.c - which encoding is this, when nobody says?
 *
 * Strict UTF-8 decides for itself: text in another encoding hardly ever passes.
 * For the rest each candidate tells what the bytes would cost in bits if they
 * were a printed page in it (a common character is cheap, a rare one dear, an
 * impossible one dearest); the cheapest is the answer, and the distance to the
 * others says how sure it is. Characters are taken one by one: no words, no
 * pairs, so that a list of names is read as well as prose.
 */
#include "bs.h"
#include "hanfreq.h"

#include <string.h>

/* Bytes that are looked at, from the first that is not ASCII: two columns of
 * print, and where these leave doubt, a large page. More cannot change the
 * answer, only the time. */
#define GLANCE ((size_t)2 << 10)
#define SAMPLE ((size_t)64 << 10)

/* Costs in half bits. An ASCII character costs the same in every encoding; what
 * tells them apart is whether a byte has to be read as one. */
enum {
	ASCII = 14,
	PAIR = 2,        /* that a two-byte character comes here at all */
	BROKEN = 52,     /* a byte that fits nothing: damage, or the wrong encoding */
	CUT_OFF = 16,    /* a character that the end of the text cut off */
	REPEATED = 8,    /* a character once more: rules and dot leaders say nothing */
	ALONE = 16,      /* a lone Chinese character beside a Latin letter: more likely an accented one */
	ANY = 20,        /* a byte of an encoding that is not on the list */
	FOUR_BYTES = 46  /* a rare character of GB18030 */
};

/* Bytes of the character at p (n > 0 left), what it costs in *cost. */
typedef size_t step(const unsigned char *p, size_t n, unsigned *cost);

/* hanfreq.h: A is 4 bits, each next letter half a bit more. */
static unsigned
bits(char letter)
{
	return 8u + (unsigned)(letter >= 'a' ? letter - 'a' + 26 : letter - 'A');
}

static bool
in(unsigned c, unsigned from, unsigned to)
{
	return c >= from && c <= to;
}

static size_t
costs(unsigned *cost, unsigned what, size_t n)
{
	*cost = what;
	return n;
}

static size_t
gb18030_step(const unsigned char *p, size_t n, unsigned *cost)
{
	if (p[0] < 0x80)
		return costs(cost, ASCII, 1);
	if (!in(p[0], 0x81, 0xfe))
		return costs(cost, BROKEN, 1);
	if (n == 1)
		return costs(cost, CUT_OFF, 1);
	if (in(p[1], 0x30, 0x39)) {
		if (n >= 4 && in(p[2], 0x81, 0xfe) && in(p[3], 0x30, 0x39) && (p[0] <= 0x84 || in(p[0], 0x90, 0xe3)))
			return costs(cost, FOUR_BYTES, 4);
		return costs(cost, BROKEN, 1);
	}
	if (!in(p[1], 0x40, 0xfe) || p[1] == 0x7f)
		return costs(cost, BROKEN, 1);
	return costs(cost, PAIR + bits(gb_bits[p[0] - 0x81][p[1] - 0x40 - (p[1] > 0x7f)]), 2);
}

static size_t
big5_step(const unsigned char *p, size_t n, unsigned *cost)
{
	if (p[0] < 0x80)
		return costs(cost, ASCII, 1);
	if (!in(p[0], 0x81, 0xfe))
		return costs(cost, BROKEN, 1);
	if (n == 1)
		return costs(cost, CUT_OFF, 1);
	if (in(p[1], 0x40, 0x7e))
		return costs(cost, PAIR + bits(big5_bits[p[0] - 0x81][p[1] - 0x40]), 2);
	if (in(p[1], 0xa1, 0xfe))
		return costs(cost, PAIR + bits(big5_bits[p[0] - 0x81][p[1] - 0xa1 + 63]), 2);
	return costs(cost, BROKEN, 1);
}

/* UTF-8 with damage in it: a page cut off in the middle of a character, or
 * joined from pieces. */
static size_t
utf8_step(const unsigned char *p, size_t n, unsigned *cost)
{
	size_t good;

	if (p[0] < 0x80)
		return costs(cost, ASCII, 1);
	good = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (bs_utf8_valid((const char *)p, good < n ? good : n) != good) {
		size_t bad = bs_utf8_bad((const char *)p, n);
		return costs(cost, bad == n && in(p[0], 0xc2, 0xf4) ? CUT_OFF : BROKEN, bad);
	}
	if (good == 3)
		return costs(cost, in(p[0], 0xe3, 0xe9) ? 22 : 34, 3);
	return costs(cost, good == 2 ? in(p[0], 0xc2, 0xc3) ? 20 : 26 : 42, good);
}

static bool
letter(unsigned c)
{
	return in(c | 0x20, 'a', 'z');
}

/* Kinds of bytes in Windows-1252: nothing, ASCII letter, other ASCII, blank and
 * quotation marks and dashes, the letters that European languages use most,
 * other small letters, capitals, other marks. */
enum latin { NOTHING, PLAIN, OTHER, PRINT, COMMON, SMALL, CAPITAL, MARK };

static enum latin
latin(unsigned c)
{
	if (c < 0x80)
		return letter(c) ? PLAIN : OTHER;
	if (c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d)
		return NOTHING;
	if (c == 0x85 || in(c, 0x91, 0x97) || c == 0xa0 || c == 0xab || c == 0xb0 || c == 0xbb)
		return PRINT;
	if (c < 0xc0 || c == 0xd7 || c == 0xf7)
		return MARK;
	if (c < 0xdf)
		return CAPITAL;
	return memchr("\xe9\xe8\xe4\xf6\xfc\xe1\xe3\xe7\xf3\xe0\xea\xed\xf1\xfa\xe5\xf8\xe6\xdf", (int)c, 18) ? COMMON : SMALL;
}

/* Windows-1252, of which ISO-8859-1 is the part that is used: a letter with an
 * accent stands in a word, and most letters of a word have none. */
static size_t
latin_step(const unsigned char *p, size_t n, unsigned *cost)
{
	static const unsigned char of[] = {BROKEN, ASCII, ASCII, 16, 14, 22, 24, 36};
	enum latin this = latin(p[0]), next = n > 1 ? latin(p[1]) : OTHER;
	unsigned more = 0;

	if (this >= COMMON && this <= CAPITAL)
		more = next == PLAIN ? 0 : next == CAPITAL ? this == CAPITAL ? 10 : 30 : next >= COMMON ? 10 : 4;
	else if (this == MARK && next > PRINT)
		more = 10;
	return costs(cost, of[this] + more, 1);
}

/* None of these: another encoding, or no text at all. Never the answer, but
 * nobody is sure of an answer that fits hardly better than chance. */
static size_t
any_step(const unsigned char *p, size_t n, unsigned *cost)
{
	(void)n;
	return costs(cost, p[0] < 0x80 ? ASCII : ANY, 1);
}

/* Is the two-byte character at p the only one between ASCII, beside a letter? */
static bool
alone(const unsigned char *p, size_t n, bool after_letter)
{
	return n > 2 && p[2] < 0x80 && (after_letter || letter(p[2]));
}

static double
total(step *next, const unsigned char *p, size_t n)
{
	unsigned long sum = 0;
	unsigned cost;
	size_t k, before = 0;

	for (size_t i = 0; i < n; i += k, before = k, sum += cost) {
		k = next(p + i, n - i, &cost);
		if (k == 2 && before == 2 && memcmp(p + i, p + i - 2, 2) == 0)
			cost = cost < REPEATED ? cost : REPEATED;
		else if (k == 2 && before < 2 && alone(p + i, n - i, i > 0 && letter(p[i - 1])))
			cost += ALONE;
	}
	return (double)sum / 2;
}

/* Has a text that is Big5 characters only BIG5-HKSCS (or ETEN's extension, which
 * that contains) knows? A stray one may be damage. */
static bool
is_hkscs(const unsigned char *p, size_t n)
{
	size_t pairs = 0, theirs = 0, k;
	unsigned cost;

	for (size_t i = 0; i < n; i += k) {
		k = big5_step(p + i, n - i, &cost);
		if (k != 2)
			continue;
		pairs++;
		theirs += in(p[i], 0x87, 0xa0) || in(p[i], 0xfa, 0xfe) || in(p[i], 0xc7, 0xc8) ||
		    (p[i] == 0xc6 && p[i + 1] >= 0xa1);
	}
	return theirs * 200 > pairs;
}

/* Bits that the best is ahead of the others to how likely it is the right one.
 * The characters of a text are not independent of each other, so a bit is worth
 * less than a bit; SLOPE was fitted by tests/score/score-detect. */
#define SLOPE 0.7

/* Statistics are never surer than this: the list is short, and EUC-JP looks much
 * like Big5. */
#define SUREST 0.99

/* 2 to the power of -x, x not negative, to three digits: `sure` is printed with
 * two, and that is no reason to need the mathematics library. */
static double
halved(double x)
{
	double whole = 1;

	if (x > 60)
		return 0;
	for (; x >= 1; x--)
		whole /= 2;
	return whole * (1 - x * (0.6565 - 0.1565 * x));
}

static double
sureness(const double *bits_of, size_t n, size_t best)
{
	double sum = 0, least = bits_of[best], sure;

	for (size_t i = 0; i < n; i++)
		least = bits_of[i] < least ? bits_of[i] : least;
	for (size_t i = 0; i < n; i++)
		sum += halved(SLOPE * (bits_of[i] - least));
	sure = halved(SLOPE * (bits_of[best] - least)) / sum;
	return sure < SUREST ? sure : SUREST;
}

static const struct {
	const char *name;
	step *next;
	double ahead;   /* bits it needs to be better by: the last resort must be clear */
} all[] = {
	{"GB18030", gb18030_step, 0}, {"Big5", big5_step, 2},
	{"UTF-8", utf8_step, 4}, {"Windows-1252", latin_step, 6}, {NULL, any_step, 6},
};
enum { BIG5 = 1, NONE = 4 };

/* The cheapest of all[] but NONE. */
static size_t
cheapest(const unsigned char *p, size_t n, double *sure)
{
	double of[NONE + 1];
	size_t best = 0;

	for (size_t i = 0; i <= NONE; i++) {
		of[i] = total(all[i].next, p, n) + all[i].ahead;
		if (of[i] < of[best] && i != NONE)
			best = i;
	}
	*sure = sureness(of, NONE + 1, best);
	return best;
}

double
bs_enc_bits(const struct bs_enc *enc, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	step *next = enc == bs_enc_find("GB18030") ? gb18030_step : big5_step;
	unsigned long sum = 0, chars = 0;
	unsigned cost;

	for (size_t i = 0; i < n; i += next(p + i, n - i, &cost)) {
		if (p[i] < 0x80)
			continue;
		next(p + i, n - i, &cost);
		sum += cost;
		chars++;
	}
	return chars ? (double)sum / 2 / (double)chars : 0;
}

const struct bs_enc *
bs_enc_detect(const char *s, size_t n, double *sure)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t best;

	*sure = 1;
	if (bs_utf8_valid(s, n) == n)
		return bs_enc_find("UTF-8");
	for (; *p < 0x80; p++)
		n--;
	n = n < SAMPLE ? n : SAMPLE;
	best = cheapest(p, n < GLANCE ? n : GLANCE, sure);
	if (*sure < SUREST && n > GLANCE)
		best = cheapest(p, n, sure);
	return bs_enc_find(best == BIG5 && is_hkscs(p, n) ? "Big5-HKSCS" : all[best].name);
}
