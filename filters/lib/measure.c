/* measure.c - what a text is made of, 32 bytes at a time. */
#include "many.h"
#include "look.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define MANY __attribute__((target("avx2,bmi,popcnt")))
#define STEP 32

#define STEPS (LOOK_BYTES / STEP)

/* What 32 bytes are, a bit each. Those of the first bytes of characters but for inner. */
struct bits {
	uint32_t inner; /* second and later bytes of characters, or none of the text */
	uint32_t digit, letter, blank;
	uint32_t han;   /* from U+4E00 to U+9FFF */
	uint32_t wide;  /* other wide ones, of U+3000 to U+301F and U+FF01 to U+FF3F, */
	uint32_t comma, stop; /* and those among them that are such */
};

MANY static inline __m256i
in_range(__m256i v, unsigned char first, unsigned char last)
{
	__m256i from = _mm256_sub_epi8(v, lanes_all(first));

	return _mm256_cmpeq_epi8(_mm256_min_epu8(from, lanes_all((unsigned char)(last - first))), from);
}

MANY static inline uint32_t
bits_of(__m256i v)
{
	return (uint32_t)_mm256_movemask_epi8(v);
}

MANY static inline __m256i
are(__m256i v, unsigned char c)
{
	return _mm256_cmpeq_epi8(v, lanes_all(c));
}

MANY static inline __m256i
both(__m256i a, __m256i b)
{
	return _mm256_and_si256(a, b);
}

MANY static inline __m256i
either(__m256i a, __m256i b)
{
	return _mm256_or_si256(a, b);
}

/* Of 32 bytes and of those one and two behind each. Bytes are compared as signed ones. */
MANY static inline struct bits
see(__m256i v, __m256i second, __m256i third)
{
	__m256i low = both(are(v, 0xe4), _mm256_cmpgt_epi8(lanes_all(0xb8), second)); /* U+4000 to U+4DFF */
	__m256i marks = both(both(are(v, 0xe3), are(second, 0x80)), _mm256_andnot_si256(are(third, 0x87), _mm256_cmpgt_epi8(lanes_all(0xa0), third))); /* but 〇 */
	__m256i full = _mm256_andnot_si256(are(third, 0x80), both(are(v, 0xef), are(second, 0xbc)));

	return (struct bits){
	    .inner = bits_of(_mm256_cmpgt_epi8(lanes_all(0xc0), v)),
	    .digit = bits_of(in_range(v, '0', '9')),
	    .letter = bits_of(in_range(either(v, lanes_all(0x20)), 'a', 'z')),
	    .blank = bits_of(are(v, ' ')),
	    .han = bits_of(_mm256_andnot_si256(low, in_range(v, 0xe4, 0xe9))),
	    .wide = bits_of(either(marks, full)),
	    .comma = bits_of(either(both(marks, are(third, 0x81)), both(full, either(are(third, 0x8c), are(third, 0x9b))))),
	    .stop = bits_of(either(both(marks, are(third, 0x82)), both(full, either(are(third, 0x81), are(third, 0x9f))))),
	};
}

/* Takes note of the runs of digits among 32 bytes, before which there are so many
 * characters. */
MANY static void
see_digits(struct bs_look *l, uint32_t digit, uint32_t inner, size_t chars)
{
	bool goes_on = digit >> (STEP - 1);

	for (unsigned at = 0; digit;) {
		unsigned zeros = (unsigned)__builtin_ctz(digit), n;
		if (zeros)
			l->run = 0;
		digit >>= zeros;
		n = ~digit ? (unsigned)__builtin_ctz(~digit) : STEP;
		digit = n < STEP ? digit >> n : 0;
		at += zeros + n;
		l->run += n;
		if (l->run > l->digits)
			l->digits = l->run;
		if (l->run >= LOOK_YEAR && l->early == SIZE_MAX)
			l->early = chars + (unsigned)__builtin_popcountll(~(uint64_t)inner & ((UINT64_C(1) << at) - 1)) - l->run;
	}
	if (!goes_on)
		l->run = 0;
}

/* What is counted, apart from runs of digits: no part of struct bs_look, so that it stays in
 * registers. */
