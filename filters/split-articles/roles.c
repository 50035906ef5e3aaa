/* roles.c - which part each block plays on the page. */
#include "roles.h"
#include "many.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const role_names[R_COUNT] = {
	"masthead", "section", "kicker", "headline", "headline2", "subheadline", "byline", "lead", "paragraph",
	"subhead", "caption", "note", "table", "signoff",
};

static int
find(const char *const *names, int n, struct bs_str s)
{
	for (int i = 0; i < n; i++)
		if (s.n && *names[i] == *s.p && bs_is(s, names[i]))
			return i;
	return -1;
}

/* The weight that s says, in the whole of it; false if it is no finite number. */
static bool
number(struct bs_str s, float *v)
{
	char buf[32] = {0}, *end;

	if (s.n == 0 || s.n >= sizeof buf)
		return false;
	memcpy(buf, s.p, s.n);
	*v = strtof(buf, &end);
	return end == buf + s.n && isfinite(*v);
}

/* One line: `emit ROLE FEATURE WEIGHT`, `start ROLE WEIGHT`, `move FROM TO WEIGHT`. */
static bool
read_line(struct weights *w, struct bs_str line)
{
	struct bs_str what = bs_field(&line, ' '), a = bs_field(&line, ' '), b;
	int role = find(role_names, R_COUNT, a), other;

	if (role < 0)
		return false;
	if (bs_is(what, "start"))
		return number(line, &w->start[role]);
	b = bs_field(&line, ' ');
	if (bs_is(what, "emit")) {
		other = find(feature_names, F_COUNT, b);
		return other >= 0 && number(line, &w->emit[other][role]);
	}
	other = find(role_names, R_COUNT, b);
	return other >= 0 && bs_is(what, "move") && number(line, &w->move[role][other]);
}

void
weights_read(struct weights *w, struct bs_str file, const char *path)
{
	struct bs_str line;
	unsigned long no = 0;

	memset(w, 0, sizeof *w);
	for (int k = 0; k < R_LANES; k++) {
		w->start[k] = -INFINITY;
		for (int i = 0; i < R_COUNT; i++)
			w->move[i][k] = -INFINITY;
	}
	while (bs_table_next(&file, &line, &no))
		if (!read_line(w, line))
			bs_die(BS_USAGE, "%s:%lu: not a weight", path, no);
	for (int i = 0; i < R_COUNT; i++)
		for (int k = 0; k < R_LANES; k++)
			w->back[i][k] = k < R_COUNT ? w->move[k][i] : -INFINITY;
}

float
role_score(const struct weights *w, const struct block *b, enum role r)
{
	float sum = 0;

	for (uint64_t f = b->features; f; f &= f - 1)
		sum += w->emit[__builtin_ctzll(f)][r];
	return sum;
}

/* Roles go abreast, four of them in a vector of the compiler's. */
typedef float four __attribute__((vector_size(16)));
#ifndef __SSE2__
typedef int32_t mask __attribute__((vector_size(16)));
#endif

static inline four
load(const float *p)
{
	four v;

	memcpy(&v, p, sizeof v);
	return v;
}

#ifdef __SSE2__
#include <emmintrin.h>

static inline four
larger(four a, four b)
{
	return (four)_mm_max_ps((__m128)a, (__m128)b);
}
#else
static inline four
larger(four a, four b)
{
	mask m = a > b;

	return (four)(((mask)a & m) | ((mask)b & ~m));
}
#endif

/* Adds role_score of all roles to sum. */
static void
add_scores(const struct weights *w, const struct block *b, float *sum)
{
	four v[R_LANES / 4] = {{0}};

	for (uint64_t f = b->features; f; f &= f - 1) {
		const float *e = w->emit[__builtin_ctzll(f)];
		v[0] += load(e);
		v[1] += load(e + 4);
		v[2] += load(e + 8);
		v[3] += load(e + 12);
	}
	for (int k = 0; k < R_LANES / 4; k++) {
		v[k] = load(sum + 4 * k) + v[k];
		memcpy(sum + 4 * k, &v[k], sizeof v[k]);
	}
}

