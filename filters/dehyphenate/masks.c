/*
 * masks.c - what kinds of bytes the texts of a page are made of.
 *
 * Every byte of a page is looked at once, as many at a time as the processor can: 64,
 * 16, or one by one. All give the same masks.  What is known of a piece is then counted
 * in bits (read.c).
 */
#include "pieces.h"

#include <string.h>

/* 年 and 月: their last two bytes tell well enough. */
#define YEAR "\xe5\xb9\xb4"
#define MONTH "\xe6\x9c\x88"

/* What the bytes before a mask say of its first one. */
struct before {
	uint64_t digit, year, month; /* 1 behind a digit; behind the second byte of a 年, of a 月 */
};

/* One byte at a time. */
static void
add_byte(struct masks *m, unsigned k, unsigned char c, struct before *b)
{
	uint64_t bit = UINT64_C(1) << k, digit = c >= '0' && c <= '9';

	m->plain |= c >= ' ' && c <= '~' ? bit : 0;
	m->lead |= c >= 0xc0 ? bit : 0;
	m->special |= c >= 0xc0 && !(c >= 0xe4 && c <= 0xe9) ? bit : 0;
	m->foreign |= c >= 0xe2 ? bit : 0;
	m->blanks |= c == ' ' ? bit : 0;
	m->commas |= c == ',' || c == ';' ? bit : 0;
	m->digits |= digit ? bit : 0;
	m->points |= b->digit && (c == '.' || c == '%') ? bit : 0;
	m->dates |= (b->year && c == (unsigned char)YEAR[2]) || (b->month && c == (unsigned char)MONTH[2]) ? bit : 0;
	b->digit = digit;
	b->year = c == (unsigned char)YEAR[1];
	b->month = c == (unsigned char)MONTH[1];
}

static void
masks_by_one(struct masks *to, const struct line *lines, size_t n)
{
	for (size_t t = 0; t < n; t++) {
		struct before b = {0};
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

/* Second and third bytes of 年 and 月. */
struct dates {
	uint64_t year[2], month[2];
};

/* Bytes k to k + 15 of a mask, without what hangs on the byte before. */
static inline void
add_sixteen(struct masks *m, struct dates *d, const char *p, unsigned k)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p), lead;
	uint64_t high = (unsigned)_mm_movemask_epi8(v);

	if (high != 0xffff) {
		m->plain |= bits(between(v, ' ', '~'), k);
		m->blanks |= bits(is_char(v, ' '), k);
		m->commas |= bits(_mm_or_si128(is_char(v, ','), is_char(v, ';')), k);
		m->digits |= bits(between(v, '0', '9'), k);
		m->points |= bits(_mm_or_si128(is_char(v, '.'), is_char(v, '%')), k);
	}
	if (high == 0)
		return;
	lead = between(v, 0xc0, 0xff);
	m->lead |= bits(lead, k);
	m->special |= bits(_mm_andnot_si128(between(v, 0xe4, 0xe9), lead), k);
	m->foreign |= bits(between(v, 0xe2, 0xff), k);
	for (int i = 0; i < 2; i++) {
		d->year[i] |= bits(is_char(v, YEAR[1 + i]), k);
		d->month[i] |= bits(is_char(v, MONTH[1 + i]), k);
	}
}

static void
masks_by_sixteen(struct masks *to, const struct line *lines, size_t n)
{
	for (size_t t = 0; t < n; t++) {
		struct before b = {0};
		for (size_t i = 0; i < lines[t].text.n; i += 64, to++) {
			const char *p = lines[t].text.p + i;
			size_t left = lines[t].text.n - i;
			struct dates d = {0};
			char rest[64] = {0};
			*to = (struct masks){0};
			if (left < 64)
				p = memcpy(rest, p, left);
			for (unsigned k = 0; k < 64 && k < left; k += 16)
				add_sixteen(to, &d, p + k, k);
			to->points &= to->digits << 1 | b.digit;
			to->dates = (d.year[1] & (d.year[0] << 1 | b.year)) | (d.month[1] & (d.month[0] << 1 | b.month));
			b = (struct before){to->digits >> 63, d.year[0] >> 63, d.month[0] >> 63};
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
	const __m512i year_2 = all_of((unsigned char)YEAR[1]), year_3 = all_of((unsigned char)YEAR[2]);
	const __m512i month_2 = all_of((unsigned char)MONTH[1]), month_3 = all_of((unsigned char)MONTH[2]);

	for (size_t t = 0; t < n; t++) {
		const char *p = lines[t].text.p, *end = p + lines[t].text.n;
		struct before b = {0};
		for (; p < end; p += 64, to++) {
			__m512i v = _mm512_maskz_loadu_epi8(end - p < 64 ? (UINT64_C(1) << (end - p)) - 1 : ~UINT64_C(0), p);
			uint64_t digits = _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, zero), nine);
			uint64_t years = _mm512_cmpeq_epi8_mask(v, year_2), months = _mm512_cmpeq_epi8_mask(v, month_2);
			uint64_t leads = _mm512_cmpge_epu8_mask(v, lead);
			to->plain = _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, blank), columns);
			to->lead = leads;
			to->special = leads & ~_mm512_cmple_epu8_mask(_mm512_sub_epi8(v, lowest), span);
			to->foreign = _mm512_cmpge_epu8_mask(v, foreign);
			to->blanks = _mm512_cmpeq_epi8_mask(v, blank);
			to->commas = _mm512_cmpeq_epi8_mask(v, comma) | _mm512_cmpeq_epi8_mask(v, semicolon);
			to->digits = digits;
			to->points = (_mm512_cmpeq_epi8_mask(v, point) | _mm512_cmpeq_epi8_mask(v, percent)) & (digits << 1 | b.digit);
			to->dates = (_mm512_cmpeq_epi8_mask(v, year_3) & (years << 1 | b.year)) | (_mm512_cmpeq_epi8_mask(v, month_3) & (months << 1 | b.month));
			b = (struct before){digits >> 63, years >> 63, months >> 63};
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
