/* hans.c - the Han characters of a text as numbers, many at once. */
#include "hans.h"

#include <string.h>

/* One character, or all up to the next that is not ASCII; a 0 for them only where
 * none stands already. */
static inline const char *
one(const char *p, const char *end, uint32_t *out, size_t *n)
{
	uint32_t c = 0;

	if ((unsigned char)*p >= 0x80) {
		c = bs_utf8_get(&p, end);
		if (c - 0x4e00 >= 0x5200 && !bs_is_han(c))
			c = 0;
	} else
		while (++p < end && (unsigned char)*p < 0x80)
			;
	if (c || (*n && out[*n - 1]))
		out[(*n)++] = c;
	return p;
}

static inline uint32_t
key_of(uint32_t a, uint32_t b, uint32_t c)
{
	return (a * 0x9e3779b1u ^ b) * 0x85ebca6bu ^ c;
}

#define MIX 0xc2b2ae35u /* odd, so that keys stay different */

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define MANY __attribute__((target("avx2")))

static bool
can_many(void)
{
	return __builtin_cpu_supports("avx2") != 0;
}

MANY static inline __m256i
is_in(__m256i c, int first, int last)
{
	return _mm256_and_si256(_mm256_cmpgt_epi32(c, _mm256_set1_epi32(first - 1)), _mm256_cmpgt_epi32(_mm256_set1_epi32(last + 1), c));
}

/* Characters of three bytes, as they stand in the lanes with the first byte highest,
 * 0 in place of those that are not Han. */
MANY static inline __m256i
decode(__m256i v)
{
	__m256i c = _mm256_or_si256(_mm256_or_si256(_mm256_and_si256(_mm256_srli_epi32(v, 4), _mm256_set1_epi32(0xf000)),
	    _mm256_and_si256(_mm256_srli_epi32(v, 2), _mm256_set1_epi32(0xfc0))), _mm256_and_si256(v, _mm256_set1_epi32(0x3f)));
	__m256i common = is_in(c, 0x4e00, 0x9fff), rare = _mm256_or_si256(_mm256_cmpeq_epi32(c, _mm256_set1_epi32(0x3007)),
	    _mm256_or_si256(is_in(c, 0x3400, 0x4dbf), is_in(c, 0xf900, 0xfaff)));

	return _mm256_and_si256(c, _mm256_or_si256(common, rare));
}

/* Up to eight characters of three bytes at p, of which 28 bytes can be read; how many. */
MANY static inline unsigned
eight(const char *p, uint32_t *out)
{
	const __m256i order = _mm256_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1,
	    2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1);
	__m256i v = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)p)),
	    _mm_loadu_si128((const __m128i *)(const void *)(p + 12)), 1);
	unsigned threes;

	v = _mm256_shuffle_epi8(v, order);
	threes = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(
	    _mm256_and_si256(v, _mm256_set1_epi32(0xf00000)), _mm256_set1_epi32(0xe00000))));
	_mm256_storeu_si256((__m256i *)(void *)out, decode(v));
	return (unsigned)__builtin_ctz(~threes);
}

/* What stands before end, behind which there is room to read and nothing but zeros. */
MANY static inline size_t
many_to(const char *p, const char *end, uint32_t *out, size_t n)
{
	while (p < end) {
		unsigned threes;
		do {
			threes = eight(p, out + n);
			n += threes;
			p += 3 * threes;
		} while (threes == 8 && p < end);
		if (threes < 8 && p < end)
			p = one(p, end, out, &n);
	}
	return n;
}

/* As hans_of. */
MANY static size_t
many(const char *p, const char *end, uint32_t *out)
{
	char rest[64] = {0};
	size_t n = 0;

	while (end - p >= 28) {
		unsigned threes;
		do { /* without a call, so that the numbers stay in registers */
			threes = eight(p, out + n);
			n += threes;
			p += 3 * threes;
		} while (threes == 8 && end - p >= 28);
		if (threes < 8 && p < end)
			p = one(p, end, out, &n);
	}
	if (p < end) {
		memcpy(rest, p, (size_t)(end - p));
		n = many_to(rest, rest + (end - p), out, n);
	}
	_mm256_zeroupper(); /* GCC 12 may forget it */
	return n;
}

/* For each set of lanes their numbers, in order. */
static unsigned char fronts[256][8];

static void
fill_fronts(void)
{
	for (unsigned set = 0; set < 256; set++)
		for (unsigned k = 0, n = 0; k < 8; k++)
			if (set >> k & 1)
				fronts[set][n++] = (unsigned char)k;
}

