/* measure.c - what a text is made of, 32 bytes at a time. */
#include "look.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define MANY __attribute__((target("avx2,bmi,popcnt")))
#define STEP 32

#define STEPS (LOOK_BYTES / STEP)

/* What some times 32 bytes are, a bit each, and how often. */
struct bits {
	uint32_t inner[STEPS]; /* second and later bytes of characters */
	uint32_t digit[STEPS];
	uint32_t other[STEPS]; /* first bytes of characters that are counted by themselves */
	uint32_t digits, letters, blanks; /* there are some */
	unsigned chars, han, ascii; /* Han from U+4E00 to U+9FFF; digits, letters and blanks of ASCII */
};

MANY static inline __m256i
in_range(__m256i v, unsigned char first, unsigned char last)
{
	__m256i from = _mm256_sub_epi8(v, _mm256_set1_epi8((char)first));

	return _mm256_cmpeq_epi8(_mm256_min_epu8(from, _mm256_set1_epi8((char)(last - first))), from);
}

MANY static inline uint32_t
bits_of(__m256i v)
{
	return (uint32_t)_mm256_movemask_epi8(v);
}

/* Sees 32 bytes at p, of which 33 can be read. No function is called between two of
 * these: the numbers stay in registers. */
MANY static inline void
see(struct bits *b, size_t at, const char *p)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i next = _mm256_loadu_si256((const __m256i *)(const void *)(p + 1));
	__m256i low = _mm256_and_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)0xe4)), /* U+4000 to U+4DFF; signed */
	    _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xb8), next));
	uint32_t inner = bits_of(_mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xc0), v));
	uint32_t han = bits_of(_mm256_andnot_si256(low, in_range(v, 0xe4, 0xe9)));
	uint32_t digit = bits_of(in_range(v, '0', '9'));
	uint32_t letter = bits_of(in_range(_mm256_or_si256(v, _mm256_set1_epi8(0x20)), 'a', 'z'));
	uint32_t blank = bits_of(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(' ')));
	uint32_t ascii = digit | letter | blank;

	b->inner[at] = inner;
	b->digit[at] = digit;
	b->other[at] = ~(inner | han | ascii);
	b->digits |= digit;
	b->letters |= letter;
	b->blanks |= blank;
	b->chars += STEP - (unsigned)__builtin_popcount(inner);
	b->han += (unsigned)__builtin_popcount(han);
	b->ascii += (unsigned)__builtin_popcount(ascii);
}

/* As many times 32 bytes of the text as there is room for; the last ones are filled up
 * with what counts as nothing. Returns how many. */
MANY static size_t
see_some(struct bits *b, struct bs_str text)
{
	const char *p = text.p, *end = p + text.n;
	size_t n = 0;
	char rest[STEP + 1];

	for (; end - p > STEP && n < STEPS; p += STEP)
		see(b, n++, p);
	if (p < end && end - p <= STEP && n < STEPS) {
		memset(rest, 0x80, sizeof rest);
		memcpy(rest, p, (size_t)(end - p));
		see(b, n++, rest);
	}
	_mm256_zeroupper(); /* GCC 12 may forget it */
	return n;
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

/* What the others among 32 bytes add that start at p. */
static inline uint64_t
add_others(struct bs_look *l, uint32_t other, const char *p, const char *end)
{
	uint64_t sum = 0;

	for (; other; other &= other - 1) {
		const char *at = p + __builtin_ctz(other);
		uint32_t c = bs_utf8_get(&at, end);
		unsigned kind = c < 0x10000 ? look_kinds[c] : 0;
		if (kind == 0)
			kind = look_kind(c);
		sum += look_measures[kind] - LOOK_CHAR;
		l->narrow |= kind == K_OTHER + 1;
		l->marks |= (uint64_t)(c < 0x80) << c % 64;
	}
	return sum;
}

MANY static void
many(struct bs_look *l, struct bs_str text)
{
	const char *p = text.p, *end = p + text.n;
	struct bits b;

	for (size_t n; p < end; p += n * STEP < (size_t)(end - p) ? n * STEP : (size_t)(end - p)) {
		uint64_t sum = 0;
		size_t chars = l->chars;
		b.digits = b.letters = b.blanks = 0;
		b.chars = b.han = b.ascii = 0;
		n = see_some(&b, (struct bs_str){p, (size_t)(end - p)});
		for (size_t i = 0; i < n; i++)
			sum += add_others(l, b.other[i], p + i * STEP, end);
		for (size_t i = 0; (b.digits || l->run) && i < n; i++) {
			see_digits(l, b.digit[i], b.inner[i], chars);
			chars += STEP - (unsigned)__builtin_popcount(b.inner[i]);
		}
		look_sum(l, sum);
		l->chars += b.chars;
		l->han += b.han;
		l->columns += 2 * b.han + b.ascii;
		l->narrow |= b.blanks != 0;
		l->marks |= (uint64_t)(b.blanks != 0) << ' ';
		l->latin |= b.letters != 0;
	}
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
