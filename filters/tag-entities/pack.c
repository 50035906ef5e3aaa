#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "train.h"

struct heavy {
	uint64_t key;
	float weight;
	uint32_t row;
};

static int
heavier(const void *pa, const void *pb)
{
	const struct heavy *a = pa, *b = pb;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->key < b->key ? -1 : a->key > b->key;
}

/* All rows, the heaviest first: by the spread of their weights, and how often
 * they are met. */
static struct heavy *
ranked(const struct weights *w, const struct index *ix, size_t *n)
{
	struct heavy *v = bs_malloc((w->rows + 1) * sizeof(*v));
	size_t i, k = 0;

	for (i = 0; i < ix->slots; i++) {
		const float *row = ix->key[i] && ix->row[i] != UINT32_MAX ? w->sum[ix->row[i]] : NULL;
		float mean = 0, spread = 0;
		int y;

		if (!row)
			continue;
		for (y = 0; y < SEQ_LABELS; y++)
			mean += row[y] / SEQ_LABELS;
		for (y = 0; y < SEQ_LABELS; y++)
			spread += (row[y] - mean) * (row[y] - mean);
		v[k++] = (struct heavy){ ix->key[i], spread * powf((float)ix->count[i], 0.5f), ix->row[i] };
	}
	qsort(v, k, sizeof(*v), heavier);
	*n = k;
	return v;
}

static signed char
small(float v, float unit)
{
	float q = roundf(v / unit);

	return (signed char)(q > 127 ? 127 : q < -127 ? -127 : q);
}

/* Puts rows into lines until the table is full; a row whose line is full is
 * left out. */
static void
place(const struct weights *w, const struct heavy *v, size_t n, unsigned char *rows, uint32_t lines, float unit)
{
	static const uint8_t order[MODEL_ROW] = { 1, 4, 5, 8, 9, 12, 2, 3, 6, 7, 10, 11 };
	unsigned char *used = calloc(lines, 1);
	size_t i;
	int y;

	if (!used)
		bs_die(BS_BROKEN, "out of memory");
	for (i = 0; i < n; i++) {
		uint32_t line = seq_line(v[i].key, lines), check = seq_check(v[i].key);
		unsigned char *at = rows + (size_t)line * MODEL_LINE;
		const float *from = w->sum[v[i].row];

		if (used[line] == MODEL_ROWS)
			continue;
		memcpy(at + MODEL_CHECKS + 4 * used[line], &check, sizeof(check));
		at += MODEL_ROW * used[line]++;
		for (y = 0; y < MODEL_ROW; y++)
			at[y] = (unsigned char)small((from[order[y]] - from[SEQ_O]) / (float)w->summed, unit);
	}
	free(used);
}

static uint32_t
lines_of(const struct name_set *names, const struct recipe *how)
{
	size_t listed = names->bits ? ((size_t)4 << names->bits) + NAME_MARKS : 0;

	return how->bytes > MODEL_HEAD + listed + MODEL_LINE ? (uint32_t)((how->bytes - MODEL_HEAD - listed) / MODEL_LINE) : 1;
}

static void
move_rows(struct weights *w, const uint32_t *to, uint32_t rows, uint32_t kinds)
{
	struct weights new = { .rows = rows, .kinds = kinds };
	uint32_t i;

	weights_init(&new);
	for (i = 0; i < w->rows; i++)
		if (to[i] != UINT32_MAX) {
			memcpy(new.w[to[i]], w->w[i], sizeof(*w->w));
			memcpy(new.sum[to[i]], w->sum[i], sizeof(*w->sum));
			new.seen[to[i]] = w->seen[i];
		}
	free(w->w);
	free(w->sum);
	free(w->seen);
	w->w = new.w;
	w->sum = new.sum;
	w->seen = new.seen;
	w->rows = rows;
	w->kinds = kinds;
}

