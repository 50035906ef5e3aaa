#include <stdlib.h>

#include "resolve.h"

/* Labels from the surest to the least sure. */
static int
rank(enum ent_label label)
{
	static const int ranks[ENT_LABELS] = {
		[ENT_URL] = 0, [ENT_EMAIL] = 1, [ENT_PHONE] = 2, [ENT_WORK] = 3, [ENT_TIME] = 4, [ENT_MONEY] = 5, [ENT_PERCENT] = 6,
		[ENT_ORG] = 7, [ENT_LOC] = 8, [ENT_PER] = 9, [ENT_QUANTITY] = 10, [ENT_ORDINAL] = 11, [ENT_TITLE] = 12
	};

	return ranks[label];
}

static int
stronger(const void *pa, const void *pb)
{
	const struct ent_span *a = pa, *b = pb;
	uint32_t la = a->e - a->b, lb = b->e - b->b;

	if (la != lb)
		return la > lb ? -1 : 1;
	if (a->label != b->label)
		return rank(a->label) - rank(b->label);
	return a->b < b->b ? -1 : a->b > b->b;
}

static int
earlier(const void *pa, const void *pb)
{
	const struct ent_span *a = pa, *b = pb;

	return a->b < b->b ? -1 : a->b > b->b;
}

enum { FEW = 16 };

static void
sort_few(struct ent_span *v, size_t n, int (*order)(const void *, const void *))
{
	size_t i, j;

	for (i = 1; i < n; i++) {
		struct ent_span s = v[i];

		for (j = i; j > 0 && order(&v[j - 1], &s) > 0; j--)
			v[j] = v[j - 1];
		v[j] = s;
	}
}

/* ent_resolve where there are few, as nearly always: each is held against those that stay. */
static void
resolve_few(struct ent_spans *spans)
{
	size_t i, j, k = 0;

	sort_few(spans->v, spans->n, stronger);
	for (i = 0; i < spans->n; i++) {
		struct ent_span s = spans->v[i];

		for (j = 0; j < k; j++)
			if ((s.b > spans->v[j].b ? s.b : spans->v[j].b) < (s.e < spans->v[j].e ? s.e : spans->v[j].e))
				break;
		if (j == k)
			spans->v[k++] = s;
	}
	spans->n = k;
	sort_few(spans->v, k, earlier);
}

void
ent_resolve(struct ent_spans *spans)
{
	uint32_t end = 0;
	size_t i, k = 0;
	bool *taken;

	if (spans->n <= FEW) {
		resolve_few(spans);
		return;
	}
	qsort(spans->v, spans->n, sizeof(*spans->v), stronger);
	for (i = 0; i < spans->n; i++)
		if (spans->v[i].e > end)
			end = spans->v[i].e;
	taken = bs_calloc(end + 1, sizeof(*taken));
	for (i = 0; i < spans->n; i++) {
		struct ent_span s = spans->v[i];
		uint32_t c = s.b;

		while (c < s.e && !taken[c])
			c++;
		if (c < s.e)
			continue;
		for (c = s.b; c < s.e; c++)
			taken[c] = true;
		spans->v[k++] = s;
	}
	free(taken);
	spans->n = k;
	qsort(spans->v, k, sizeof(*spans->v), earlier);
}
