#include <string.h>

#include "model.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef int16_t shorts __attribute__((vector_size(16)));

enum { AHEAD = 2, RING = 4 };  /* characters between asking memory and reading */

/* The features of a character: their lines, asked from memory. */
struct asked {
	const unsigned char *line[FEAT_MAX];
	uint32_t check[FEAT_MAX];
	unsigned n;
};

static inline void
ask(const struct seq_model *m, struct feat_view *v, uint32_t i, struct asked *a)
{
	uint64_t f[FEAT_MAX];
	unsigned k;

	a->n = feat_at(v, i, f);
	for (k = 0; k < a->n; k++) {
		a->line[k] = m->rows + (size_t)seq_line(f[k], m->lines) * MODEL_LINE;
		__builtin_prefetch(a->line[k]);
		a->check[k] = seq_check(f[k]);
	}
}

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
find(const struct asked *a, const unsigned char *row[FEAT_MAX])
{
	static const uint8_t start[1 << MODEL_ROWS] = {
		0, 0, MODEL_ROW, 0, 2 * MODEL_ROW, 0, MODEL_ROW, 0, 3 * MODEL_ROW, 0, MODEL_ROW, 0, 2 * MODEL_ROW, 0, MODEL_ROW, 0
	};
	unsigned k, n = 0;

	for (k = 0; k < a->n; k++) {
		unsigned found = which(a->line[k], a->check[k]);

		row[n] = a->line[k] + start[found];
		n += found != 0;
	}
	return n;
}

/* What the features say for each label. The bytes of the rows are added by
 * twos, as the halves of words: the odd ones, and the even ones. */
static inline void
add(const struct asked *a, int16_t out[SEQ_LANES])
{
	const unsigned char *row[FEAT_MAX];
	shorts odd = { 0 }, even = { 0 }, v;
	unsigned k, n = find(a, row);

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
give(const struct seq_model *m, const struct asked *a, int16_t out[SEQ_LANES])
{
	if (a->n)
		add(a, out);
	else
		only_o(m, out);
}

void
seq_emit(const struct seq_model *m, struct feat_view *v, int16_t (*out)[SEQ_LANES])
{
	struct asked a[RING];
	uint32_t at[RING];
	size_t n, k, in = 0, done;
	const struct feat_stretch *s = feat_stretches(v, &n);

	for (k = 0; k < n; k++) {
		uint32_t i;

		for (i = s[k].b; i < s[k].e; i++, in++) {
			at[in % RING] = i;
			ask(m, v, i, &a[in % RING]);
			if (in >= AHEAD)
				give(m, &a[(in - AHEAD) % RING], out[at[(in - AHEAD) % RING]]);
		}
	}
	for (done = in > AHEAD ? in - AHEAD : 0; done < in; done++)
		give(m, &a[done % RING], out[at[done % RING]]);
}
