#include <math.h>
#include <string.h>

#include "spans.h"

enum {
	NEAR = 24,          /* spans on either side that are asked about */
	GAP = 6             /* characters to a neighbour */
};
#define SURE 5.0F      /* nats of odds from which a span without rivals needs no second look */
#define FAINT -3.0F    /* below them none is worth one: of two hundred one would pass, and be right as often as not */

static inline uint64_t
both(uint64_t a, uint64_t b)
{
	return feat_mix(a ^ 0x5851F42D4C957F2DU) + b;
}

/* Hash of the characters [b, e), which may lie outside the text. */
static uint64_t
string(const struct ent_text *t, int64_t b, int64_t e)
{
	uint64_t h = 1;

	for (; b < e; b++)
		h = (h ^ (b >= 0 && b < (int64_t)t->n ? t->cp[b] : 0)) * 0x9E3779B97F4A7C15U;
	return h ^ h >> 31;
}

/* Odds in steps of so many nats. */
static inline uint64_t
steps(float odds, float nats)
{
	float q = rintf(odds / nats);

	return (uint64_t)(q < -9 ? 0 : q > 9 ? 18 : q + 9);
}

/* A span being asked about, and the features that it has so far. */
struct asking {
	const struct span_view *v;
	const struct span *s;
	size_t first, last;      /* the spans around */
	uint64_t *out;
	unsigned n;
	uint64_t len, fits;      /* 1: begins as a token does, 2: ends as one does */
	size_t t0, t1;           /* its first and last token */
};

static inline void
put(struct asking *a, unsigned kind, uint64_t x)
{
	a->out[a->n++] = feat_mix(both((uint64_t)kind << 2 | a->s->type, x));
}

static uint64_t
word(const struct asking *a, size_t k)
{
	const struct ent_reading *r = a->v->r;

	return k < r->n ? string(r->t, r->v[k].b, r->v[k].e) : 7;
}

static uint64_t
kind_of(const struct asking *a, size_t k)
{
	const struct ent_reading *r = a->v->r;

	return k < r->n ? (uint64_t)r->v[k].kind << 8 | (unsigned char)r->v[k].tag : 0xFFFF;
}

/* Its string, whole and in parts, and the characters beside it. */
static void
characters(struct asking *a)
{
	const struct ent_text *t = a->v->r->t;
	int64_t b = a->s->b, e = a->s->e, n = e - b;
	uint64_t w = string(t, b, e), l = string(t, b - 1, b), r = string(t, e, e + 1), last = string(t, e - 1, e), first = string(t, b, b + 1);
	uint64_t end = string(t, n > 2 ? e - 2 : b, e), begin = string(t, b, n > 2 ? b + 2 : e);

	put(a, 1, w);
	put(a, 2, both(w, l));
	put(a, 3, both(w, r));
	put(a, 4, a->len);
	put(a, 5, both(first, a->len));
	put(a, 6, both(begin, a->len < 5 ? a->len : 5));
	put(a, 7, both(last, a->len));
	put(a, 8, end);
	put(a, 9, string(t, n > 3 ? e - 3 : b, e));
	put(a, 10, string(t, b, n > 3 ? b + 3 : e));
	put(a, 11, both(first, last));
	put(a, 12, both(begin, end));
	put(a, 13, l);
	put(a, 14, string(t, b - 2, b));
	put(a, 15, r);
	put(a, 16, string(t, e, e + 2));
	put(a, 17, both(l, r));
	put(a, 18, string(t, b - 3, b));
	put(a, 19, string(t, e, e + 3));
	put(a, 20, both(last, r));
	put(a, 21, both(l, first));
	put(a, 22, both(end, r));
	put(a, 23, both(l, last));
}

