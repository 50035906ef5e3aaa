/*
 * valid.c - strict UTF-8: what is well-formed, what is not, and how to mend it.
 *
 * Every byte that comes in is checked, so this must cost next to nothing beside
 * the work itself. Where the processor can look 32 or 64 bytes up in a table at once,
 * so many are checked at a time (J. Keiser and D. Lemire, Validating UTF-8
 * in less than one instruction per byte, 2021); elsewhere, and around the place
 * where that finds a fault, character by character. Both give the same answer.
 */
#include "bs.h"
#include "many.h"

#include <string.h>

static bool
trail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* Unicode 15 table 3-7: what the second byte may be after this lead byte. */
static bool
second_ok(unsigned char lead, unsigned char c)
{
	switch (lead) {
	case 0xe0: return c >= 0xa0 && c <= 0xbf;
	case 0xed: return c >= 0x80 && c <= 0x9f;
	case 0xf0: return c >= 0x90 && c <= 0xbf;
	case 0xf4: return c >= 0x80 && c <= 0x8f;
	default: return trail(c);
	}
}

/* Bytes that the lead byte promises; 0 if it cannot lead. */
static size_t
promised(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Length of the well-formed character at p, or 0. */
static size_t
one(const unsigned char *p, size_t n)
{
	size_t want = promised(*p);

	if (want == 0 || want > n)
		return 0;
	if (want > 1 && !second_ok(*p, p[1]))
		return 0;
	for (size_t k = 2; k < want; k++)
		if (!trail(p[k]))
			return 0;
	return want;
}

#ifdef MANY
/* What can be wrong with a byte and the one before it, a bit each. */
enum {
	SHORT = 1 << 0,     /* a lead byte, then no continuation */
	LONG = 1 << 1,      /* ASCII, then a continuation */
	OVER_3 = 1 << 2,    /* E0 80 to 9F */
	LARGE = 1 << 3,     /* F4 90 and above */
	SURROGATE = 1 << 4, /* ED A0 and above */
	OVER_2 = 1 << 5,    /* C0, C1 */
	OVER_4 = 1 << 6,    /* F0 80 to 8F; F5 and above */
	TWO = 1 << 7,       /* two continuations: right or wrong by what stands before */
	CARRY = SHORT | LONG | TWO /* wrong whatever the low half of the first byte */
};

/* The three tables: by the high and the low half of the first byte, by the high
 * half of the second. What is wrong in all three is wrong. */
static const unsigned char first_high[16] = {
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TWO, TWO, TWO, TWO,
	SHORT | OVER_2, SHORT, SHORT | OVER_3 | SURROGATE, SHORT | LARGE | OVER_4
};
/* LARGE together with OVER_4 is what F5 to FF are, whatever continuation follows. */
static const unsigned char first_low[16] = {
	CARRY | OVER_2 | OVER_3 | OVER_4, CARRY | OVER_2, CARRY, CARRY, CARRY | LARGE,
	CARRY | LARGE | OVER_4, CARRY | LARGE | OVER_4, CARRY | LARGE | OVER_4, CARRY | LARGE | OVER_4,
	CARRY | LARGE | OVER_4, CARRY | LARGE | OVER_4, CARRY | LARGE | OVER_4, CARRY | LARGE | OVER_4,
	CARRY | LARGE | OVER_4 | SURROGATE, CARRY | LARGE | OVER_4, CARRY | LARGE | OVER_4
};
static const unsigned char second_high[16] = {
	SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
	LONG | OVER_2 | TWO | OVER_3 | OVER_4, LONG | OVER_2 | TWO | OVER_3 | LARGE,
	LONG | OVER_2 | TWO | SURROGATE | LARGE, LONG | OVER_2 | TWO | SURROGATE | LARGE,
	SHORT, SHORT, SHORT, SHORT
};

MANY static __m256i
table(const unsigned char *t, __m256i index)
{
	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)t)), index);
}

/* Non-zero where the bytes of `now` do not go on as they should after those of
 * `before`. A character that the block ends in is judged with the next block. */
MANY static __m256i
faults(__m256i before, __m256i now)
{
	const __m256i half = _mm256_set1_epi8(0x0f), top = _mm256_set1_epi8((char)0x80);
	__m256i seam = _mm256_permute2x128_si256(before, now, 0x21); /* 16 of before, 16 of now */
	__m256i one_back = _mm256_alignr_epi8(now, seam, 15), two_back = _mm256_alignr_epi8(now, seam, 14),
	        three_back = _mm256_alignr_epi8(now, seam, 13), pairs, third, fourth;

	pairs = _mm256_and_si256(table(first_high, _mm256_and_si256(_mm256_srli_epi16(one_back, 4), half)),
	    _mm256_and_si256(table(first_low, _mm256_and_si256(one_back, half)),
	    table(second_high, _mm256_and_si256(_mm256_srli_epi16(now, 4), half))));
	/* the third and fourth bytes, and no others, are the second of two continuations */
	third = _mm256_subs_epu8(two_back, _mm256_set1_epi8((char)(0xe0 - 0x80)));
	fourth = _mm256_subs_epu8(three_back, _mm256_set1_epi8((char)(0xf0 - 0x80)));
	return _mm256_xor_si256(_mm256_and_si256(_mm256_or_si256(third, fourth), top), pairs);
}

