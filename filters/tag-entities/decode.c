#include <math.h>

#include "lanes.h"

enum { ONLY_O = 7 /* a lane without a label: not 0 where the best row goes on from O */ };
enum { AROUND = 4, NEVER = -16000 /* steps: as far behind the best, nothing catches up */ };

#define FAR_OFF 4.0F /* nats behind the best: what comes after will hardly make up for that */

/* Vectors of the size that every machine has: of outer and inner lanes. */
union cell {
	shorts v[2];
	int16_t lane[SEQ_LANES];
};
/* A sentence on its way. */
struct path {
	const struct seq_model *m;
	int16_t (*emit)[SEQ_LANES];
	union cell *best;       /* by character: the best row of labels that leads to each, over the best of all */
	uint8_t *lane;          /* of the best label */
	uint32_t n;
};

/* Sums that stay at the ends of their range. */
static inline shorts
plus(shorts a, shorts b)
{
#if defined(__SSE2__)
	return (shorts)_mm_adds_epi16((__m128i)a, (__m128i)b);
#else
	unsigned k;

	for (k = 0; k < 8; k++) {
		int sum = a[k] + b[k];

		a[k] = (int16_t)(sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : sum);
	}
	return a;
#endif
}

/* Whether O is so far ahead of all other ends that the best row comes from it, wherever it goes. */
static inline bool
only_o(const struct seq_steps *s, const union cell *c)
{
	const shorts limit = (shorts){ 0 } - s->spread, others = { 0, -1, -1, -1, -1, -1, -1, -1 };
	shorts near = (shorts)((c->v[0] > limit) & others) | (shorts)(c->v[1] > limit);
	uint64_t v[2];

	memcpy(v, &near, sizeof(v));
	return c->lane[0] == 0 && (v[0] | v[1]) == 0;
}

/* The best scores at a character from those before it (Viterbi, 1967). */
static inline void
reach(const struct seq_steps *s, const int16_t *emit, const union cell *old, union cell *new)
{
	const shorts *step = (const shorts *)s->step;
	const shorts never = (shorts){ 0 } + NEVER;
	const shorts none = { 0 };
	shorts outer = plus(step[0], none + old->lane[seq_ends[0]]), inner, add, top;
	unsigned k;

	if (!old->lane[ONLY_O])
		for (k = 1; k < SEQ_ENDS; k++)
			outer = higher(outer, plus(step[k], none + old->lane[seq_ends[k]]));
	inner = plus(PICK8(old->v[0], 1, 1, 3, 3, 5, 5, 7, 7), step[SEQ_ENDS]);
	inner = higher(inner, plus(PICK8(old->v[1], 0, 0, 2, 2, 4, 4, 6, 6), step[SEQ_ENDS + 1]));
	memcpy(&add, emit, sizeof(add));
	outer = plus(outer, add);
	memcpy(&add, emit + SEQ_LANES / 2, sizeof(add));
	inner = plus(inner, add);
	top = higher(top_of(outer, inner), never); /* its opposite is in range, too */
	new->v[0] = higher(plus(outer, none - top), never);
	new->v[1] = higher(plus(inner, none - top), never);
	new->lane[ONLY_O] = only_o(s, new);
}

/* The best lane to come from at the character after `old`. */
static uint8_t
whence(const struct seq_steps *s, const union cell *old, unsigned to)
{
	int best = old->lane[0] + s->step[0][to & 7], score;
	uint8_t from = 0;
	unsigned k;

	if (to >= 8) {
		uint8_t b = (uint8_t)((to - 8) | 1), i = (uint8_t)(to & ~1U);

		return old->lane[i] + s->step[SEQ_ENDS + 1][to - 8] > old->lane[b] + s->step[SEQ_ENDS][to - 8] ? i : b;
	}
	for (k = 1; k < SEQ_ENDS && !old->lane[ONLY_O]; k++)
		if ((score = old->lane[seq_ends[k]] + s->step[k][to]) > best) {
			best = score;
			from = seq_ends[k];
		}
	return from;
}

static void
forward(struct path *p)
{
	union cell first = { .lane = { 0 } };
	uint32_t i;
	unsigned k;

	for (k = 1; k < SEQ_LANES; k++)
		first.lane[k] = k == ONLY_O ? 1 : NEVER;
	for (i = 0; i < p->n; i++)
		reach(&p->m->steps, p->emit[i], i ? &p->best[i - 1] : &first, &p->best[i]);
}

