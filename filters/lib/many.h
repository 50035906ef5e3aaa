/* many.h - 32 bytes at once, for rooms that look at many.
 *
 * Such a function is there twice: marked MANY, for processors with AVX2, which bs_has_many() tells
 * at run time; and for all others, in plain C or for SSE2, with the same result. MANY is not defined
 * where the compiler cannot make the first kind. A MANY function that others than MANY ones call ends
 * with many_done().
 */
#ifndef MANY_H
#define MANY_H

#include "text.h"

/* 32 times the same byte. GCC makes such a constant anew, in three steps, wherever
 * registers are few: from this table, of which it knows nothing, it comes with the
 * operation itself. */
extern const unsigned char bs_lanes[256][32];

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define MANY __attribute__((target("avx2,bmi,popcnt")))

static inline bool
bs_has_many(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

/* Wide registers are cleared: else all that comes next takes twice as long on some processors. GCC 12
 * may forget it. */
MANY static inline void
many_done(void)
{
	_mm256_zeroupper();
}

/* 0 to 15, then 16 that select nothing: from byte k on they move lanes k places down. */
extern const unsigned char bs_moves[32];

MANY static inline __m256i
lanes_load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

MANY static inline __m256i
lanes_all(unsigned char c)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)bs_lanes[c]);
}

/* The bytes one place behind each, a zero behind the last. */
MANY static inline __m256i
lanes_next(__m256i v)
{
	return _mm256_alignr_epi8(_mm256_permute2x128_si256(v, v, 0x81), v, 1);
}

/* The n bytes at p, at most 32, and zeros. They do not go through memory, where a load
 * that follows smaller stores has to wait for them. */
MANY static inline __m256i
lanes_short(const char *p, size_t n)
{
	__m128i low, high = _mm_setzero_si128();

	if (n == 32)
		return lanes_load(p);
	if (n >= 16) {
		low = _mm_loadu_si128((const __m128i *)(const void *)p);
		high = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + n - 16)),
		    _mm_loadu_si128((const __m128i *)(const void *)(bs_moves + 32 - n)));
	} else if (n >= 8) {
		low = _mm_set_epi64x((long long)bs_first_eight((struct bs_str){p + 8, n - 8}), (long long)bs_eight(p));
	} else {
		low = _mm_cvtsi64_si128((long long)bs_first_eight((struct bs_str){p, n}));
	}
	return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

/* The last 32 bytes of the n at p, or all of them and zeros. */
MANY static inline __m256i
lanes_last(const char *p, size_t n)
{
	return n < 32 ? lanes_short(p, n) : lanes_load(p + n - 32);
}
#else
static inline bool
bs_has_many(void)
{
	return false;
}
#endif

#endif
