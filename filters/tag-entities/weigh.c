#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glances.h"
#include "spans.h"
#include "tag.h"
#include "train.h"

enum { SPAN_BITS = 17, ROUNDS = 40, HALVINGS = 30 };

/* Spans that models hold for possible in text that they have not learned from. */
struct examples {
	const struct lexicon *lex;
	const struct seq_model *m;
	struct bs_mem mem;
	struct glances glances;
	uint32_t *slot;          /* of all features, one span after another */
	size_t slots, cap;
	struct { size_t end; float odds; uint8_t type; bool right; } *v;
	size_t n, vcap;
};

static bool
is_right(const struct reading *s, const struct span *x)
{
	unsigned first = reading_label(s, x->b), last = reading_label(s, x->e - 1);
	uint32_t i;

	if (x->e - x->b == 1)
		return first == seq_label((enum ent_label)x->type, SEQ_S);
	if (first != seq_label((enum ent_label)x->type, SEQ_B) || last != seq_label((enum ent_label)x->type, SEQ_E))
		return false;
	for (i = x->b + 1; i + 1 < x->e; i++)
		if (reading_label(s, i) != seq_label((enum ent_label)x->type, SEQ_I))
			return false;
	return true;
}

static void
example(struct examples *x, const struct span_view *v, size_t k, bool right)
{
	uint64_t f[SPAN_FEATURES];
	unsigned n = span_features(v, k, f), i;

	if (x->slots + SPAN_FEATURES > x->cap) {
		x->cap = x->cap ? 2 * x->cap : 1 << 20;
		x->slot = bs_realloc(x->slot, x->cap * sizeof(*x->slot));
	}
	if (x->n == x->vcap) {
		x->vcap = x->vcap ? 2 * x->vcap : 1 << 14;
		x->v = bs_realloc(x->v, x->vcap * sizeof(*x->v));
	}
	for (i = 0; i < n; i++)
		x->slot[x->slots++] = (uint32_t)(f[i] >> (64 - SPAN_BITS));
	x->v[x->n].end = x->slots;
	x->v[x->n].odds = v->all->v[k].odds;
	x->v[x->n].type = v->all->v[k].type;
	x->v[x->n++].right = right;
}

static void
sentence(void *arg, const struct reading *s)
{
	struct examples *x = arg;
	struct ent_known none = { .n = 0 };
	struct span_set all = { NULL, 0, 0 };
	struct ent_work w;
	struct span_view v;
	struct feat_view *f;
	size_t k;

	ent_work_read(&w, x->lex, &x->mem, &x->mem, (struct bs_str){ s->text.p, s->text.n }, (struct ent_date){ 0, 0, 0 }, &none);
	ent_hints(&w.names);
	f = feat_prepare(&w.r, &x->mem, &x->m->names, &w.names, NULL);
	spans_possible(x->m, f, w.t.n, &x->mem, &all);
	glances_add(&x->glances, f, &w.r, &w.names, s, &all);
	span_prepare(&v, &w.r, &x->m->names, &w.names, &all, &x->mem);
	for (k = 0; k < all.n; k++)
		example(x, &v, k, is_right(s, &all.v[k]));
	ent_work_free(&w);
	bs_mem_reset(&x->mem);
}

/* What the second look learns: a weight for each slot, and for the odds of each type. */
struct linear {
	double *slot, by_odds[3];
};

static double
dot(const struct linear *w, const struct examples *x, size_t i)
{
	size_t k = i ? x->v[i - 1].end : 0;
	double sum = w->by_odds[x->v[i].type] * (double)x->v[i].odds;

	for (; k < x->v[i].end; k++)
		sum += w->slot[x->slot[k]];
	return sum;
}

static void
add(struct linear *w, const struct examples *x, size_t i, double by)
{
	size_t k = i ? x->v[i - 1].end : 0;

	w->by_odds[x->v[i].type] += by * (double)x->v[i].odds;
	for (; k < x->v[i].end; k++)
		w->slot[x->slot[k]] += by;
}