void
seq_outside(const struct seq_model *m, int16_t (*emit)[SEQ_LANES], uint32_t n, void *best, bool *out)
{
	const shorts others = { 0, -1, -1, -1, -1, -1, -1, 0 };
	struct path p = { m, emit, best, NULL, n };
	float nats = FAR_OFF / m->unit;
	shorts limit = (shorts){ 0 } - (int16_t)(nats < -NEVER / 2 ? nats : -NEVER / 2);
	uint32_t i;

	forward(&p);
	for (i = 0; i < n; i++) {
		const union cell *c = &p.best[i];
		shorts near = (shorts)((c->v[0] > limit) & others) | (shorts)(c->v[1] > limit);
		uint64_t v[2];

		memcpy(v, &near, sizeof(v));
		out[i] = c->lane[0] == 0 && (v[0] | v[1]) == 0;
	}
}

static void
viterbi(struct path *p)
{
	uint32_t i;
	unsigned k;

	forward(p);
	if (p->n == 0)
		return;
	p->lane[p->n - 1] = 0;
	for (k = 1; k < SEQ_ENDS; k++)
		if (p->best[p->n - 1].lane[seq_ends[k]] > p->best[p->n - 1].lane[p->lane[p->n - 1]])
			p->lane[p->n - 1] = seq_ends[k];
	for (i = p->n - 1; i > 0; i--)
		p->lane[i - 1] = whence(&p->m->steps, &p->best[i - 1], p->lane[i]);
}

/* The share that readings with the labels of [b, e) have among all readings of
 * [from, to), between the labels at its ends. Sums are kept in reach of a float. */
static float
share(const struct path *p, uint32_t from, uint32_t to, uint32_t b, uint32_t e)
{
	union chain all = { .lane = {0} }, part, power;
	uint32_t i;
	float total;

	all.lane[from ? p->lane[from - 1] : 0] = 1;
	part = all;
	for (i = from; i < to; i++) {
		unsigned only = i + 1 == to && to < p->n ? p->lane[i] : SEQ_LANES;

		chain_powers(p->emit[i], p->m->unit, &power);
		chain_advance(&p->m->steps, &all, &power, only);
		if (i < b)
			part = all;
		else
			chain_advance(&p->m->steps, &part, &power, i < e ? p->lane[i] : only);
		total = chain_sum(&all);
		if (total > 0) {
			chain_scale(&all, 1 / total);
			chain_scale(&part, 1 / total);
		}
	}
	if (to == p->n) /* no span goes on past the end */
		for (i = 1; i < 6; i += 2)
			all.lane[i] = part.lane[i] = all.lane[7 + i] = part.lane[7 + i] = 0;
	total = chain_sum(&all);
	return total > 0 ? chain_sum(&part) / total : 0;
}

/* The probability of the span at [b, e) among the readings of its surroundings,
 * in hundredths; never 0, which means something else. */
static uint8_t
sure(const struct path *p, uint32_t b, uint32_t e)
{
	uint32_t from = b > AROUND ? b - AROUND : 0, to = p->n - e > AROUND ? e + AROUND : p->n;
	long n = lrintf(100 * share(p, from, to, b, e));

	return (uint8_t)(n < 1 ? 1 : n > 100 ? 100 : n);
}

void
seq_spans(const struct seq_model *m, int16_t (*emit)[SEQ_LANES], uint32_t n, struct bs_mem *mem, struct ent_spans *out)
{
	struct path p = { m, emit, bs_get(mem, (n + 1) * sizeof(*p.best)), bs_get(mem, n + 1), n };
	uint32_t i, b = 0;

	viterbi(&p);
	for (i = 0; i < n; i++) {
		unsigned label = seq_labels[p.lane[i]], part = seq_part(label);

		if (part == SEQ_B || part == SEQ_S)
			b = i;
		if (part == SEQ_E || part == SEQ_S) {
			struct ent_span s = { b, i + 1, seq_type(label), BS_S(""), sure(&p, b, i + 1), false };

			ent_put(out, &s);
		}
	}
}
