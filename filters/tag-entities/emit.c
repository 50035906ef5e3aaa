#include <string.h>

#include "model.h"

typedef uint32_t words __attribute__((vector_size(16)));
typedef int16_t shorts __attribute__((vector_size(16)));

#if defined(__clang__)
#define FIRST_TO_ALL(v) __builtin_shufflevector(v, v, 0, 0, 0, 0)
#else
#define FIRST_TO_ALL(v) __builtin_shuffle(v, (words){ 0, 0, 0, 0 })
#endif

/* The features of a character: their lines, asked from memory. */
struct asked {
	const unsigned char *line[FEAT_MAX];
	uint32_t check[FEAT_MAX];
	unsigned n;
};

static inline void
ask(const struct seq_model *m, const struct feat_view *v, uint32_t i, struct asked *a)
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

/* Row k of a line if its check is the one wanted, else zeros. */
static inline void
take(const unsigned char *line, unsigned k, words check, words *found)
{
	words row, same;

	memcpy(&row, line + MODEL_ROW * k, sizeof(row));
	same = (words)((row & 0xFFFFFF) == check);
	*found |= row & FIRST_TO_ALL(same);
}

/* What the features say for each label. The bytes of the rows are added by
 * twos, as the upper halves of words: the odd ones, and then the even ones. */
static inline void
add(const struct asked *a, int16_t out[SEQ_LANES])
{
	shorts odd = { 0 }, even = { 0 };
	int16_t sum[MODEL_ROW];
	unsigned k;

	for (k = 0; k < a->n; k++) {
		const words check = (words){ 0 } + a->check[k];
		words found = { 0 };

		take(a->line[k], 0, check, &found);
		take(a->line[k], 1, check, &found);
		take(a->line[k], 2, check, &found);
		take(a->line[k], 3, check, &found);
		odd += (shorts)found >> 8;
		even += (shorts)found << 8 >> 8;
	}
	for (k = 0; k < MODEL_ROW / 2; k++) {
		sum[2 * k] = even[k];
		sum[2 * k + 1] = odd[k];
	}
	for (k = 0; k < SEQ_LANES; k++)
		out[k] = sum[MODEL_LANE + seq_labels[k]];
}

#define EMIT(add) \
	struct asked a[2]; \
	uint32_t i; \
\
	for (i = 0; i <= n; i++) { \
		if (i < n) \
			ask(m, v, i, &a[i & 1]); \
		if (i > 0) \
			add(&a[~i & 1], out[i - 1]); \
	}

static void
emit(const struct seq_model *m, const struct feat_view *v, uint32_t n, int16_t (*out)[SEQ_LANES])
{
	EMIT(add)
}

#if defined(__x86_64__)
/* The same for machines with vectors of two rows. */
typedef uint32_t words2 __attribute__((vector_size(32)));
typedef int16_t shorts2 __attribute__((vector_size(32)));

#if defined(__clang__)
#define FIRSTS_TO_ALL(v) __builtin_shufflevector(v, v, 0, 0, 0, 0, 4, 4, 4, 4)
#else
#define FIRSTS_TO_ALL(v) __builtin_shuffle(v, (words2){ 0, 0, 0, 0, 4, 4, 4, 4 })
#endif

__attribute__((target("avx2"))) static inline void
add2(const struct asked *a, int16_t out[SEQ_LANES])
{
	shorts2 odd = { 0 }, even = { 0 };
	int16_t sum[MODEL_ROW];
	unsigned k;

	for (k = 0; k < a->n; k++) {
		const words2 check = (words2){ 0 } + a->check[k];
		words2 low, high, same;

		memcpy(&low, a->line[k], sizeof(low));
		memcpy(&high, a->line[k] + sizeof(low), sizeof(high));
		same = (words2)((low & 0xFFFFFF) == check);
		low &= FIRSTS_TO_ALL(same);
		same = (words2)((high & 0xFFFFFF) == check);
		low |= high & FIRSTS_TO_ALL(same);
		odd += (shorts2)low >> 8;
		even += (shorts2)low << 8 >> 8;
	}
	for (k = 0; k < MODEL_ROW / 2; k++) {
		sum[2 * k] = (int16_t)(even[k] + even[k + MODEL_ROW / 2]);
		sum[2 * k + 1] = (int16_t)(odd[k] + odd[k + MODEL_ROW / 2]);
	}
	for (k = 0; k < SEQ_LANES; k++)
		out[k] = sum[MODEL_LANE + seq_labels[k]];
}

__attribute__((target("avx2"))) static void
emit2(const struct seq_model *m, const struct feat_view *v, uint32_t n, int16_t (*out)[SEQ_LANES])
{
	EMIT(add2)
}
#endif

void
seq_emit(const struct seq_model *m, const struct feat_view *v, uint32_t n, int16_t (*out)[SEQ_LANES])
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2"))
		emit2(m, v, n, out);
	else
#endif
		emit(m, v, n, out);
}