/* Its words, and the words beside it. */
static void
words(struct asking *a)
{
	uint64_t kinds = a->fits, w0 = word(a, a->t0), w1 = word(a, a->t1), l = word(a, a->t0 - 1), r = word(a, a->t1 + 1);
	uint64_t lk = kind_of(a, a->t0 - 1), rk = kind_of(a, a->t1 + 1);
	size_t k, n = a->t1 - a->t0 + 1;

	for (k = a->t0; k <= a->t1; k++)
		kinds = both(kinds, kind_of(a, k));
	put(a, 24, kinds);
	put(a, 25, a->fits << 4 | (n < 6 ? n : 6));
	put(a, 26, both(w1, a->fits));
	put(a, 27, both(w0, a->fits));
	put(a, 28, both(w1, n > 1 ? kind_of(a, a->t1 - 1) : 1));
	put(a, 29, both(kind_of(a, a->t0), kind_of(a, a->t1) << 8 | a->fits << 4 | (n < 4 ? n : 4)));
	for (k = a->t0 + 1; k < a->t1 && k < a->t0 + 5; k++)
		put(a, 30, word(a, k));
	put(a, 31, l);
	put(a, 32, r);
	put(a, 33, lk);
	put(a, 34, rk);
	put(a, 35, both(lk, rk));
	put(a, 36, both(kinds, lk << 16 | rk));
	put(a, 37, both(l, r));
	put(a, 38, both(l, w1));
	put(a, 39, both(r, w1));
	put(a, 40, both(word(a, a->t0 - 2), l));
	put(a, 41, both(r, word(a, a->t1 + 2)));
	put(a, 42, word(a, a->t0 - 2));
	put(a, 43, word(a, a->t1 + 2));
}

