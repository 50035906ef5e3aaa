/*
 * lanes.h - the labels of a character as lanes of vectors, for Viterbi and for sums over all rows of labels.
 */
#ifndef LANES_H
#define LANES_H

#include <string.h>

#include "model.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/*
 * Labels lie in two rows of eight, so that a step from one character to the
 * next is a few operations on whole rows: O and the labels that a span begins
 * with, which may follow whatever ends one; and those inside a span, which
 * follow only its first two.
 *
 *   lane     0  1  2  3  4  5  6         8  9 10 11 12 13
 *   outer    O B1 S1 B2 S2 B3 S3   inner I1 E1 I2 E2 I3 E3
 */
typedef int16_t shorts __attribute__((vector_size(16)));
typedef int32_t ints __attribute__((vector_size(16)));
typedef float floats __attribute__((vector_size(16)));
/* Eight at once, where the machine has them, else in two halves: the same sums. */
typedef float row __attribute__((vector_size(32), aligned(16)));
typedef int32_t row_of_ints __attribute__((vector_size(32), aligned(16)));

#if defined(__clang__)
#define PICK(v, ...) __builtin_shufflevector(v, v, __VA_ARGS__)
#define PICK8(v, ...) __builtin_shufflevector(v, v, __VA_ARGS__)
#else
#define PICK(v, ...) __builtin_shuffle(v, (ints){ __VA_ARGS__ })
#define PICK8(v, ...) __builtin_shuffle(v, (shorts){ __VA_ARGS__ })
#endif

union chain {
	row row[2];
	floats v[4];
	float lane[SEQ_LANES];
};

/* What I and E of spans come from, lane by lane: from B, which are lanes 1, 3
 * and 5 of outer, and from I, which are lanes 0, 2 and 4 of inner. */
#define FROM_B(c, to) ((to)[0] = PICK((c)->v[0], 1, 1, 3, 3), (to)[1] = PICK((c)->v[1], 1, 1, 3, 3))
#define FROM_I(c, to) ((to)[0] = PICK((c)->v[2], 0, 0, 2, 2), (to)[1] = PICK((c)->v[3], 0, 0, 2, 2))

static inline shorts
higher(shorts a, shorts b)
{
#if defined(__SSE2__)
	return (shorts)_mm_max_epi16((__m128i)a, (__m128i)b);
#else
	shorts more = a > b;

	return (a & more) | (b & ~more);
#endif
}

/* The highest of 16 numbers, in all lanes. */
static inline shorts
top_of(shorts a, shorts b)
{
	a = higher(a, b);
	a = higher(a, PICK8(a, 4, 5, 6, 7, 0, 1, 2, 3));
	a = higher(a, PICK8(a, 2, 3, 0, 1, 6, 7, 4, 5));
	return higher(a, PICK8(a, 1, 0, 3, 2, 5, 4, 7, 6));
}

/* e to x, for x up to 0, to four digits: 2 to the whole part by the exponent, to the rest by a polynomial. */
static inline void
power(const row *x, row *out)
{
	row_of_ints whole = __builtin_convertvector(*x * 1.44269504F - 0.5F, row_of_ints);
	row part, v;

	whole = (whole & (whole > -126)) | (-126 & ~(whole > -126));
	part = *x * 1.44269504F - __builtin_convertvector(whole, row);
	part = (row)((row_of_ints)part & (part > -1)); /* far below: nothing, near enough */
	v = 1 + part * (0.69314718F + part * (0.24022651F + part * (0.0555041F + part * 0.00961813F)));
	whole = (whole + 127) << 23;
	*out = v * (row)whole;
}

/* e to the score of each label at a character, from what its features say, over the highest. */
static inline void
chain_powers(const int16_t *s, float unit, union chain *out)
{
	shorts v[2];
	unsigned h;
	int high;

	memcpy(v, s, sizeof(v));
	high = top_of(v[0], v[1])[0];
	for (h = 0; h < 2; h++) {
		row x = __builtin_convertvector(__builtin_convertvector(v[h], row_of_ints) - high, row) * unit;

		power(&x, &out->row[h]);
	}
}

/* One step of the sum over all rows of labels; where `only` is a lane, only
 * those with that label here. */
static inline void
chain_advance(const struct seq_steps *s, union chain *c, const union chain *power, unsigned only)
{
	const row *by = (const row *)s->power;
	union chain from;
	row v = { 0 };
	unsigned k;
	float keep;

	FROM_B(c, from.v);
	FROM_I(c, from.v + 2);
	for (k = 0; k < SEQ_ENDS; k++)
		v += by[k] * c->lane[seq_ends[k]];
	c->row[0] = v * power->row[0];
	c->row[1] = (from.row[0] * by[SEQ_ENDS] + from.row[1] * by[SEQ_ENDS + 1]) * power->row[1];
	if (only < SEQ_LANES) {
		keep = c->lane[only];
		memset(c, 0, sizeof(*c));
		c->lane[only] = keep;
	}
}

static inline float
chain_sum(const union chain *c)
{
	floats v = c->v[0] + c->v[1] + (c->v[2] + c->v[3]);

	return v[0] + v[1] + (v[2] + v[3]);
}

static inline void
chain_scale(union chain *c, float by)
{
	unsigned h;

	for (h = 0; h < 2; h++)
		c->row[h] *= by;
}

#endif
