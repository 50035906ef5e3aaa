/*
 * odd.h - the bytes of a stream that are not simply text; for rec.c, not for filters.
 *
 * Control characters (TAB, LF, CR) and backslashes are all that matters to the
 * stream, and a line has few of them. Each byte is asked on its way in and out, so
 * many are looked at a time: as the lanes of a vector, or elsewhere those of a word
 * (S. Anderson, Bit Twiddling Hacks, zero in word, made exact for each byte).
 */
#ifndef ODD_H
#define ODD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* A bit for each of the eight bytes at p that is odd. */
static inline uint32_t
odd_8(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	const uint64_t ones = 0x0101010101010101u, low = 0x7f * ones;
	uint64_t w = (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	    (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
	uint64_t slash = w ^ '\\' * ones;
	uint64_t control = ((w & low) + 0x60 * ones) | w; /* the top bit of a byte is not set: below 20 */

	slash = ((slash & low) + low) | slash;
	return (uint32_t)(((~(control & slash) & 0x80 * ones) >> 7) * 0x0102040810204080u >> 56);
}

/* The same for sixteen bytes. */
static inline uint32_t
odd_16(const char *p)
{
#ifdef __SSE2__
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);

	return (uint32_t)_mm_movemask_epi8(_mm_or_si128(control, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))));
#else
	return odd_8(p) | odd_8(p + 8) << 8;
#endif
}

/* For 64, in which most lines end. */
static inline uint64_t
odd_64(const char *p)
{
	return (uint64_t)(odd_16(p) | odd_16(p + 16) << 16) | (uint64_t)(odd_16(p + 32) | odd_16(p + 48) << 16) << 32;
}

/* Bytes before the first odd one of the n at p, or n. */
static inline size_t
to_odd(const char *p, size_t n)
{
	size_t i = 0;
	uint32_t odd;

	for (; n - i >= 16; i += 16)
		if ((odd = odd_16(p + i)) != 0)
			return i + (size_t)__builtin_ctz(odd);
	if (n >= 16) { /* once more over some */
		odd = odd_16(p + n - 16);
		return odd ? n - 16 + (size_t)__builtin_ctz(odd) : n;
	}
	for (; n - i >= 8; i += 8)
		if ((odd = odd_8(p + i)) != 0)
			return i + (size_t)__builtin_ctz(odd);
	while (i < n && (unsigned char)p[i] >= 0x20 && p[i] != '\\')
		i++;
	return i;
}

/* The same as odd_64 and to_odd where the processor can look at 32 bytes at a time. */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define ODD_WIDE __attribute__((target("avx2,bmi")))

ODD_WIDE static inline uint32_t
odd_32_wide(const char *p)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1f)), v);

	return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(control, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\'))));
}

ODD_WIDE static inline uint64_t
odd_64_wide(const char *p)
{
	return odd_32_wide(p) | (uint64_t)odd_32_wide(p + 32) << 32;
}

ODD_WIDE static inline size_t
to_odd_wide(const char *p, size_t n)
{
	size_t i = 0;
	uint32_t odd;

	for (; n - i >= 32; i += 32)
		if ((odd = odd_32_wide(p + i)) != 0)
			return i + (size_t)__builtin_ctz(odd);
	return i + to_odd(p + i, n - i);
}

static inline bool
odd_can_wide(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}
#else
#define ODD_WIDE
#define odd_64_wide odd_64
#define to_odd_wide to_odd
#define odd_can_wide() false
#endif

#endif