/* The first of the spans, which do not overlap, that ends beyond b. */
static size_t
first_beyond(const struct ent_spans *v, uint32_t b)
{
	size_t low = 0, high = v->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (v->v[mid].e > b)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

/* What lists and rules know of it, and how sure the field is. */
static void
known(struct asking *a)
{
	const struct span *s = a->s;
	unsigned list = name_known(a->v->r->t, a->v->names, s->b, s->e);
	uint64_t same = 0, over = 0;
	size_t k;

	for (k = first_beyond(a->v->rules, s->b); k < a->v->rules->n && a->v->rules->v[k].b < s->e; k++) {
		const struct ent_span *x = &a->v->rules->v[k];

		if (x->b == s->b && x->e == s->e)
			same = x->label + 1U;
		else
			over |= 1U << x->label;
	}
	put(a, 44, list);
	put(a, 45, list & 7);
	put(a, 46, (uint64_t)list >> 3 << 8 | a->len);
	put(a, 47, same);
	put(a, 48, over);
	put(a, 49, steps(s->odds, 1));
	put(a, 50, steps(s->odds, 1) << 8 | a->len);
	put(a, 51, steps(s->odds, 2) << 8 | (list & 7));
	put(a, 52, steps(s->odds, 2) << 8 | a->fits);
	put(a, 53, a->fits);
	put(a, 54, 0);
}

/* The spans that it competes with. */
static void
rivals(struct asking *a)
{
	const struct span *s = a->s, *x;
	float same[3] = { -9, -9, -9 }, best[3] = { -9, -9, -9 };
	uint64_t how[3] = { 0, 0, 0 };
	unsigned k;

	for (x = a->v->all->v + a->first; x <= a->v->all->v + a->last; x++) {
		if (x->b >= s->e || x->e <= s->b || x == s)
			continue;
		if (x->b == s->b && x->e == s->e) {
			same[x->type] = x->odds;
			continue;
		}
		k = x->b <= s->b && x->e >= s->e ? 1 : x->b >= s->b && x->e <= s->e ? 0 : 2;
		if (x->odds > best[k]) {
			best[k] = x->odds;
			how[k] = 1 + (x->type * 4U | (x->b == s->b) * 2U | (x->e == s->e));
		}
	}
	put(a, 55, steps(same[0], 1.5F) << 16 | steps(same[1], 1.5F) << 8 | steps(same[2], 1.5F));
	for (k = 0; k < 3; k++)
		put(a, 56 + k, how[k] << 8 | steps(best[k], 1.5F));
}

/* Whether the text between two names makes them members of a list. */
static bool
lists(const struct ent_text *t, uint32_t b, uint32_t e)
{
	return e == b || (e == b + 1 && (t->cp[b] == 0x3001 || t->cp[b] == 0x548C || t->cp[b] == 0x4E0E || t->cp[b] == 0x53CA));
}

/* The likeliest neighbours, and the same string elsewhere. */
static void
others(struct asking *a)
{
	const struct ent_text *t = a->v->r->t;
	const struct span *s = a->s, *x, *l = NULL, *r = NULL, *o = NULL;
	uint32_t gap;

	for (x = a->v->all->v + a->first; x <= a->v->all->v + a->last; x++) {
		if (x->e - x->b == s->e - s->b && x->b != s->b && memcmp(t->cp + x->b, t->cp + s->b, (s->e - s->b) * sizeof(*t->cp)) == 0
		    && (!o || x->odds > o->odds))
			o = x;
		if (x->odds <= -1)
			continue;
		if (x->e <= s->b && s->b - x->e <= GAP && (!l || x->e > l->e || (x->e == l->e && x->odds > l->odds)))
			l = x;
		if (x->b >= s->e && x->b - s->e <= GAP && (!r || x->b < r->b || (x->b == r->b && x->odds > r->odds)))
			r = x;
	}
	put(a, 59, o ? 1 + (o->type * 32U + steps(o->odds, 2)) : 0);
	if (l) {
		gap = s->b - l->e;
		put(a, 60, both(string(t, l->e, l->e + (gap < 3 ? gap : 3)), l->type));
		put(a, 61, l->type * 8U + gap);
		put(a, 62, both(string(t, l->e, l->e + (gap < 2 ? gap : 2)), l->type + t->cp[s->e - 1] * 4ULL));
		put(a, 63, lists(t, l->e, s->b) ? 1 + (l->type * 32U + steps(l->odds, 2)) : 0);
	} else
		put(a, 64, 0);
	if (r) {
		gap = r->b - s->e;
		put(a, 65, both(string(t, s->e, s->e + (gap < 3 ? gap : 3)), r->type));
		put(a, 66, r->type * 8U + gap);
		put(a, 67, lists(t, s->e, r->b) ? 1 + (r->type * 32U + steps(r->odds, 2)) : 0);
	} else
		put(a, 68, 0);
}

void
span_prepare(struct span_view *v, const struct ent_reading *r, const struct name_set *names, const struct ent_spans *rules, const struct span_set *all,
    struct bs_mem *mem)
{
	uint32_t *token = bs_get(mem, (r->t->n + 1) * sizeof(*token)), i;
	size_t k;

	memset(token, 0, (r->t->n + 1) * sizeof(*token));
	for (k = 0; k < r->n; k++)
		for (i = r->v[k].b; i < r->v[k].e; i++)
			token[i] = (uint32_t)k;
	*v = (struct span_view){ r, names, rules, all, token };
}

unsigned
span_features(const struct span_view *v, size_t k, uint64_t out[SPAN_FEATURES])
{
	const struct span *s = &v->all->v[k];
	struct asking a = { .v = v, .s = s, .out = out };

	a.first = k > NEAR ? k - NEAR : 0;
	a.last = k + NEAR < v->all->n ? k + NEAR : v->all->n - 1;
	a.len = s->e - s->b < 12 ? s->e - s->b : 12;
	a.t0 = v->token[s->b];
	a.t1 = v->token[s->e - 1];
	a.fits = (v->r->v[a.t0].b == s->b) | (v->r->v[a.t1].e == s->e) * 2U;
	characters(&a);
	words(&a);
	known(&a);
	rivals(&a);
	others(&a);
	return a.n;
}

/* How many of the spans in order of their ends end at b or before. */
static size_t
before(const struct span_set *all, const uint32_t *order, size_t n, uint32_t b)
{
	while (n > 0 && all->v[order[n - 1]].e > b)
		n--;
	return n;
}

size_t
spans_best(const struct span_set *all, uint32_t *keep, struct bs_mem *mem)
{
	uint32_t *order = bs_get(mem, (all->n + 1) * sizeof(*order));
	float *best = bs_get(mem, (all->n + 1) * sizeof(*best));
	size_t i, j, n = 0, kept = 0;

	for (i = 0; i < all->n; i++) {
		if (all->v[i].score <= 0)
			continue;
		for (j = n++; j > 0 && all->v[order[j - 1]].e > all->v[i].e; j--)
			order[j] = order[j - 1];
		order[j] = (uint32_t)i;
	}
	best[0] = 0;
	for (i = 0; i < n; i++) {
		float with = best[before(all, order, i, all->v[order[i]].b)] + all->v[order[i]].score;

		best[i + 1] = with > best[i] ? with : best[i];
	}
	for (i = n; i > 0; i--)
		if (best[i] > best[i - 1]) {
			keep[kept++] = order[i - 1];
			i = before(all, order, i - 1, all->v[order[i - 1]].b) + 1;
		}
	for (i = 0, j = kept; i + 1 < j; i++) {
		uint32_t swap = keep[--j];

		keep[j] = keep[i];
		keep[i] = swap;
	}
	return kept;
}

/* The features of a span, and their weights, asked from memory. */
struct weighed {
	const signed char *slot[SPAN_FEATURES];
	unsigned n;
	struct span *s;          /* NULL: none */
};

static void
ask(const struct seq_model *m, const struct span_view *v, size_t k, struct weighed *w)
{
	uint64_t f[SPAN_FEATURES];
	unsigned i;

	w->n = span_features(v, k, f);
	w->s = &v->all->v[k];
	for (i = 0; i < w->n; i++) {
		w->slot[i] = m->spans.slot + (f[i] >> (64 - m->spans.bits));
		__builtin_prefetch(w->slot[i]);
	}
}

static void
weigh(const struct seq_model *m, const struct weighed *w)
{
	unsigned i;
	int sum = 0;

	if (!w->s)
		return;
	for (i = 0; i < w->n; i++)
		sum += *w->slot[i];
	w->s->score = (float)sum * m->spans.unit + w->s->odds * m->spans.by_odds[w->s->type] + m->spans.bias;
}

/* Scores of all spans: of those that are worth it from a second look, each while memory is asked for the next one. */
static void
scores(const struct seq_model *m, const struct span_view *v, const struct span_set *all)
{
	struct weighed w[2]; /* large, and filled as it goes */
	uint32_t end = 0;
	size_t i, turn = 0;

	w[0].s = w[1].s = NULL;
	for (i = 0; i < all->n; i++) {
		struct span *s = &all->v[i];
		bool alone = s->b >= end && (i + 1 == all->n || all->v[i + 1].b >= s->e);

		end = s->e > end ? s->e : end;
		s->score = s->odds;
		if (s->odds < FAINT || (alone && s->odds > SURE))
			continue;
		ask(m, v, i, &w[turn & 1]);
		weigh(m, &w[++turn & 1]);
	}
	weigh(m, &w[++turn & 1]);
}

void
spans_tag(const struct seq_model *m, const struct ent_reading *r, const struct ent_spans *rules, struct bs_mem *mem, struct ent_spans *out)
{
	struct span_set all = { NULL, 0, 0 };
	struct span_view v;
	uint32_t *keep;
	size_t n, i;

	spans_possible(m, feat_prepare(r, mem, &m->names, rules, &m->glance), r->t->n, mem, &all);
	span_prepare(&v, r, &m->names, rules, &all, mem);
	scores(m, &v, &all);
	keep = bs_get(mem, (all.n + 1) * sizeof(*keep));
	n = spans_best(&all, keep, mem);
	for (i = 0; i < n; i++) {
		const struct span *s = &all.v[keep[i]];
		long percent = lrintf(100 / (1 + expf(m->spans.bias - s->score)));
		struct ent_span new = { s->b, s->e, (enum ent_label)s->type, BS_S(""), (uint8_t)(percent < 1 ? 1 : percent), false };

		ent_put(out, &new);
	}
}
