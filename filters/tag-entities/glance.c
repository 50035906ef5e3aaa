#include <string.h>

#include "glance.h"
#include "view.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { AHEAD = 12 };  /* characters between asking memory and reading */

typedef int16_t shorts __attribute__((vector_size(16)));

#if defined(__clang__)
#define SHIFTED(v) __builtin_shufflevector(v, (shorts){ 0 }, 1, 2, 3, 4, 5, 6, 7, 8)
#else
#define SHIFTED(v) __builtin_shuffle(v, (shorts){ 0 }, (shorts){ 1, 2, 3, 4, 5, 6, 7, 8 })
#endif

/* The weights of a character, or of two, as the halves of words; nothing where there is no such row. */
static inline shorts
row(const struct glance *g, uint32_t a, uint32_t b)
{
	uint64_t h = glance_hash(a, b), v;
	uint16_t check;

	memcpy(&v, g->rows + (size_t)GLANCE_ROW * glance_row(h, g->bits), sizeof(v));
	check = (uint16_t)(v >> 8 * GLANCE_CHECK);
	v &= ((uint64_t)1 << 8 * GLANCE_LANES) - 1;
	v &= 0 - (uint64_t)(check == glance_check(h));
#if defined(__SSE2__)
	{
		__m128i x = _mm_cvtsi64_si128((long long)v);

		return (shorts)_mm_srai_epi16(_mm_unpacklo_epi8(_mm_setzero_si128(), x), 8);
	}
#else
	{
		shorts out;
		unsigned k;

		for (k = 0; k < 8; k++)
			out[k] = (int8_t)(v >> 8 * k & 0xFF);
		return out;
	}
#endif
}

/* Asks memory for the rows of character i. */
static inline void
ask(const struct glance *g, const struct ent_text *t, int64_t i)
{
	uint32_t a = glance_char(t, i), b = glance_char(t, i + 1);

	__builtin_prefetch(g->rows + (size_t)GLANCE_ROW * glance_row(glance_hash(a, 0), g->bits));
	__builtin_prefetch(g->rows + (size_t)GLANCE_ROW * glance_row(glance_hash(a, b), g->bits));
}

/* What characters say for those around them: a window of sums moves along. */
static void
characters(const struct glance *g, const struct ent_text *t, int16_t *score)
{
	shorts sum = { 0 };
	uint32_t a = '\n', b;
	int64_t i;

	for (i = -1; i < (int64_t)t->n + GLANCE_AROUND; i++, a = b) {
		b = glance_char(t, i + 1);
		ask(g, t, i + AHEAD);
		if (i <= (int64_t)t->n)
			sum += row(g, a, 0);
		if (i < (int64_t)t->n)
			sum += row(g, a, b);
		if (i >= GLANCE_AROUND)
			score[i - GLANCE_AROUND] = sum[0];
		sum = SHIFTED(sum);
	}
}

struct glance_token
glance_token(const struct feat_view *v, size_t k, unsigned at)
{
	const struct word *w = &v->w[k];
	unsigned first = at == 0 || at == 3, last = at >= 2;

	return (struct glance_token){
		(uint16_t)(GLANCE_OWN + 4U * w->class + at), (uint16_t)(GLANCE_BEFORE + 2U * (w - 1)->class + first), (uint16_t)(GLANCE_AFTER + 2U * w[1].class + last),
		(uint16_t)(GLANCE_SUFFIX + GLANCE_REACH * w->suffix + w->place)
	};
}

static inline int16_t
token_score(const struct glance *g, const struct feat_view *v, size_t k, unsigned at)
{
	struct glance_token x = glance_token(v, k, at);

	return (int16_t)(g->others[x.own] + g->others[x.before] + g->others[x.after] + g->others[x.suffix]);
}

/* What tokens say for their characters. */
static void
tokens(const struct glance *g, const struct feat_view *v, int16_t *score)
{
	size_t k;

	for (k = 0; k < v->r->n; k++) {
		uint32_t b = v->r->v[k].b, e = v->r->v[k].e, i;
		int16_t inside;

		if (e - b == 1) {
			score[b] = (int16_t)(score[b] + token_score(g, v, k, 3));
			continue;
		}
		score[b] = (int16_t)(score[b] + token_score(g, v, k, 0));
		score[e - 1] = (int16_t)(score[e - 1] + token_score(g, v, k, 2));
		if (e - b == 2)
			continue;
		inside = token_score(g, v, k, 1);
		for (i = b + 1; i + 1 < e; i++)
			score[i] = (int16_t)(score[i] + inside);
	}
}

/* What the rules say. */
static void
rules_say(const struct glance *g, const struct ent_spans *rules, uint32_t n, int16_t *score)
{
	const signed char *by = g->others + GLANCE_RULE;
	uint32_t i;
	size_t k;

	for (k = 0; k < rules->n; k++) {
		const struct ent_span *s = &rules->v[k];

		for (i = s->b; i < s->e; i++) {
			const signed char *w = by + 3 * glance_rule(s, i);

			score[i] = (int16_t)(score[i] + w[1]);
			if (i + 1 < n)
				score[i + 1] = (int16_t)(score[i + 1] + w[0]);
			if (i > 0)
				score[i - 1] = (int16_t)(score[i - 1] + w[2]);
		}
	}
}

struct feat_stretch *
glance_stretches(const struct glance *g, const struct feat_view *v, const struct ent_spans *rules, struct bs_mem *mem, size_t *n)
{
	uint32_t len = v->n, i, b;
	int16_t *score = bs_get(mem, (len + 1) * sizeof(*score));
	struct feat_stretch *out = bs_get(mem, (len / 2 + 1) * sizeof(*out));
	bool high;

	characters(g, v->r->t, score);
	tokens(g, v, score);
	rules_say(g, rules, len, score);
	*n = 0;
	for (i = 0; i < len; i++) {
		if (score[i] < g->low)
			continue;
		for (b = i, high = false; i < len && score[i] >= g->low; i++)
			high = high || score[i] >= g->high;
		if (high)
			out[(*n)++] = (struct feat_stretch){ b, i };
	}
	return out;
}