/* Best score of every role for block b, from those of the block before it. */
static void
step(const struct weights *w, const struct block *b, const float *before, float *now)
{
	const four none = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
	four v[R_LANES / 4] = {none, none, none, none};

	for (int p = 0; p < R_COUNT; p++) {
		const float *move = w->move[p];
		four all = {before[p], before[p], before[p], before[p]};
		v[0] = larger(all + load(move), v[0]);
		v[1] = larger(all + load(move + 4), v[1]);
		v[2] = larger(all + load(move + 8), v[2]);
		v[3] = larger(all + load(move + 12), v[3]);
	}
	memcpy(now, v, sizeof v);
	add_scores(w, b, now);
}

/* The role that role r comes from at its best, the first of several; 0 if from none: asked
 * on the way back only, of one role a block. */
static int
from(const struct weights *w, const float *before, int r)
{
	float sum[R_LANES];
	int best = 0;

	for (int p = 0; p < R_LANES; p++) /* several at once */
		sum[p] = before[p] + w->back[r][p];
	for (int p = 1; p < R_COUNT; p++)
		best = sum[p] > sum[best] ? p : best;
	return sum[best] > -INFINITY ? best : 0;
}

#ifdef MANY
_Static_assert(R_LANES == 16, "two vectors of eight");

/* The same as step, eight roles abreast: the same sums in the same order. */
MANY static void
step_many(const struct weights *w, const struct block *b, const float *before, float *now)
{
	__m256 low = _mm256_set1_ps(-INFINITY), high = low, low_sum = _mm256_setzero_ps(), high_sum = low_sum;

	for (int p = 0; p < R_COUNT; p++) {
		__m256 all = _mm256_broadcast_ss(&before[p]);
		low = _mm256_max_ps(_mm256_add_ps(all, _mm256_loadu_ps(w->move[p])), low);
		high = _mm256_max_ps(_mm256_add_ps(all, _mm256_loadu_ps(w->move[p] + 8)), high);
	}
	for (uint64_t f = b->features; f; f &= f - 1) {
		const float *e = w->emit[__builtin_ctzll(f)];
		low_sum = _mm256_add_ps(low_sum, _mm256_loadu_ps(e));
		high_sum = _mm256_add_ps(high_sum, _mm256_loadu_ps(e + 8));
	}
	_mm256_storeu_ps(now, _mm256_add_ps(low, low_sum));
	_mm256_storeu_ps(now + 8, _mm256_add_ps(high, high_sum));
	many_done();
}

/* The same as from. */
MANY static int
from_many(const struct weights *w, const float *before, int r)
{
	__m256 low = _mm256_add_ps(_mm256_loadu_ps(before), _mm256_loadu_ps(w->back[r])),
	       high = _mm256_add_ps(_mm256_loadu_ps(before + 8), _mm256_loadu_ps(w->back[r] + 8)), most = _mm256_max_ps(low, high);
	unsigned best;

	most = _mm256_max_ps(most, _mm256_permute2f128_ps(most, most, 1));
	most = _mm256_max_ps(most, _mm256_permute_ps(most, 0x4e));
	most = _mm256_max_ps(most, _mm256_permute_ps(most, 0xb1)); /* in all lanes */
	best = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(low, most, _CMP_EQ_OQ)) |
	    (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(high, most, _CMP_EQ_OQ)) << 8;
	many_done();
	return __builtin_ctz(best | 1u << R_LANES);
}
#else
static void
step_many(const struct weights *w, const struct block *b, const float *before, float *now)
{
	step(w, b, before, now);
}

static int
from_many(const struct weights *w, const float *before, int r)
{
	return from(w, before, r);
}
#endif

void
roles_decode(struct bs_mem *mem, const struct weights *w, const struct block *b, size_t n, enum role *out)
{
	float (*at)[R_LANES]; /* best score of every role for each block */
	bool many = bs_has_many();
	int best = 0;

	if (n == 0)
		return;
	at = bs_get(mem, n * sizeof *at);
	memcpy(at[0], w->start, sizeof *at);
	add_scores(w, &b[0], at[0]);
	for (size_t i = 1; i < n; i++)
		(many ? step_many : step)(w, &b[i], at[i - 1], at[i]);
	for (int r = 1; r < R_COUNT; r++)
		if (at[n - 1][r] > at[n - 1][best])
			best = r;
	for (size_t i = n; i-- > 0;) {
		out[i] = (enum role)best;
		if (i)
			best = (many ? from_many : from)(w, at[i - 1], best);
	}
}
