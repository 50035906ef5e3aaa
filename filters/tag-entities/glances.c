#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glances.h"
#include "train.h"

enum { ROUNDS = 4, ASKED = GLANCE_LANES + GLANCE_LANES - 1, RULES = 3, LEAST_SEEN = 3 };
enum { UNLIKELY, LIKELY, NAME, PASSED };  /* what a character is; one that is PASSED teaches nothing */
#define RATE 0.1F
#define DECAY 1e-4F       /* of the weights, for one example */
#define FAIR (-2.3F)      /* odds of a span from which its characters are likely, name or not */
/* Nats, found by trying on text that is not learned from: of 0.2 % of the names the second look loses sight, of
 * 80 % of the characters as well. */
#define LOW (-4.7F)
#define HIGH (-2.1F)

/* The weights in the making; rows have the key of what they are of, or 0. */
struct learning {
	uint64_t key[1 << GLANCE_BITS];
	float row[1 << GLANCE_BITS][GLANCE_LANES], row_seen[1 << GLANCE_BITS][GLANCE_LANES];
	float other[GLANCE_OTHERS + 1], other_seen[GLANCE_OTHERS + 1]; /* the last one for all */
};

static uint64_t
key(uint32_t a, uint32_t b)
{
	return (uint64_t)a << 32 | b;
}

static void
reserve(struct glances *g, size_t n)
{
	if (g->n + n <= g->cap)
		return;
	g->cap = 2 * (g->n + n);
	g->v = bs_realloc(g->v, g->cap * sizeof(*g->v));
}

static void
likely(struct glance_example *x, const struct reading *s, const struct span_set *all)
{
	size_t k;
	uint32_t i;

	for (k = 0; k < all->n; k++)
		for (i = all->v[k].b; i < all->v[k].e; i++)
			if (all->v[k].odds >= FAIR)
				x[i].is = LIKELY;
			else if (x[i].is == UNLIKELY)
				x[i].is = PASSED;
	for (i = 0; i < s->n; i++)
		if (reading_label(s, i) != SEQ_O)
			x[i].is = NAME;
}

void
glances_add(struct glances *g, const struct feat_view *v, const struct ent_reading *r, const struct ent_spans *rules, const struct reading *s,
    const struct span_set *all)
{
	const struct glance_example edge = { .c = '\n', .is = PASSED }, nothing = { .is = PASSED };
	struct glance_example *x;
	size_t k;
	uint32_t i;

	reserve(g, r->t->n + 2 * GLANCE_AROUND);
	x = g->v + g->n + GLANCE_AROUND;
	memset(x, 0, r->t->n * sizeof(*x));
	x[-2] = x[r->t->n + 1] = nothing;
	x[-1] = x[r->t->n] = edge;
	for (k = 0; k < r->n; k++)
		for (i = r->v[k].b; i < r->v[k].e; i++)
			x[i].token = glance_token(v, k, r->v[k].e - r->v[k].b == 1 ? 3 : i == r->v[k].b ? 0 : i + 1 == r->v[k].e ? 2 : 1);
	for (i = 0; i < r->t->n; i++)
		x[i].c = glance_char(r->t, i);
	for (k = 0; k < rules->n; k++)
		for (i = rules->v[k].b; i < rules->v[k].e; i++)
			x[i].rule = (uint8_t)glance_rule(&rules->v[k], i);
	likely(x, s, all);
	g->n += r->t->n + 2 * GLANCE_AROUND;
}

static int
by_key(const void *pa, const void *pb)
{
	const uint64_t *a = pa, *b = pb;

	return *a < *b ? -1 : *a > *b;
}

struct often {
	uint64_t key;
	size_t n;
};

static int
by_count(const void *pa, const void *pb)
{
	const struct often *a = pa, *b = pb;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return by_key(&a->key, &b->key);
}

/* Gives rows to characters and pairs, those seen most often first; of two that want the same row the other has none. */
static void
give_rows(const struct glances *g, struct learning *w)
{
	uint64_t *all = bs_malloc((2 * g->n + 1) * sizeof(*all));
	struct often *v = bs_malloc((2 * g->n + 1) * sizeof(*v));
	size_t i, n = 0, k = 0;

	for (i = 0; i + 1 < g->n; i++) {
		all[n++] = key(g->v[i].c, 0);
		if (g->v[i].c && g->v[i + 1].c)
			all[n++] = key(g->v[i].c, g->v[i + 1].c);
	}
	qsort(all, n, sizeof(*all), by_key);
	for (i = 0; i < n; i++) {
		if (i == 0 || all[i] != all[i - 1])
			v[k++] = (struct often){ all[i], 0 };
		v[k - 1].n++;
	}
	qsort(v, k, sizeof(*v), by_count);
	for (i = 0; i < k && v[i].n >= LEAST_SEEN; i++) {
		uint32_t row = glance_row(glance_hash((uint32_t)(v[i].key >> 32), (uint32_t)v[i].key), GLANCE_BITS);

		if (v[i].key && !w->key[row])
			w->key[row] = v[i].key;
	}
	free(all);
	free(v);
}

