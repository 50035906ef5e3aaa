/* sought.c - sets of characters that are looked for by themselves. */
#include "many.h"
#include "must.h"

#include <string.h>

struct sought
sought_of(const struct must_one *set)
{
	struct sought s = {.n = set->n, .digit = set->digit, .all = set->n > SOUGHT_MOST || set->upper || set->lower};
	s.latin = s.all && set->n == 0 && !set->digit;

	s.reach = set->reach && set->reach < MUST_FAR ? 4 * (size_t)set->reach : SIZE_MAX;
	for (unsigned i = 0; i < set->n && !s.all; i++) {
		char bytes[4];
		bs_utf8_put(bytes, set->c[i]);
		memset(&s.last[i][0], bytes[1], 16);
		memset(&s.last[i][1], bytes[2], 16);
	}
	return s;
}

/* Adds to *found the places among p[0] to p[15], of which p[16] is to be readable,
 * where one of the n characters or a digit stands. */
static inline must_lanes
seek(const struct sought *s, unsigned n, bool digit, const char *p, must_lanes found)
{
	must_lanes a, b;

	memcpy(&a, p, sizeof a);
	memcpy(&b, p + 1, sizeof b);
	if (digit)
		found |= (must_lanes)((must_lanes)(a - '0') < 10);
	for (unsigned i = 0; i < n; i++)
		found |= (must_lanes)(a == s->last[i][0]) & (must_lanes)(b == s->last[i][1]);
	return found;
}

/* The same for a text of 16 bytes or less; a call of its own, since this one has calls. */
__attribute__((noinline)) static bool
seek_short(const struct sought *s, struct bs_str text)
{
	must_lanes found = {0};
	uint64_t half[2];
	char rest[17] = {0};

	memcpy(rest, text.p, text.n);
	found = seek(s, s->n, s->digit, rest, found);
	memcpy(half, &found, sizeof half);
	return (half[0] | half[1]) != 0;
}

/* The search itself in more than 16 bytes; put in line, with constant n and digit, it
 * keeps all in registers. */
__attribute__((always_inline)) static inline bool
seek_all(const struct sought *s, unsigned n, bool digit, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	must_lanes found = {0};
	uint64_t half[2];

	for (; end - p > 16; p += 16)
		found = seek(s, n, digit, p, found);
	found = seek(s, n, digit, end - 17, found);
	memcpy(half, &found, sizeof half);
	return (half[0] | half[1]) != 0 || (digit && (unsigned char)(end[-1] - '0') < 10);
}

#ifdef MANY
MANY static inline __m256i
twice(const must_lanes *v)
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)v));
}

/* The same as seek for 32 bytes. */
MANY static inline __m256i
seek_32(const struct sought *s, unsigned n, const char *p, __m256i found)
{
	__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)p), b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 1));

	if (s->digit) {
		__m256i digit = _mm256_sub_epi8(a, _mm256_set1_epi8('0'));
		found = _mm256_or_si256(found, _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit));
	}
	for (unsigned i = 0; i < n; i++)
		found = _mm256_or_si256(found, _mm256_and_si256(_mm256_cmpeq_epi8(a, twice(&s->last[i][0])), _mm256_cmpeq_epi8(b, twice(&s->last[i][1]))));
	return found;
}

/* The same as seek_all in more than 32 bytes. */
MANY static bool
seek_many(const struct sought *s, struct bs_str text)
{
	const char *p = text.p, *last = text.p + text.n - 33;
	__m256i found = _mm256_setzero_si256();
	unsigned n = s->n;
	bool any;

	if (n == 1 && !s->digit) { /* all stays in registers */
		for (; p < last; p += 32)
			found = seek_32(s, 1, p, found);
		found = seek_32(s, 1, last, found);
	} else {
		for (; p < last; p += 32)
			found = seek_32(s, n, p, found);
		found = seek_32(s, n, last, found);
	}
	any = !_mm256_testz_si256(found, found);
	many_done();
	return any || (s->digit && (unsigned char)(last[32] - '0') < 10);
}
#else
static bool
seek_many(const struct sought *s, struct bs_str text)
{
	return seek_all(s, s->n, s->digit, text);
}
#endif

bool
sought_in(const struct sought *s, struct bs_str text)
{
	if (s->all)
		return true;
	if (text.n > s->reach)
		text.n = s->reach;
	if (text.n <= 16)
		return seek_short(s, text);
	if (text.n > 32 && bs_has_many())
		return seek_many(s, text);
	if (s->n == 0)
		return seek_all(s, 0, true, text);
	if (s->n == 1 && !s->digit)
		return seek_all(s, 1, false, text);
	return seek_all(s, s->n, s->digit, text);
}
