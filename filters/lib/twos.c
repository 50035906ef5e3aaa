/* twos.c - pairs of characters, one of which a text must have. */
#include "must.h"

#include <string.h>

static inline bool
has(const uint64_t bits[64], uint32_t c)
{
	return bits[c / 64 % 64] >> c % 64 & 1;
}

static void
set(uint64_t bits[64], uint32_t c)
{
	bits[c / 64 % 64] |= UINT64_C(1) << c % 64;
}

/* A number for two characters. */
static inline uint32_t
together(uint32_t a, uint32_t b)
{
	return (a * 61 ^ b) & 4095;
}

struct twos *
twos_of(const struct must_pairs *pairs)
{
	struct twos *t;
	unsigned real = 0;

	for (unsigned i = 0; i < pairs->n; i++)
		real += pairs->v[i][1] != 0;
	if (real == 0)
		return NULL;
	t = bs_malloc(sizeof *t + pairs->n * sizeof *t->v);
	*t = (struct twos){.n = pairs->n};
	memcpy(t->v, pairs->v, pairs->n * sizeof *t->v);
	for (unsigned i = 0; i < pairs->n; i++) {
		set(t->firsts, t->v[i][0]);
		set(t->seconds, t->v[i][1]);
		set(t->both, together(t->v[i][0], t->v[i][1]));
		if (t->v[i][1] == 0) { /* anything may follow */
			memset(t->seconds, 0xff, sizeof t->seconds);
			set(t->alone, t->v[i][0]);
		}
	}
	return t;
}

static bool
is_one(const struct twos *t, uint32_t a, uint32_t b)
{
	for (unsigned i = 0; i < t->n; i++)
		if (t->v[i][0] == a && (t->v[i][1] == b || t->v[i][1] == 0))
			return true;
	return false;
}

size_t
twos_find(const struct twos *t, struct bs_str text, size_t from)
{
	const char *p = text.p + from, *end = text.p + text.n, *at = NULL;
	uint32_t a = 0;
	bool may = false; /* a, which stands at `at`, may be the first of a pair */

	while (p < end && ((unsigned char)*p & 0xc0) == 0x80)
		p++;
	while (p < end) {
		const char *here = p;
		uint32_t c = bs_utf8_get(&p, end);
		if (may && has(t->seconds, c) && (has(t->both, together(a, c)) || has(t->alone, a)) && is_one(t, a, c))
			return (size_t)(at - text.p);
		may = has(t->firsts, c);
		a = c;
		at = here;
	}
	return may && is_one(t, a, 0) ? (size_t)(at - text.p) : SIZE_MAX;
}