/* Where log(z / (c - z)) + a (z - old) + b is 0. */
static double
root(double c, double a, double b, double old)
{
	double low = -40, high = 40;
	int k;

	for (k = 0; k < HALVINGS; k++) {
		double mid = (low + high) / 2, z = c / (1 + exp(-mid));

		if (mid + a * (z - old) + b > 0)
			high = mid;
		else
			low = mid;
	}
	return c / (1 + exp(-(low + high) / 2));
}

/* Logistic regression, from its dual, one example after the other (Yu, Huang and Lin, 2011). */
static void
fit(struct linear *w, const struct examples *x, double c)
{
	double *alpha = bs_calloc(x->n + 1, sizeof(*alpha));
	size_t i, round;

	for (round = 0; round < ROUNDS; round++)
		for (i = 0; i < x->n; i++) {
			size_t n = x->v[i].end - (i ? x->v[i - 1].end : 0);
			double y = x->v[i].right ? 1 : -1, a = (double)n + (double)(x->v[i].odds * x->v[i].odds);
			double z = root(c, a, y * dot(w, x, i), alpha[i]);

			add(w, x, i, y * (z - alpha[i]));
			alpha[i] = z;
		}
	free(alpha);
}

/* The model with the first glance and the weights behind it. */
static void
write_model(struct bs_str model, struct glances *glances, const struct linear *w, float bias, struct bs_buf *out)
{
	size_t i, n = (size_t)1 << SPAN_BITS, size = model.n + GLANCE_SIZE + n;
	uint32_t bits = SPAN_BITS;
	char *p = bs_room(out, size);
	float unit, by[3];
	double high = 1e-3;
	uint64_t sum;

	for (i = 0; i < n; i++)
		high = fmax(high, fabs(w->slot[i]));
	unit = (float)(high / 127);
	for (i = 0; i < 3; i++)
		by[i] = (float)w->by_odds[i];
	memcpy(p, model.p, model.n);
	glances_learn(glances, p + MODEL_GLANCE, (unsigned char *)p + model.n);
	memcpy(p + MODEL_SPANS, &bits, 4);
	memcpy(p + MODEL_SPANS + 4, &unit, 4);
	memcpy(p + MODEL_SPANS + 8, by, 12);
	memcpy(p + MODEL_SPANS + 20, &bias, 4);
	for (i = 0; i < n; i++)
		p[size - n + i] = (char)lrint(w->slot[i] / (double)unit);
	sum = seq_checksum(p, size);
	memcpy(p + 16, &sum, 8);
	out->n += size;
}

void
weigh(const struct lexicon *lex, const char *model, char *const *pairs, float bias, double c, struct bs_buf *out)
{
	struct examples x = { .lex = lex };
	struct linear w = { bs_calloc((size_t)1 << SPAN_BITS, sizeof(double)), { 0 } };
	struct seq_model m;
	struct bs_str bytes = bs_map(model);
	const char *wrong = seq_model_read(&m, bytes);

	if (!wrong && m.spans.bits)
		wrong = "weighs spans already";
	if (wrong)
		bs_die(BS_FLAWED, "%s: %s", model, wrong);
	for (; *pairs; pairs += 2) {
		unsigned long line;

		if ((wrong = seq_model_read(&m, bs_map(pairs[0]))) != NULL)
			bs_die(BS_FLAWED, "%s: %s", pairs[0], wrong);
		x.m = &m;
		if ((line = conll_read(bs_map(pairs[1]), sentence, &x)) != 0)
			bs_die(BS_FLAWED, "%s:%lu: not a character, a tab and a tag", pairs[1], line);
	}
	fit(&w, &x, c);
	write_model(bytes, &x.glances, &w, bias, out);
	bs_mem_free(&x.mem);
	free(x.slot);
	free(x.v);
	free(w.slot);
}