struct counts {
	size_t chars, han, columns, commas, stops;
	uint64_t marks, sum; /* sum: of what the others add (look.h) */
	uint32_t blanks, letters; /* not 0 if there are some */
	bool narrow;
};

/* Adds the others among 32 bytes that start at p: characters that have to be known one by
 * one. */
static inline void
add_others(struct counts *n, uint32_t other, const char *p, const char *end)
{
	for (; other; other &= other - 1) {
		const char *at = p + __builtin_ctz(other);
		uint32_t c = bs_utf8_get(&at, end);
		unsigned kind = c < 0x10000 ? look_kinds[c] : 0;
		if (kind == 0)
			kind = look_kind(c);
		n->sum += look_measures[kind] - LOOK_CHAR;
		n->narrow |= kind == K_OTHER + 1;
		n->marks |= (uint64_t)(c < 0x80) << c % 64;
	}
}

static inline unsigned
count(uint32_t bits)
{
	return (unsigned)__builtin_popcount(bits);
}

/* Adds 32 bytes that start at p. */
MANY static inline void
add(struct bs_look *l, struct counts *n, struct bits b, const char *p, const char *end)
{
	uint32_t ascii = b.digit | b.letter | b.blank, other = ~(b.inner | ascii | b.han | b.wide);

	if (b.digit | l->run)
		see_digits(l, b.digit, b.inner, n->chars);
	n->chars += STEP - count(b.inner);
	n->han += count(b.han);
	n->columns += 2 * count(b.han | b.wide) + count(ascii);
	n->commas += count(b.comma);
	n->stops += count(b.stop);
	n->blanks |= b.blank;
	n->letters |= b.letter;
	add_others(n, other, p, end);
}

/* Adds 32 bytes at p, behind which text goes on. */
MANY static inline void
add_step(struct bs_look *l, struct counts *n, const char *p, const char *end)
{
	__m256i second = lanes_load(p + 1);

	add(l, n, see(lanes_load(p), second, end - p > STEP + 1 ? lanes_load(p + 2) : lanes_next(second)), p, end);
}

/* Adds the last bytes of text, so many, 32 at most, which are looked at together with
 * bytes before them, or filled up with zeros. */
MANY static inline void
add_last(struct bs_look *l, struct counts *n, struct bs_str text, size_t bytes)
{
	__m256i v = lanes_last(text.p, text.n), second = lanes_next(v);
	struct bits b = see(v, second, lanes_next(second));
	unsigned drop = text.n < STEP ? 0 : (unsigned)(STEP - bytes);

	b.digit >>= drop, b.letter >>= drop, b.blank >>= drop;
	b.han >>= drop, b.wide >>= drop, b.comma >>= drop, b.stop >>= drop;
	b.inner = b.inner >> drop | ~(UINT32_MAX >> (STEP - bytes));
	add(l, n, b, text.p + text.n - bytes, text.p + text.n);
}

MANY static void
many(struct bs_look *l, struct bs_str text)
{
	const char *p = text.p, *end = p + text.n;
	struct counts n = {0};

	while (end - p > STEP) {
		n.sum = 0;
		for (unsigned steps = 0; steps < STEPS - 1 && end - p > STEP; p += STEP, steps++)
			add_step(l, &n, p, end);
		look_sum(l, n.sum);
	}
	n.sum = 0;
	if (p < end)
		add_last(l, &n, text, (size_t)(end - p));
	look_sum(l, n.sum);
	_mm256_zeroupper(); /* GCC 12 may forget it */
	l->chars += n.chars;
	l->han += n.han;
	l->columns += n.columns;
	l->commas += n.commas;
	l->stops += n.stops;
	l->narrow = n.narrow || n.blanks;
	l->latin = n.letters != 0;
	l->marks = n.marks | (uint64_t)(n.blanks != 0) << ' ';
}

static bool
can_many(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}
#else
static void
many(struct bs_look *l, struct bs_str text)
{
	bs_look(l, text);
}

static bool
can_many(void)
{
	return false;
}
#endif

void
bs_measure(struct bs_look *l, struct bs_str text)
{
	if (!can_many()) {
		bs_look(l, text);
		return;
	}
	look_start(l, text);
	many(l, text);
}
