/* hans.c - the Han characters of a text as numbers, many at once. */
#include "hans.h"
#include "many.h"

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

#ifdef MANY
/* What eight lanes are compared and reckoned with: characters of three bytes with the
 * first byte highest, and how their bits go together. Not constants to GCC, which would
 * make them anew in every round. */
extern uint32_t hans_lanes[][8];
#define EIGHT(x) {x, x, x, x, x, x, x, x}
enum { ABOVE, BELOW, LEAD, THREE, ABOVE_A, BELOW_A, ABOVE_F, BELOW_F, ZERO, BITS, TENS, WORDS };
uint32_t hans_lanes[][8] = {
	EIGHT(0xe4b87f), EIGHT(0xe9bfc0), /* around U+4E00 to U+9FFF, */
	EIGHT(0xf00000), EIGHT(0xe00000), /* of three bytes, */
	EIGHT(0xe38fbf), EIGHT(0xe4b780), /* around U+3400 to U+4DBF, */
	EIGHT(0xefa3bf), EIGHT(0xefac80), /* U+F900 to U+FAFF, */
	EIGHT(0xe38087),                  /* U+3007 */
	EIGHT(0x0f3f3f), EIGHT(0x00104001), EIGHT(0x01000001),
};

MANY static inline __m256i
lanes(int which)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)hans_lanes[which]);
}

MANY static inline __m256i
is_between(__m256i v, int above, int below)
{
	return _mm256_and_si256(_mm256_cmpgt_epi32(v, lanes(above)), _mm256_cmpgt_epi32(lanes(below), v));
}

/* Up to eight characters of three bytes, at the front of each half of v four of them, 0 in
 * place of those that are not Han; how many. No branch asks for marks, which stand anywhere. */
MANY static inline unsigned
eight(__m256i v, uint32_t *out)
{
	const __m256i order = _mm256_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1,
	    2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1);
	__m256i common, rare, c;
	unsigned threes;

	v = _mm256_shuffle_epi8(v, order);
	threes = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(_mm256_and_si256(v, lanes(LEAD)), lanes(THREE))));
	common = is_between(v, ABOVE, BELOW);
	rare = _mm256_or_si256(_mm256_cmpeq_epi32(v, lanes(ZERO)),
	    _mm256_or_si256(is_between(v, ABOVE_A, BELOW_A), is_between(v, ABOVE_F, BELOW_F)));
	c = _mm256_madd_epi16(_mm256_maddubs_epi16(_mm256_and_si256(v, lanes(BITS)), lanes(TENS)), lanes(WORDS));
	_mm256_storeu_si256((__m256i *)(void *)out, _mm256_and_si256(c, _mm256_or_si256(common, rare)));
	return threes == 0xff ? 8 : (unsigned)__builtin_ctz(~threes);
}

/* Those at p, of which 28 bytes can be read. */
MANY static inline unsigned
eight_at(const char *p, uint32_t *out)
{
	return eight(_mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)p)),
	    _mm_loadu_si128((const __m128i *)(const void *)(p + 12)), 1), out);
}

/* Those among the last n bytes, fewer than 28. */
MANY static inline unsigned
eight_last(const char *p, size_t n, uint32_t *out)
{
	__m256i v = lanes_short(p, n);
	__m128i low = _mm256_castsi256_si128(v), high = _mm256_extracti128_si256(v, 1);

	return eight(_mm256_inserti128_si256(v, _mm_alignr_epi8(high, low, 12), 1), out);
}

