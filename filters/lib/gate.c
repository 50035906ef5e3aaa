/*
 * gate.c - which of some sets of characters a text has, many bytes at a time.
 *
 * Each set is one bit of a byte. Tables by the halves of the three bytes of a
 * character give the sets that have a character with such a half; what all five
 * tables agree on may be there (as in the Teddy search of Hyperscan, W. Lee et al.
 * 2019). A set of several characters may be said to be there where it is not.
 */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

struct bs_gate {
	unsigned n;     /* sets */
	unsigned first; /* bit of the first */
	struct must_one set[BS_GATE_SETS];
	unsigned char half[5][16]; /* low half of the first byte, low and high halves of the others */
};

struct bs_gate *
bs_gate_new(unsigned first)
{
	struct bs_gate *g = bs_calloc(1, sizeof *g);

	g->first = first;
	return g;
}

void
bs_gate_free(struct bs_gate *g)
{
	free(g);
}

static bool
are_same(const struct must_one *a, const struct must_one *b)
{
	return a->n == b->n && memcmp(a->c, b->c, a->n * sizeof *a->c) == 0;
}

/* Can the set be told? By characters of three bytes only. */
static bool
is_told(const struct must_one *set)
{
	if (set->n == 0 || set->n > BS_GATE_MOST || set->digit || set->upper || set->lower)
		return false;
	for (unsigned i = 0; i < set->n; i++)
		if (set->c[i] < 0x800 || set->c[i] >= 0x10000)
			return false;
	return true;
}

static void
add_set(struct bs_gate *g, const struct must_one *set)
{
	unsigned char (*half)[16] = g->half, bit = (unsigned char)(1u << g->n % 8);

	for (unsigned i = 0; i < set->n; i++) {
		char bytes[4];
		bs_utf8_put(bytes, set->c[i]);
		half[0][bytes[0] & 15] |= bit;
		half[1][bytes[1] & 15] |= bit;
		half[2][(unsigned char)bytes[1] >> 4] |= bit;
		half[3][bytes[2] & 15] |= bit;
		half[4][(unsigned char)bytes[2] >> 4] |= bit;
	}
	g->set[g->n++] = *set;
}

/* The place of the set, which gets one if it has none yet; BS_GATE_SETS if there is no room. */
static unsigned
place_of(struct bs_gate *g, const struct must_one *set)
{
	unsigned k = 0;

	while (k < g->n && !are_same(&g->set[k], set))
		k++;
	if (k == g->n && k < BS_GATE_SETS)
		add_set(g, set);
	return k;
}

/* Of the sets that the rule cannot do without, the one that fewest texts have, but for
 * those that the gate has already; NULL for none. */
static const struct must_one *
best_set(const struct rule *rule)
{
	const struct must_one *best = NULL;

	for (unsigned k = 0; k < rule->musts; k++)
		if (!(rule->gated >> k & 1) && is_told(&rule->sets[k]) && (best == NULL || rule->sets[k].n < best->n))
			best = &rule->sets[k];
	return best;
}

/* Lets rule i through only where the set may be. */
static void
ask_for(struct bs_gate *g, struct bs_rules *r, size_t i, const struct must_one *set)
{
	unsigned k = place_of(g, set);

	for (unsigned found = 0; k < BS_GATE_SETS && found < 1 << BS_GATE_SETS; found++)
		if (!(found >> k & 1))
			r->gated[found] &= ~(UINT64_C(1) << i);
	if (k < BS_GATE_SETS)
		r->v[i].gated |= 1u << (set - r->v[i].sets);
}

/* The sets of the rule of which the gate says no more than there is: it need not be asked again. */
static unsigned
exact(const struct rule *rule)
{
	unsigned sets = 0;

	for (unsigned k = 0; k < rule->musts; k++)
		sets |= (unsigned)(rule->sets[k].n == 1) << k;
	return rule->gated & sets;
}

void
bs_gate_add(struct bs_gate *g, struct bs_rules *r)
{
	if (!r->has_gate)
		memset(r->gated, 0xff, sizeof r->gated);
	r->has_gate = true;
	r->gate = g->first;
	for (size_t i = 0; i < r->n && r->n <= 64; i++) {
		const struct must_one *best = best_set(&r->v[i]);
		if (best && match_is_open(r, i))
			ask_for(g, r, i, best);
		r->v[i].exact = exact(&r->v[i]);
	}
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define MANY __attribute__((target("avx2")))
#define STEP 32

MANY static inline __m256i
load(const void *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

/* Of each byte, what a table says of its low half, or of its high half. */
MANY static inline __m256i
by_low(const unsigned char half[16], __m256i v)
{
	__m256i table = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)half));

	return _mm256_shuffle_epi8(table, _mm256_and_si256(v, _mm256_set1_epi8(15)));
}

MANY static inline __m256i
by_high(const unsigned char half[16], __m256i v)
{
	return by_low(half, _mm256_srli_epi16(v, 4));
}

/* The sets of a group that may have a character that starts at one of 32 bytes at p, of
 * which 34 can be read. */
MANY static inline __m256i
sets_at(const unsigned char half[5][16], const char *p)
{
	__m256i a = load(p), b = load(p + 1), c = load(p + 2);

	return _mm256_and_si256(by_low(half[0], a), _mm256_and_si256(
	    _mm256_and_si256(by_low(half[1], b), by_high(half[2], b)), _mm256_and_si256(by_low(half[3], c), by_high(half[4], c))));
}

/* Bits of all bytes together. */
MANY static inline uint32_t
together(__m256i v)
{
	__m128i w = _mm_or_si128(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
	uint64_t x;

	w = _mm_or_si128(w, _mm_srli_si128(w, 8));
	x = (uint64_t)_mm_cvtsi128_si64(w);
	x |= x >> 32;
	x |= x >> 16;
	return (uint32_t)(x | x >> 8) & 0xff;
}

MANY static uint32_t
look(const struct bs_gate *g, struct bs_str text)
{
	const char *end = text.p + text.n, *last = text.n >= STEP + 2 ? end - STEP - 2 : NULL;
	char rest[STEP + 2] = {0};
	__m256i found;
	uint32_t bits;

	if (last == NULL && text.n)
		memcpy(rest, text.p, text.n);
	found = sets_at(g->half, last ? last : rest);
	for (const char *p = text.p; last && p < last; p += STEP)
		found = _mm256_or_si256(found, sets_at(g->half, p));
	bits = together(found);
	_mm256_zeroupper(); /* GCC 12 may forget it */
	return bits;
}

static bool
can_many(void)
{
	return __builtin_cpu_supports("avx2") != 0;
}
#else
static uint32_t
look(const struct bs_gate *g, struct bs_str text)
{
	(void)g, (void)text;
	return 0;
}

static bool
can_many(void)
{
	return false;
}
#endif

void
bs_gate_look(const struct bs_gate *g, struct bs_look *l)
{
	if (!can_many())
		return;
	l->gated |= (uint32_t)((1 << BS_GATE_SETS) - 1) << g->first;
	l->gate |= look(g, bs_cut((struct bs_str){l->p, l->n}, BS_GATE_HEAD)) << g->first;
}
