#include <math.h>
#include <string.h>

#include "lanes.h"
#include "many.h"
#include "spans.h"

/*
 * Which spans may be names at all: those that a fair share of all rows of labels
 * has (forward and backward over the sentence, Rabiner's scaling; the share of a
 * span as of Culotta and McCallum, 2004). Most of a sentence is surely outside, and is cut
 * away before: there the best row that leads to a character is far ahead with O.
 */
enum { LONGEST = 60 };  /* characters of a span */
#define LEAST 0.011F    /* share of a span from which it is looked at */

/* A stretch of characters between others that are surely O, and the sums over
 * the rows of labels from its beginning, and to its end. */
struct stretch {
	const struct seq_model *m;
	union chain *power, *ahead, *back;
	float *total;            /* what the sums ahead have been divided by */
	float *all;              /* of products of both sums at a character */
	alignas(16) float to[SEQ_LANES / 2][SEQ_LANES / 2]; /* powers of steps, by what they lead to */
	uint32_t b, n;
};

/* One step on: the sums at a character from those before it, times its powers; what they have been divided by. */
static inline float
step_on(const struct seq_steps *by, const union chain *power, union chain *sums)
{
	float total;

	chain_advance(by, sums, power, SEQ_LANES);
	total = chain_sum(sums);
	if (total > 0)
		chain_scale(sums, 1 / total);
	return total;
}

/* One step back: old from what the character after it has. */
static inline void
step_back(const struct stretch *s, const union chain *next, const union chain *power, union chain *old)
{
	const row *to = (const row *)s->to;
	const float *by = s->m->steps.power[SEQ_ENDS], *in = by + SEQ_LANES / 2;
	union chain v, end = { .lane = { 0 } };
	float total;
	unsigned h, k;

	for (h = 0; h < 2; h++)
		v.row[h] = next->row[h] * power->row[h];
	for (k = 0; k < SEQ_ENDS; k++)
		end.row[0] += to[k] * v.lane[k];
	memset(old, 0, sizeof(*old));
	for (k = 0; k < SEQ_ENDS; k++)
		old->lane[seq_ends[k]] = end.lane[k];
	for (k = 0; k < 6; k += 2) {
		old->lane[1 + k] = by[k] * v.lane[8 + k] + by[k + 1] * v.lane[9 + k];
		old->lane[8 + k] = in[k] * v.lane[8 + k] + in[k + 1] * v.lane[9 + k];
	}
	total = chain_sum(old);
	if (total > 0)
		chain_scale(old, 1 / total);
}

static inline void
sums(const struct stretch *s, int16_t (*emit)[SEQ_LANES], bool last)
{
	union chain at = { .lane = { 1 } };
	uint32_t i;
	unsigned k;

	for (i = 0; i < s->n; i++) {
		chain_powers(emit[s->b + i], s->m->unit, &s->power[i]);
		s->total[i] = step_on(&s->m->steps, &s->power[i], &at);
		s->ahead[i] = at;
	}
	memset(&s->back[s->n - 1], 0, sizeof(*s->back));
	for (k = 0; k < SEQ_ENDS; k++)
		s->back[s->n - 1].lane[seq_ends[k]] = last ? 1 : s->m->steps.power[k][0];
	for (i = s->n - 1; i-- > 0; )
		step_back(s, &s->back[i + 1], &s->power[i + 1], &s->back[i]);
	for (i = 0; i < s->n; i++) {
		for (k = 0; k < 2; k++)
			at.row[k] = s->ahead[i].row[k] * s->back[i].row[k];
		s->all[i] = chain_sum(&at);
	}
}

static void
found(struct span_set *out, struct bs_mem *mem, struct span new, float share)
{
	if (out->n == out->cap) {
		struct span *v = bs_get(mem, (out->cap ? 2 * out->cap : 16) * sizeof(*v));

		if (out->n)
			memcpy(v, out->v, out->n * sizeof(*v));
		out->cap = out->cap ? 2 * out->cap : 16;
		out->v = v;
	}
	share = share < 0.9999F ? share : 0.9999F;
	new.odds = logf(share / (1 - share));
	out->v[out->n++] = new;
}