/* As hans_of. */
MANY static size_t
many(const char *p, const char *end, uint32_t *out)
{
	size_t n = 0;

	while (p < end) {
		unsigned threes = 8;
		while (threes == 8 && end - p >= 28) { /* without a call, so that the numbers stay in registers */
			threes = eight_at(p, out + n);
			n += threes;
			p += 3 * threes;
		}
		if (threes == 8 && p < end) {
			threes = eight_last(p, (size_t)(end - p), out + n);
			n += threes;
			p += 3 * threes;
		}
		if (threes < 8 && p < end)
			p = one(p, end, out, &n);
	}
	many_done();
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

/* Keeps those of eight keys whose bit is set in front. */
MANY static inline unsigned
keep(__m256i k, unsigned left, uint32_t *key)
{
	k = _mm256_permutevar8x32_epi32(k, _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)fronts[left])));
	_mm256_storeu_si256((__m256i *)(void *)key, k);
	return (unsigned)__builtin_popcount(left);
}

MANY static inline __m256i
load(const uint32_t *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* As hans_threes; reads up to nine numbers behind the last. */
MANY static size_t
many_threes(const uint32_t *han, size_t n, uint32_t *key)
{
	const __m256i zero = _mm256_setzero_si256();
	size_t found = 0;

	if (fronts[2][0] == 0)
		fill_fronts();
	for (size_t i = 0; i + 2 < n; i += 8) {
		__m256i a = load(han + i), b = load(han + i + 1), c = load(han + i + 2), k;
		__m256i none = _mm256_or_si256(_mm256_cmpeq_epi32(a, zero),
		    _mm256_or_si256(_mm256_cmpeq_epi32(b, zero), _mm256_cmpeq_epi32(c, zero)));
		unsigned left = ~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(none)) & 0xff;
		k = _mm256_xor_si256(_mm256_mullo_epi32(a, _mm256_set1_epi32((int)0x9e3779b1u)), b);
		k = _mm256_xor_si256(_mm256_mullo_epi32(k, _mm256_set1_epi32((int)0x85ebca6bu)), c);
		found += keep(k, left, key + found);
	}
	many_done();
	return found;
}

/* As hans_some; reads up to seven keys behind the last. */
MANY static size_t
many_some(const uint32_t *all, size_t n, unsigned shift, uint32_t *key)
{
	const __m256i zero = _mm256_setzero_si256();
	const __m128i rest = _mm_cvtsi32_si128((int)(32 - shift));
	size_t found = 0;

	for (size_t i = 0; i < n; i += 8) {
		__m256i k = _mm256_mullo_epi32(load(all + i), _mm256_set1_epi32((int)MIX));
		unsigned left = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(_mm256_srl_epi32(k, rest), zero)));
		if (n - i < 8)
			left &= (1u << (n - i)) - 1;
		found += keep(k, left, key + found);
	}
	many_done();
	return found;
}
#else
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
many_some(const uint32_t *all, size_t n, unsigned shift, uint32_t *key)
{
	(void)all, (void)n, (void)shift, (void)key;
	return 0;
}
#endif

size_t
hans_of(struct bs_str text, uint32_t *out)
{
	const char *p = text.p, *end = p + text.n;
	size_t n = 0;

	if (bs_has_many())
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

	if (bs_has_many())
		return many_threes(han, n, key);
	for (size_t i = 0; i + 2 < n; i++)
		if (han[i] && han[i + 1] && han[i + 2])
			key[found++] = key_of(han[i], han[i + 1], han[i + 2]);
	return found;
}

size_t
hans_some(const uint32_t *all, size_t n, unsigned shift, uint32_t *key)
{
	size_t found = 0;

	if (bs_has_many())
		return many_some(all, n, shift, key);
	for (size_t i = 0; i < n; i++) {
		uint32_t mixed = all[i] * MIX;
		if (shift == 0 || mixed >> (32 - shift) == 0)
			key[found++] = mixed;
	}
	return found;
}

void
hans_keys(struct bs_mem *mem, struct bs_str text, struct hans_keys *keys)
{
	if (keys->v)
		return;
	keys->v = bs_get(mem, HANS_ROOM(text.n) * sizeof *keys->v);
	keys->n = hans_threes(keys->v, hans_of(text, keys->v), keys->v);
}