/* What an example asks for: weights, and what they have seen. */
struct asked {
	float *w[ASKED + RULES + 5], *seen[ASKED + RULES + 5];
	unsigned n;
};

static void
ask_row(struct learning *w, struct asked *a, uint32_t c, uint32_t d, unsigned lane)
{
	uint32_t row = glance_row(glance_hash(c, d), GLANCE_BITS);

	if (!c || w->key[row] != key(c, d))
		return;
	a->w[a->n] = &w->row[row][lane];
	a->seen[a->n++] = &w->row_seen[row][lane];
}

static void
ask_other(struct learning *w, struct asked *a, unsigned k)
{
	a->w[a->n] = &w->other[k];
	a->seen[a->n++] = &w->other_seen[k];
}

static void
ask(struct learning *w, const struct glance_example *x, struct asked *a)
{
	int d;

	a->n = 0;
	for (d = -GLANCE_AROUND; d <= GLANCE_AROUND; d++) { /* of the character at d, seen from there */
		ask_row(w, a, x[d].c, 0, (unsigned)(GLANCE_AROUND - d));
		if (d < GLANCE_AROUND && x[d + 1].c)
			ask_row(w, a, x[d].c, x[d + 1].c, (unsigned)(GLANCE_AROUND - d));
	}
	for (d = -1; d <= 1; d++)
		if (x[d].rule)
			ask_other(w, a, GLANCE_RULE + 3U * x[d].rule + (unsigned)(d + 1));
	ask_other(w, a, x->token.own);
	ask_other(w, a, x->token.before);
	ask_other(w, a, x->token.after);
	ask_other(w, a, x->token.suffix);
	ask_other(w, a, GLANCE_OTHERS);
}

/* One step of logistic regression, by AdaGrad (Duchi and others, 2011). A name missed is worse than one too many. */
static void
learn(struct learning *w, const struct glance_example *x)
{
	static const float weight[] = { [UNLIKELY] = 1, [LIKELY] = 2.5F, [NAME] = 5 };
	struct asked a;
	float sum = 0, by;
	unsigned k;

	ask(w, x, &a);
	for (k = 0; k < a.n; k++)
		sum += *a.w[k];
	by = weight[x->is] * (1 / (1 + expf(-sum)) - (float)(x->is != UNLIKELY));
	for (k = 0; k < a.n; k++) {
		float slope = by + DECAY * *a.w[k];

		*a.seen[k] += slope * slope;
		*a.w[k] -= RATE * slope / sqrtf(*a.seen[k] + 1e-3F);
	}
}

static signed char
small(float v, float unit)
{
	return (signed char)lrintf(v / unit);
}

static void
write_rows(const struct learning *w, float unit, unsigned char *rows)
{
	size_t i;
	unsigned k;

	for (i = 0; i < (size_t)1 << GLANCE_BITS; i++, rows += GLANCE_ROW) {
		uint16_t check = glance_check(glance_hash((uint32_t)(w->key[i] >> 32), (uint32_t)w->key[i]));

		memset(rows, 0, GLANCE_ROW);
		if (!w->key[i])
			continue;
		for (k = 0; k < GLANCE_LANES; k++)
			rows[k] = (unsigned char)small(w->row[i][k], unit);
		memcpy(rows + GLANCE_CHECK, &check, sizeof(check));
	}
	for (k = 0; k < GLANCE_OTHERS; k++)
		rows[k] = (unsigned char)small(w->other[k], unit);
}

void
glances_learn(struct glances *g, char head[8], unsigned char out[GLANCE_SIZE])
{
	struct learning *w = bs_calloc(1, sizeof(*w));
	const uint32_t bits = GLANCE_BITS;
	float unit, high = 1e-3F;
	int16_t limit;
	size_t i;
	unsigned k;

	give_rows(g, w);
	for (k = 0; k < ROUNDS; k++)
		for (i = 0; i < g->n; i++)
			if (g->v[i].is != PASSED)
				learn(w, &g->v[i]);
	for (i = 0; i < sizeof(w->row) / sizeof(**w->row); i++)
		high = fmaxf(high, fabsf(w->row[i / GLANCE_LANES][i % GLANCE_LANES]));
	for (i = 0; i < GLANCE_OTHERS; i++)
		high = fmaxf(high, fabsf(w->other[i]));
	unit = high / 127;
	memcpy(head, &bits, 4);
	limit = (int16_t)lrintf((LOW - w->other[GLANCE_OTHERS]) / unit);
	memcpy(head + 4, &limit, 2);
	limit = (int16_t)lrintf((HIGH - w->other[GLANCE_OTHERS]) / unit);
	memcpy(head + 6, &limit, 2);
	write_rows(w, unit, out);
	free(w);
	free(g->v);
}