void
prune(struct weights *w, struct index *ix, struct corpus *c, struct corpus *dev, const struct name_set *names, const struct recipe *how)
{
	uint32_t lines = lines_of(names, how), rows = 0, *to = bs_malloc((w->rows + 1) * sizeof(*to));
	uint32_t kinds = w->kinds;
	unsigned char *used = calloc(lines, 1);
	size_t n, i;
	struct heavy *v;

	if (!used)
		bs_die(BS_BROKEN, "out of memory");
	weights_join(w);
	v = ranked(w, ix, &n);
	for (i = 0; i < n; i++) {
		unsigned char *at = &used[seq_line(v[i].key, lines)];

		to[v[i].row] = *at < MODEL_ROWS ? rows++ : UINT32_MAX;
		*at = (unsigned char)(*at + (*at < MODEL_ROWS));
	}
	for (i = 0; i < ix->slots; i++)
		if (ix->key[i] && ix->row[i] != UINT32_MAX)
			ix->row[i] = to[ix->row[i]];
	corpus_renumber(c, to);
	corpus_renumber(dev, to);
	move_rows(w, to, rows, kinds);
	free(v);
	free(to);
	free(used);
}

/* How far the weight of label y is from that of O. */
static float
over_o(const struct weights *w, const struct heavy *v, int y)
{
	return fabsf(w->sum[v->row][y] - w->sum[v->row][SEQ_O]) / (float)w->summed;
}

/* The step at which the 9,999 of 10,000 weights of the heaviest rows fit. */
static float
unit_of(const struct weights *w, const struct heavy *v, size_t n)
{
	size_t i, over;
	float unit, high = 0;
	int y;

	for (i = 0; i < n; i++)
		for (y = 1; y < SEQ_LABELS; y++)
			high = fmaxf(high, over_o(w, &v[i], y));
	for (unit = high / 127; ; unit *= 0.9f) {
		for (over = i = 0; i < n; i++)
			for (y = 1; y < SEQ_LABELS; y++)
				over += over_o(w, &v[i], y) > unit * 127;
		if (over * 10000 > n * SEQ_LABELS || unit < 1e-4f)
			return fmaxf(unit / 0.9f, 1e-4f);
	}
}

void
pack(const struct weights *w, const struct index *ix, const struct name_set *names, const struct recipe *how, struct bs_buf *out)
{
	size_t listed = names->bits ? ((size_t)4 << names->bits) + NAME_MARKS : 0;
	uint32_t lines = lines_of(names, how), version = FEAT_VERSION, marks = NAME_MARK_BITS, x, y;
	size_t n, size = MODEL_HEAD + (size_t)lines * MODEL_LINE + listed;
	struct heavy *v = ranked(w, ix, &n);
	int16_t step[SEQ_LABELS][SEQ_LABELS];
	char *p = bs_room(out, size);
	uint64_t sum;
	float unit = unit_of(w, v, n < 4 * (size_t)lines ? n : 4 * (size_t)lines);

	memset(p, 0, size);
	memcpy(p, MODEL_MAGIC, 8);
	memcpy(p + 8, &version, 4);
	memcpy(p + 12, &lines, 4);
	memcpy(p + 24, &unit, 4);
	for (x = 0; x < SEQ_LABELS; x++)
		for (y = 0; y < SEQ_LABELS; y++)
			step[x][y] = (int16_t)(seq_legal(x, y) ? lrintf((w->step_sum[x][y] / (float)w->summed - (y == SEQ_O ? how->bold : 0)) / unit) : -20000);
	memcpy(p + 32, step, sizeof(step));
	place(w, v, n, (unsigned char *)p + MODEL_HEAD, lines, unit);
	memcpy(p + 28, &names->bits, 4);
	memcpy(p + MODEL_MARKS, &marks, 4);
	if (listed) {
		memcpy(p + size - listed, names->marks, NAME_MARKS);
		memcpy(p + size - listed + NAME_MARKS, names->slot, listed - NAME_MARKS);
	}
	sum = seq_checksum(p, size);
	memcpy(p + 16, &sum, 8);
	out->n += size;
	free(v);
}