/* The share of all rows of labels that the rows with sum `part` in lane k at character i have. */
static float
share(const struct stretch *s, uint32_t i, unsigned k, float part)
{
	return s->all[i] > 0 ? part * s->back[i].lane[k] / s->all[i] : 0;
}

/* The spans of a type that begin at character i. */
static void
from(const struct stretch *s, uint32_t i, unsigned type, struct bs_mem *mem, struct span_set *out)
{
	unsigned b = 1 + 2 * type, in = 8 + 2 * type;
	float part = s->ahead[i].lane[b], p = share(s, i, b + 1, s->ahead[i].lane[b + 1]);
	uint32_t j;

	if (p > LEAST)
		found(out, mem, (struct span){ s->b + i, s->b + i + 1, (uint8_t)type, 0, 0 }, p);
	if (share(s, i, b, part) < LEAST)
		return;
	for (j = i + 1; j < s->n && j - i < LONGEST; j++) {
		const float *by = s->m->steps.power[SEQ_ENDS + (j > i + 1)];

		if (!(s->total[j] > 0))
			return;
		p = share(s, j, in + 1, part * by[2 * type + 1] * s->power[j].lane[in + 1] / s->total[j]);
		part *= by[2 * type] * s->power[j].lane[in] / s->total[j];
		if (p > LEAST)
			found(out, mem, (struct span){ s->b + i, s->b + j + 1, (uint8_t)type, 0, 0 }, p);
		if (share(s, j, in, part) < LEAST)
			return;
	}
}

/* The characters of the longest stretch between two that are outside. */
static uint32_t
longest(const bool *outside, uint32_t n)
{
	uint32_t i, run = 0, most = 0;

	for (i = 0; i < n; i++) {
		run = outside[i] ? 0 : run + 1;
		most = run > most ? run : most;
	}
	return most;
}

/* See seq_spans_of. */
static inline void
spans_of(const struct seq_model *m, int16_t (*emit)[SEQ_LANES], const bool *outside, uint32_t n, struct bs_mem *mem, struct span_set *out)
{
	struct stretch s = { .m = m };
	uint32_t i, e, room = longest(outside, n) + 1;
	unsigned type;

	s.power = bs_get(mem, room * sizeof(*s.power));
	s.ahead = bs_get(mem, room * sizeof(*s.ahead));
	s.back = bs_get(mem, room * sizeof(*s.back));
	s.total = bs_get(mem, room * sizeof(*s.total));
	s.all = bs_get(mem, room * sizeof(*s.all));
	for (type = 0; type < SEQ_LANES / 2; type++)
		for (i = 0; i < SEQ_ENDS; i++)
			s.to[type][i] = m->steps.power[i][type];
	for (s.b = 0; s.b < n; s.b = e + 1) {
		for (e = s.b; e < n && !outside[e]; e++)
			;
		if (e == s.b)
			continue;
		s.n = e - s.b;
		sums(&s, emit, e == n);
		for (i = 0; i < s.n; i++)
			for (type = 0; type < 3; type++)
				from(&s, i, type, mem, out);
	}
}

#ifdef MANY
/* The same, eight lanes at a time: the same sums in the same order. */
__attribute__((target("avx2"), flatten)) static void
spans_of_many(const struct seq_model *m, int16_t (*emit)[SEQ_LANES], const bool *outside, uint32_t n, struct bs_mem *mem, struct span_set *out)
{
	spans_of(m, emit, outside, n, mem, out);
}
#else
#define spans_of_many spans_of

#endif

void
seq_spans_of(const struct seq_model *m, int16_t (*emit)[SEQ_LANES], const bool *outside, uint32_t n, struct bs_mem *mem, struct span_set *out)
{
	if (bs_has_many())
		spans_of_many(m, emit, outside, n, mem, out);
	else
		spans_of(m, emit, outside, n, mem, out);
}
