#include <string.h>

#include "many.h"
#include "model.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef int16_t shorts __attribute__((vector_size(16)));

enum { AHEAD = 2, RING = 4 };  /* characters between asking memory and reading */

/* The features of a character, and where in the rows their lines begin. */
struct asked {
	uint64_t f[(FEAT_MAX + 3) / 4 * 4];
	uint64_t line[(FEAT_MAX + 3) / 4 * 4];
	unsigned n;
};

/* Where the row of a feature begins in its line, by the rows whose check is the one wanted. */
static const uint8_t start[1 << MODEL_ROWS] = {
	0, 0, MODEL_ROW, 0, 2 * MODEL_ROW, 0, MODEL_ROW, 0, 3 * MODEL_ROW, 0, MODEL_ROW, 0, 2 * MODEL_ROW, 0, MODEL_ROW, 0
};

/* A bit for each row of a line whose check is the one wanted. */
static inline unsigned
which(const unsigned char *line, uint32_t check)
{
#if defined(__SSE2__)
	__m128i checks = _mm_loadu_si128((const __m128i *)(const void *)(line + MODEL_CHECKS));

	return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpeq_epi32(checks, _mm_set1_epi32((int)check))));
#else
	uint32_t checks[MODEL_ROWS];
	unsigned k, found = 0;

	memcpy(checks, line + MODEL_CHECKS, sizeof(checks));
	for (k = 0; k < MODEL_ROWS; k++)
		found |= (unsigned)(checks[k] == check) << k;
	return found;
#endif
}

/* The rows of the features that the model has; how many. */
static inline unsigned
find(const struct seq_model *m, const struct asked *a, const unsigned char *row[FEAT_MAX])
{
	unsigned k, n = 0;

	for (k = 0; k < a->n; k++) {
		const unsigned char *line = m->rows + a->line[k];
		unsigned found = which(line, seq_check(a->f[k]));

		row[n] = line + start[found];
		n += found != 0;
	}
	return n;
}

static inline void
lines(const struct seq_model *m, struct asked *a)
{
	unsigned k;

	for (k = 0; k < a->n; k++)
		a->line[k] = (uint64_t)seq_line(a->f[k], m->lines) * MODEL_LINE;
}

/* What the features say for each label. The bytes of the rows are added by
 * twos, as the halves of words: the odd ones, and the even ones. */
static inline void
add(const struct seq_model *m, const struct asked *a, int16_t out[SEQ_LANES])
{
	const unsigned char *row[FEAT_MAX];
	shorts odd = { 0 }, even = { 0 }, v;
	unsigned k, n = find(m, a, row);

	for (k = 0; k < n; k++) {
		memcpy(&v, row[k], sizeof(v)); /* four bytes more than the row has: they are not looked at */
		odd += v >> 8;
		even += v << 8 >> 8;
	}
	out[0] = out[7] = out[14] = out[15] = 0;
	for (k = 0; k < 3; k++) {
		out[1 + 2 * k] = even[k];
		out[2 + 2 * k] = odd[k];
		out[8 + 2 * k] = even[3 + k];
		out[9 + 2 * k] = odd[3 + k];
	}
}

#ifdef MANY
/* The same as lines, four at a time. */
MANY static void
lines_many(const struct seq_model *m, struct asked *a)
{
	const __m256i by = _mm256_set1_epi64x(m->lines);
	unsigned k;

	for (k = 0; k < a->n; k += 4) {
		__m256i f = _mm256_loadu_si256((const __m256i *)(const void *)(a->f + k));

		f = _mm256_srli_epi64(_mm256_mul_epu32(_mm256_srli_epi64(f, 32), by), 32);
		_mm256_storeu_si256((__m256i *)(void *)(a->line + k), _mm256_slli_epi64(f, 6));
	}
	many_done();
}
_Static_assert(MODEL_LINE == 64 && MODEL_ROW == 12, "as lines_many and add_many have it");