/* As hans_some, or else as hans_threes; reads up to nine numbers behind the last. */
MANY static inline size_t
many_keys(const uint32_t *han, size_t n, bool some, unsigned shift, uint32_t *key)
{
	const __m256i zero = _mm256_setzero_si256();
	const __m128i rest = _mm_cvtsi32_si128((int)(32 - shift));
	size_t found = 0;

	if (fronts[2][0] == 0)
		fill_fronts();
	for (size_t i = 0; i + 2 < n; i += 8) {
		__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(han + i)),
		        b = _mm256_loadu_si256((const __m256i *)(const void *)(han + i + 1)),
		        c = _mm256_loadu_si256((const __m256i *)(const void *)(han + i + 2)), k;
		__m256i none = _mm256_or_si256(_mm256_cmpeq_epi32(a, zero),
		    _mm256_or_si256(_mm256_cmpeq_epi32(b, zero), _mm256_cmpeq_epi32(c, zero)));
		unsigned left = ~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(none)) & 0xff;
		k = _mm256_xor_si256(_mm256_mullo_epi32(a, _mm256_set1_epi32((int)0x9e3779b1u)), b);
		k = _mm256_xor_si256(_mm256_mullo_epi32(k, _mm256_set1_epi32((int)0x85ebca6bu)), c);
		if (some) {
			k = _mm256_mullo_epi32(k, _mm256_set1_epi32((int)MIX));
			left &= (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(_mm256_srl_epi32(k, rest), zero)));
		}
		if (left != 0xff) /* those that count to the front */
			k = _mm256_permutevar8x32_epi32(k, _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)fronts[left])));
		_mm256_storeu_si256((__m256i *)(void *)(key + found), k);
		found += (unsigned)__builtin_popcount(left);
	}
	_mm256_zeroupper();
	return found;
}

MANY static size_t
many_threes(const uint32_t *han, size_t n, uint32_t *key)
{
	return many_keys(han, n, false, 0, key);
}

MANY static size_t
many_some(const uint32_t *han, size_t n, unsigned shift, uint32_t *key)
{
	return many_keys(han, n, true, shift, key);
}

/* As has_pair; reads up to eight numbers behind the last. */
MANY static bool
many_pair(const uint32_t *y, size_t n, uint32_t a, uint32_t b)
{
	const __m256i first = _mm256_set1_epi32((int)a), second = _mm256_set1_epi32((int)b);
	__m256i hit = _mm256_setzero_si256();
	bool found;

	for (size_t i = 0; i + 1 < n; i += 8)
		hit = _mm256_or_si256(hit, _mm256_and_si256(
		    _mm256_cmpeq_epi32(_mm256_loadu_si256((const __m256i *)(const void *)(y + i)), first),
		    _mm256_cmpeq_epi32(_mm256_loadu_si256((const __m256i *)(const void *)(y + i + 1)), second)));
	found = !_mm256_testz_si256(hit, hit);
	_mm256_zeroupper();
	return found;
}
#else
static bool
can_many(void)
{
	return false;
}

static size_t
many(const char *p, const char *end, uint32_t *out)
{
	(void)p, (void)end, (void)out;
	return 0;
}

static size_t
many_threes(const uint32_t *han, size_t n, uint32_t *key)
{
	(void)han, (void)n, (void)key;
	return 0;
}

static size_t
many_some(const uint32_t *han, size_t n, unsigned shift, uint32_t *key)
{
	(void)han, (void)n, (void)shift, (void)key;
	return 0;
}

static bool
many_pair(const uint32_t *y, size_t n, uint32_t a, uint32_t b)
{
	(void)y, (void)n, (void)a, (void)b;
	return false;
}
#endif

size_t
hans_of(struct bs_str text, uint32_t *out)
{
	const char *p = text.p, *end = p + text.n;
	size_t n = 0;

	if (can_many())
		n = many(p, end, out);
	else
		while (p < end)
			p = one(p, end, out, &n);
	memset(out + n, 0, 9 * sizeof *out);
	return n;
}

size_t
hans_threes(const uint32_t *han, size_t n, uint32_t *key)
{
	size_t found = 0;

	if (can_many())
		return many_threes(han, n, key);
	for (size_t i = 0; i + 2 < n; i++)
		if (han[i] && han[i + 1] && han[i + 2])
			key[found++] = key_of(han[i], han[i + 1], han[i + 2]);
	return found;
}

size_t
hans_some(const uint32_t *han, size_t n, unsigned shift, uint32_t *key)
{
	size_t found = 0;

	if (can_many())
		return many_some(han, n, shift, key);
	for (size_t i = 0; i + 2 < n; i++) {
		uint32_t mixed = key_of(han[i], han[i + 1], han[i + 2]) * MIX;
		if (han[i] && han[i + 1] && han[i + 2] && (shift == 0 || mixed >> (32 - shift) == 0))
			key[found++] = mixed;
	}
	return found;
}

/* Whether y has a and then b. */
static bool
has_pair(const uint32_t *y, size_t n, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (y[i] == a && y[i + 1] == b)
			return true;
	return false;
}

bool
hans_echo(const uint32_t *x, size_t n, const uint32_t *y, size_t m, size_t percent)
{
	size_t pairs = 0, found = 0, missed = 0;
	bool fast = can_many();

	for (size_t i = 0; i + 1 < n && missed * 100 <= (n - 1) * (100 - percent); i++) {
		if (x[i] == 0 || x[i + 1] == 0)
			continue;
		pairs++;
		found += fast ? many_pair(y, m, x[i], x[i + 1]) : has_pair(y, m, x[i], x[i + 1]);
		missed = pairs - found;
	}
	return pairs && found * 100 >= pairs * percent;
}
