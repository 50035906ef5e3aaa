/*
 * gate.c - which of some sets of characters a text has, many bytes at a time.
 *
 * Each set has one or more buckets, which are bits of a byte. Tables by the halves of
 * the three bytes of a character give the buckets that have a character with such a
 * half; what all five tables agree on may be there (as in the Teddy search of
 * Hyperscan, W. Lee et al. 2019). A bucket of several characters may be said to have
 * one where there is none.
 */
#include "many.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

struct place { /* of a set */
	struct must_one set;
	unsigned group;
	unsigned char bits; /* its buckets among the eight of the group */
};

struct bs_gate {
	unsigned n;      /* sets */
	unsigned groups; /* of eight buckets that it may have */
	unsigned first;  /* bit of the first */
	unsigned used[BS_GATE_GROUPS]; /* buckets given away */
	struct place place[8 * BS_GATE_GROUPS];
	unsigned char half[BS_GATE_GROUPS][5][16]; /* low half of the first byte, low and high halves of the others */
};

struct bs_gate *
bs_gate_new(unsigned first, unsigned groups)
{
	struct bs_gate *g = bs_calloc(1, sizeof *g);

	g->first = first;
	g->groups = groups;
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
add_character(unsigned char half[5][16], uint32_t c, unsigned char bit)
{
	char bytes[4];

	bs_utf8_put(bytes, c);
	half[0][bytes[0] & 15] |= bit;
	half[1][bytes[1] & 15] |= bit;
	half[2][(unsigned char)bytes[1] >> 4] |= bit;
	half[3][bytes[2] & 15] |= bit;
	half[4][(unsigned char)bytes[2] >> 4] |= bit;
}

/* The group with the most room. */
static unsigned
widest(const struct bs_gate *g)
{
	unsigned best = 0;

	for (unsigned k = 1; k < g->groups; k++)
		if (g->used[k] < g->used[best])
			best = k;
	return best;
}

/* A bucket for each character of the set as far as there is room, since characters that
 * share one are taken for others. */
static void
add_set(struct bs_gate *g, const struct must_one *set)
{
	struct place *p = &g->place[g->n++];
	unsigned from, room;

	*p = (struct place){.set = *set, .group = widest(g)};
	from = g->used[p->group];
	room = set->n < BS_GATE_BUCKETS ? set->n : BS_GATE_BUCKETS;
	room = room < 8 - from ? room : 8 - from;
	g->used[p->group] += room;
	for (unsigned i = 0; i < set->n; i++) {
		unsigned char bit = (unsigned char)(1u << (from + i % room));
		p->bits |= bit;
		add_character(g->half[p->group], set->c[i], bit);
	}
}

/* The place of the set, which gets one if it has none yet; NULL if there is no room. */
static const struct place *
place_of(struct bs_gate *g, const struct must_one *set)
{
	for (unsigned k = 0; k < g->n; k++)
		if (are_same(&g->place[k].set, set))
			return &g->place[k];
	if (g->used[widest(g)] == 8)
		return NULL;
	add_set(g, set);
	return &g->place[g->n - 1];
}

/* Of the sets that the rule cannot do without, the one that fewest texts have, but for
 * those that the gate has already; NULL for none. That of its pairs tells more than
 * others: 民 of 民国, not 年. */
static const struct must_one *
best_set(const struct rule *rule)
{
	const struct must_one *best = NULL;

	for (unsigned k = 0; k < rule->musts; k++)
		if (!(rule->gated >> k & 1) && is_told(&rule->sets[k]) && (best == NULL || rule->sets[k].n < best->n))
			best = &rule->sets[k];
	if (!(rule->gated >> rule->musts & 1) && is_told(&rule->sets[rule->musts]) && (best == NULL || rule->sets[rule->musts].n <= best->n))
		best = &rule->sets[rule->musts];
	return best;
}

/* Lets rule i through only where the set may be. */
static void
ask_for(struct bs_gate *g, struct bs_rules *r, size_t i, const struct must_one *set)
{
	const struct place *p = place_of(g, set);

	if (p == NULL)
		return;
	for (unsigned found = 0; found < 256; found++)
		if (!(found & p->bits))
			r->gated[p->group][found] &= ~(UINT64_C(1) << i);
	r->v[i].gated |= 1u << (set - r->v[i].sets);
	if ((unsigned)__builtin_popcount(p->bits) == set->n)
		r->v[i].exact |= 1u << (set - r->v[i].sets);
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
	}
}

#ifdef MANY
#define STEP 32

/* What a table says of halves of bytes. */
MANY static inline __m256i
says(const unsigned char half[16], __m256i v)
{
	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)half)), v);
}

/* Adds to found the buckets of each group that may have a character that starts at one of
 * 32 bytes: these, and those one and two behind each. */
MANY static inline void
buckets_at(const struct bs_gate *g, __m256i a, __m256i b, __m256i c, __m256i found[BS_GATE_GROUPS])
{
	const __m256i low = lanes_all(15);
	__m256i a_low = _mm256_and_si256(a, low), b_low = _mm256_and_si256(b, low), c_low = _mm256_and_si256(c, low),
	        b_high = _mm256_and_si256(_mm256_srli_epi16(b, 4), low), c_high = _mm256_and_si256(_mm256_srli_epi16(c, 4), low);

	for (unsigned k = 0; k < BS_GATE_GROUPS; k++)
		found[k] = _mm256_or_si256(found[k], _mm256_and_si256(says(g->half[k][0], a_low), _mm256_and_si256(
		    _mm256_and_si256(says(g->half[k][1], b_low), says(g->half[k][2], b_high)),
		    _mm256_and_si256(says(g->half[k][3], c_low), says(g->half[k][4], c_high)))));
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
	const char *p = text.p, *end = p + text.n;
	__m256i found[BS_GATE_GROUPS] = {0}, v = lanes_last(text.p, text.n), next = lanes_next(v);
	uint32_t bits = 0;

	buckets_at(g, v, next, lanes_next(next), found);
	for (; end - p >= STEP + 2; p += STEP)
		buckets_at(g, lanes_load(p), lanes_load(p + 1), lanes_load(p + 2), found);
	if (end - p > STEP) { /* the last 32 begin behind p */
		next = lanes_load(p + 1);
		buckets_at(g, lanes_load(p), next, lanes_next(next), found);
	}
	for (unsigned k = 0; k < BS_GATE_GROUPS; k++)
		bits |= together(found[k]) << 8 * k;
	many_done();
	return bits;
}
#else
static uint32_t
look(const struct bs_gate *g, struct bs_str text)
{
	(void)g, (void)text;
	return 0;
}
#endif

void
bs_gate_look(const struct bs_gate *g, struct bs_look *l)
{
	if (!bs_has_many())
		return;
	l->gated |= UINT32_C(1) << g->first;
	l->gate |= look(g, bs_cut((struct bs_str){l->p, l->n}, BS_GATE_HEAD)) << g->first;
}