/* The same sums as those of add, all twelve weights of a row at a time; that there is no row is as good as random, and nothing
 * branches on it. */
MANY static void
add_many(const struct seq_model *m, const struct asked *a, int16_t out[SEQ_LANES])
{
	static const alignas(16) int64_t all[1 << MODEL_ROWS][2] = {
		{ 0, 0 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 },
		{ -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 }
	};
	const __m128i odd = _mm_set1_epi32(1);
	__m256i sum = _mm256_setzero_si256();
	__m128i low, high;
	unsigned k;

	for (k = 0; k < a->n; k++) {
		const unsigned char *line = m->rows + a->line[k];
		__m128i wanted = _mm_or_si128(_mm_set1_epi32((int)(uint32_t)a->f[k]), odd); /* seq_check */
		__m128i same = _mm_cmpeq_epi32(_mm_loadu_si128((const __m128i *)(const void *)(line + MODEL_CHECKS)), wanted);
		unsigned found = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(same));
		__m128i row = _mm_loadu_si128((const __m128i *)(const void *)(line + start[found]));

		row = _mm_and_si128(row, _mm_load_si128((const __m128i *)(const void *)all[found]));
		sum = _mm256_add_epi16(sum, _mm256_cvtepi8_epi16(row));
	}
	low = _mm256_castsi256_si128(sum);
	high = _mm256_extracti128_si256(sum, 1);
	_mm_storeu_si128((__m128i *)(void *)out, _mm_and_si128(_mm_slli_si128(low, 2), _mm_set_epi16(0, -1, -1, -1, -1, -1, -1, 0)));
	_mm_storeu_si128((__m128i *)(void *)(out + 8), _mm_and_si128(_mm_alignr_epi8(high, low, 12), _mm_set_epi16(0, 0, -1, -1, -1, -1, -1, -1)));
	many_done();
}
#else
static void
lines_many(const struct seq_model *m, struct asked *a)
{
	lines(m, a);
}

static void
add_many(const struct seq_model *m, const struct asked *a, int16_t out[SEQ_LANES])
{
	add(m, a, out);
}
#endif

static inline void
ask(const struct seq_model *m, struct feat_view *v, uint32_t i, bool many, struct asked *a)
{
	unsigned k;

	a->n = feat_at(v, i, a->f);
	if (many)
		lines_many(m, a);
	else
		lines(m, a);
	for (k = 0; k < a->n; k++)
		__builtin_prefetch(m->rows + a->line[k]);
}

/* Of a character without features. */
static inline void
only_o(const struct seq_model *m, int16_t out[SEQ_LANES])
{
	float most = FEAT_SURE / m->unit;
	unsigned k;

	out[0] = 0;
	for (k = 1; k < SEQ_LANES; k++)
		out[k] = (int16_t)-(most < 10000 ? most : 10000);
}

static inline void
give(const struct seq_model *m, const struct asked *a, bool many, int16_t out[SEQ_LANES])
{
	if (!a->n)
		only_o(m, out);
	else if (many)
		add_many(m, a, out);
	else
		add(m, a, out);
}

void
seq_emit(const struct seq_model *m, struct feat_view *v, int16_t (*out)[SEQ_LANES])
{
	struct asked a[RING];
	uint32_t at[RING];
	size_t n, k, in = 0, done;
	const struct feat_stretch *s = feat_stretches(v, &n);
	const bool many = bs_has_many();

	for (k = 0; k < n; k++) {
		uint32_t i;

		for (i = s[k].b; i < s[k].e; i++, in++) {
			at[in % RING] = i;
			ask(m, v, i, many, &a[in % RING]);
			if (in >= AHEAD)
				give(m, &a[(in - AHEAD) % RING], many, out[at[(in - AHEAD) % RING]]);
		}
	}
	for (done = in > AHEAD ? in - AHEAD : 0; done < in; done++)
		give(m, &a[done % RING], many, out[at[done % RING]]);
}