/* So many of the i bytes at p are well-formed beyond doubt in which no fault was seen: the
 * last character may go on in what comes next. */
static size_t
settled(const unsigned char *p, size_t i)
{
	if (i)
		do
			i--;
		while (i && trail(p[i]));
	return i;
}

/* Bytes from the start that are well-formed beyond doubt: all but a character
 * or two of them, up to the first fault. */
MANY static size_t
many(const unsigned char *p, size_t n)
{
	__m256i before = _mm256_setzero_si256();
	size_t i = 0;

	for (; n - i >= 32; i += 32) {
		__m256i now = _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
		if (_mm256_movemask_epi8(_mm256_or_si256(before, now)) != 0) { /* not ASCII after ASCII */
			__m256i bad = faults(before, now);
			if (!_mm256_testz_si256(bad, bad))
				break;
		}
		before = now;
	}
	many_done();
	return settled(p, i);
}

#define MOST __attribute__((target("avx512f,avx512bw")))

static bool
can_most(void)
{
	return __builtin_cpu_supports("avx512bw") != 0;
}

MOST static inline __m512i
wide_table(const unsigned char *t, __m512i index)
{
	return _mm512_shuffle_epi8(_mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)t)), index);
}

/* The same as faults for the 64 bytes at p + i, of which the ones before are read again;
 * those before p are taken for zeros. */
MOST static inline __m512i
wide_faults(const unsigned char *p, size_t i, __m512i now)
{
	const __m512i half = _mm512_set1_epi8(0x0f), top = _mm512_set1_epi8((char)0x80);
	__m512i one_back = _mm512_maskz_loadu_epi8(i ? ~UINT64_C(0) : ~UINT64_C(1), p + i - 1),
	        two_back = _mm512_maskz_loadu_epi8(i ? ~UINT64_C(0) : ~UINT64_C(3), p + i - 2),
	        three_back = _mm512_maskz_loadu_epi8(i ? ~UINT64_C(0) : ~UINT64_C(7), p + i - 3), pairs, third, fourth;

	pairs = _mm512_and_si512(wide_table(first_high, _mm512_and_si512(_mm512_srli_epi16(one_back, 4), half)),
	    _mm512_and_si512(wide_table(first_low, _mm512_and_si512(one_back, half)),
	    wide_table(second_high, _mm512_and_si512(_mm512_srli_epi16(now, 4), half))));
	third = _mm512_subs_epu8(two_back, _mm512_set1_epi8((char)(0xe0 - 0x80)));
	fourth = _mm512_subs_epu8(three_back, _mm512_set1_epi8((char)(0xf0 - 0x80)));
	return _mm512_xor_si512(_mm512_and_si512(_mm512_or_si512(third, fourth), top), pairs);
}

/* The same as many. */
MOST static size_t
most(const unsigned char *p, size_t n)
{
	uint64_t before = 0;
	size_t i = 0;

	for (; n - i >= 64; i += 64) {
		__m512i now = _mm512_loadu_si512((const void *)(p + i));
		uint64_t high = _mm512_movepi8_mask(now);
		if (high | before) {
			__m512i bad = wide_faults(p, i, now);
			if (_mm512_test_epi8_mask(bad, bad))
				break;
		}
		before = high;
	}
	many_done();
	return settled(p, i);
}
#else
static bool
can_most(void)
{
	return false;
}

static size_t
most(const unsigned char *p, size_t n)
{
	(void)p, (void)n;
	return 0;
}

static size_t
many(const unsigned char *p, size_t n)
{
	(void)p, (void)n;
	return 0;
}
#endif

size_t
bs_utf8_valid(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = n >= 64 && can_most() ? most(p, n) : n >= 32 && bs_has_many() ? many(p, n) : 0, k;
	uint64_t w;

	while (i < n) {
		/* The two common cases first: eight ASCII bytes, and a run of
		 * three-byte characters whose lead needs no second-byte rule. */
		while (n - i >= 8 && (memcpy(&w, p + i, 8), (w & 0x8080808080808080u) == 0))
			i += 8;
		while (n - i >= 3 && p[i] > 0xe0 && p[i] < 0xed && trail(p[i + 1]) && trail(p[i + 2]))
			i += 3;
		if (i >= n)
			break;
		k = one(p + i, n - i);
		if (k == 0)
			break;
		i += k;
	}
	return i;
}

size_t
bs_utf8_bad(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t want = promised(*p), k = 1;

	if (want < 2 || n < 2 || !second_ok(*p, p[1]))
		return 1;
	for (k = 2; k < want && k < n && trail(p[k]); k++)
		;
	return k;
}

size_t
bs_utf8_fix(struct bs_buf *out, const char *p, size_t n)
{
	size_t replaced = 0;

	while (n) {
		size_t good = bs_utf8_valid(p, n);
		bs_put(out, p, good);
		p += good, n -= good;
		if (n) {
			size_t bad = bs_utf8_bad(p, n);
			bs_put(out, "\xef\xbf\xbd", 3);
			p += bad, n -= bad;
			replaced++;
		}
	}
	return replaced;
}
