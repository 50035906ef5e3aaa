/*
 * masks.c - what kinds of bytes the texts of a page are made of.
 *
 * Every byte of a page is looked at once, as many at a time as the processor can: 64,
 * 16, or one by one. All give the same masks.  What is known of a piece is then counted
 * in bits (read.c).
 */
#include "pieces.h"

#include <string.h>

/* 年: its last two bytes tell well enough. */
#define YEAR "\xe5\xb9\xb4"

/* What the bytes before a mask say of its first one. */
struct before {
	uint64_t digit, year; /* 1 behind a digit; behind the second byte of a 年 */
};

/* One byte at a time. */
static void
add_byte(struct masks *m, unsigned k, unsigned char c, struct before *b)
{
	uint64_t bit = UINT64_C(1) << k, digit = c >= '0' && c <= '9';

	m->plain |= c >= ' ' && c <= '~' ? bit : 0;
	m->han |= c >= 0xe4 && c <= 0xe9 ? bit : 0;
	m->special |= c >= 0xc0 && !(c >= 0xe4 && c <= 0xe9) ? bit : 0;
	m->foreign |= c >= 0xe2 ? bit : 0;
	m->blanks |= c == ' ' ? bit : 0;
	m->commas |= c == ',' || c == ';' ? bit : 0;
	m->digits |= digit || (b->digit && (c == '.' || c == '%')) ? bit : 0;
	m->years |= b->year && c == (unsigned char)YEAR[2] ? bit : 0;
	b->digit = digit;
	b->year = c == (unsigned char)YEAR[1];
}

static void
masks_by_one(struct masks *to, const struct line *lines, size_t n)
{
	for (size_t t = 0; t < n; t++) {
		struct before b = {0, 0};
		for (size_t i = 0; i < lines[t].text.n; i++) {
			if (i % 64 == 0)
				*to++ = (struct masks){0};
			add_byte(to - 1, i % 64, (unsigned char)lines[t].text.p[i], &b);
		}
	}
}

#ifdef __SSE2__
#include <emmintrin.h>

/* 0xff where v is one of the characters from low to high. */
static inline __m128i
between(__m128i v, unsigned char low, unsigned char high)
{
	__m128i above = _mm_sub_epi8(v, _mm_set1_epi8((char)low));

	return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((char)(high - low))), above);
}

static inline __m128i
is_char(__m128i v, char c)
{
	return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

static inline uint64_t
bits(__m128i v, unsigned k)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(v) << k;
}

/* Bytes k to k + 15 of a mask; digits and years without what the byte before says. */
static inline void
add_sixteen(struct masks *m, uint64_t *points, uint64_t *seconds, const char *p, unsigned k)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p), han;
	uint64_t high = (unsigned)_mm_movemask_epi8(v);

	if (high != 0xffff) {
		m->plain |= bits(between(v, ' ', '~'), k);
		m->blanks |= bits(is_char(v, ' '), k);
		m->commas |= bits(_mm_or_si128(is_char(v, ','), is_char(v, ';')), k);
		m->digits |= bits(between(v, '0', '9'), k);
		*points |= bits(_mm_or_si128(is_char(v, '.'), is_char(v, '%')), k);
	}
	if (high == 0)
		return;
	han = between(v, 0xe4, 0xe9);
	m->han |= bits(han, k);
	m->special |= bits(_mm_andnot_si128(han, between(v, 0xc0, 0xff)), k);
	m->foreign |= bits(between(v, 0xe2, 0xff), k);
	m->years |= bits(is_char(v, YEAR[2]), k);
	*seconds |= bits(is_char(v, YEAR[1]), k);
}

static void
masks_by_sixteen(struct masks *to, const struct line *lines, size_t n)
{
	for (size_t t = 0; t < n; t++) {
		struct before b = {0, 0};
		for (size_t i = 0; i < lines[t].text.n; i += 64, to++) {
			const char *p = lines[t].text.p + i;
			size_t left = lines[t].text.n - i;
			uint64_t points = 0, seconds = 0, digits;
			char rest[64] = {0};
			*to = (struct masks){0};
			if (left < 64)
				p = memcpy(rest, p, left);
			for (unsigned k = 0; k < 64 && k < left; k += 16)
				add_sixteen(to, &points, &seconds, p + k, k);
			digits = to->digits;
			to->digits |= points & (digits << 1 | b.digit);
			to->years &= seconds << 1 | b.year;
			b = (struct before){digits >> 63, seconds >> 63};
		}
	}
}
#endif

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw")))

/* A character sixty-four times; the compiler is not to make it anew for each block. */
WIDE static inline __m512i
all_of(unsigned char c)
{
	__m512i v = _mm512_set1_epi8((char)c);

	__asm__("" : "+v"(v));
	return v;
}

WIDE static void
masks_by_many(struct masks *to, const struct line *lines, size_t n)
{
	const __m512i blank = all_of(' '), columns = all_of('~' - ' '), zero = all_of('0'), nine = all_of(9);
	const __m512i lowest = all_of(0xe4), span = all_of(0xe9 - 0xe4), lead = all_of(0xc0), foreign = all_of(0xe2);
	const __m512i comma = all_of(','), semicolon = all_of(';'), point = all_of('.'), percent = all_of('%');
	const __m512i second = all_of((unsigned char)YEAR[1]), third = all_of((unsigned char)YEAR[2]);

	for (size_t t = 0; t < n; t++) {
		const char *p = lines[t].text.p, *end = p + lines[t].text.n;
		uint64_t digit = 0, year = 0;
		for (; p < end; p += 64, to++) {
			__m512i v = _mm512_maskz_loadu_epi8(end - p < 64 ? (UINT64_C(1) << (end - p)) - 1 : ~UINT64_C(0), p);
			uint64_t digits = _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, zero), nine), seconds = _mm512_cmpeq_epi8_mask(v, second);
			uint64_t han = _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, lowest), span);
			to->plain = _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, blank), columns);
			to->han = han;
			to->special = _mm512_cmpge_epu8_mask(v, lead) & ~han;
			to->foreign = _mm512_cmpge_epu8_mask(v, foreign);
			to->blanks = _mm512_cmpeq_epi8_mask(v, blank);
			to->commas = _mm512_cmpeq_epi8_mask(v, comma) | _mm512_cmpeq_epi8_mask(v, semicolon);
			to->digits = digits | ((_mm512_cmpeq_epi8_mask(v, point) | _mm512_cmpeq_epi8_mask(v, percent)) & (digits << 1 | digit));
			to->years = _mm512_cmpeq_epi8_mask(v, third) & (seconds << 1 | year);
			digit = digits >> 63, year = seconds >> 63;
		}
	}
}
#endif

void
masks_of(struct masks *to, const struct line *lines, size_t n)
{
#if defined(__x86_64__) && defined(__GNUC__)
	if (__builtin_cpu_supports("avx512bw")) {
		masks_by_many(to, lines, n);
		return;
	}
#endif
#ifdef __SSE2__
	masks_by_sixteen(to, lines, n);
	(void)masks_by_one;
#else
	masks_by_one(to, lines, n);
#endif
}
