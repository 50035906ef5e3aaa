/* echo.c - does a text say again what its headline says? Pairs of characters are looked
 * for as the bytes that they are: UTF-8 has them at no other place. */
#include "echo.h"
#include "many.h"

#include <string.h>

#define LONGEST 8 /* bytes of a pair */

#ifdef MANY
#define STEP 32

MANY static inline __m256i
are(const char *p, char c)
{
	return _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(const void *)p), _mm256_set1_epi8(c));
}

/* Whether the pair of two characters of three bytes each stands in the n bytes at p, behind
 * which STEP + LONGEST more can be read that are no part of such. The last bytes of both
 * tell most often. */
MANY static bool
has_many(const char *p, size_t n, const char *pair)
{
	bool found = false;

	for (size_t i = 0; i < n && !found; i += STEP) {
		uint32_t hit = (uint32_t)_mm256_movemask_epi8(_mm256_and_si256(are(p + i + 2, pair[2]), are(p + i + 5, pair[5])));
		for (; hit && !found; hit &= hit - 1)
			found = memcmp(p + i + __builtin_ctz(hit), pair, 6) == 0;
	}
	many_done();
	return found;
}
#else
#define STEP 0

static bool
has_many(const char *p, size_t n, const char *pair)
{
	return bs_find((struct bs_str){p, n}, (struct bs_str){pair, 6}) != SIZE_MAX;
}
#endif

bool
echo_in(struct bs_str head, struct bs_str text, size_t percent)
{
	char room[ECHO_MOST + STEP + LONGEST];
	struct bs_str y = bs_cut(text, ECHO_MOST);
	const char *p = head.p, *end = p + head.n, *before = NULL;
	size_t pairs = 0, found = 0, all = head.n / 3; /* that there can be */
	bool many = bs_has_many();

	memcpy(room, y.p, y.n);
	memset(room + y.n, 0, sizeof room - y.n);
	while (p < end && (pairs - found) * 100 <= all * (100 - percent)) { /* else too many are missing */
		const char *at = p;
		if (!bs_is_han(bs_utf8_get(&p, end))) {
			before = NULL;
			continue;
		}
		if (before) {
			struct bs_str pair = {before, (size_t)(p - before)};
			pairs++;
			found += many && pair.n == 6 && at - before == 3 ? has_many(room, y.n, pair.p) : bs_find(y, pair) != SIZE_MAX;
		}
		before = at;
	}
	return pairs && p == end && found * 100 >= pairs * percent;
}
