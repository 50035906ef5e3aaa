#include <stdlib.h>
#include <string.h>

#include "train.h"

void
decode(const struct weights *w, const struct corpus *c, bool averaged, size_t b, size_t n, float bold, uint8_t *from, uint8_t *label)
{
	float old[SEQ_LABELS], new[SEQ_LABELS], step[SEQ_LABELS][SEQ_LABELS], scale = averaged ? 1 / (float)w->summed : 1;
	uint32_t own = w->kinds == 1 ? 0 : w->rows * KIND_OWN;
	const float (*rows)[16] = (const float (*)[16])(averaged ? w->sum : w->w);
	unsigned x, y, end = 0;
	size_t i;

	for (x = 0; x < SEQ_LABELS; x++) {
		old[x] = x ? -1e30f : 0;
		for (y = 0; y < SEQ_LABELS; y++)
			step[x][y] = seq_legal(x, y) ? (averaged ? w->step_sum : w->step)[x][y] * scale : -1e30f;
	}
	for (i = 0; i < n; i++) {
		float s[16] = { 0 };
		uint32_t f;

		for (f = c->offset[b + i]; f < c->offset[b + i + 1]; f++)
			for (y = 0; y < 16; y++)
				s[y] += rows[c->row[f]][y] + (own ? rows[own + c->row[f]][y] : 0);
		if (c->offset[b + i] == c->offset[b + i + 1])
			s[SEQ_O] = FEAT_SURE / scale;
		for (y = 0; y < SEQ_LABELS; y++) {
			unsigned at = 0;

			for (x = 1; x < SEQ_LABELS; x++)
				if (old[x] + step[x][y] > old[at] + step[at][y])
					at = x;
			new[y] = old[at] + step[at][y] + s[y] * scale - (y == SEQ_O ? bold : 0);
			from[i * SEQ_LABELS + y] = (uint8_t)at;
		}
		memcpy(old, new, sizeof(old));
	}
	for (x = 1; x < SEQ_LABELS; x++)
		if (seq_legal(x, SEQ_O) && old[x] > old[end])
			end = x;
	for (i = n; i-- > 0; ) {
		label[i] = (uint8_t)end;
		end = from[i * SEQ_LABELS + end];
	}
}

/* Where the span that ends at i begins; SIZE_MAX if none does. */
static size_t
begin_of(const uint8_t *label, size_t i)
{
	unsigned part = seq_part(label[i]);
	size_t b = i;

	if (part == SEQ_S)
		return i;
	if (part != SEQ_E)
		return SIZE_MAX;
	while (b > 0 && seq_part(label[b]) != SEQ_B)
		b--;
	return b;
}

void
evaluate(const struct weights *w, const struct corpus *c, float bold, double *p, double *r)
{
	uint8_t *from = NULL, *label = NULL;
	size_t s, i, found = 0, true_ones = 0, right = 0;

	for (s = 0; s < c->n; s++) {
		size_t b = c->start[s], n = c->start[s + 1] - b;
		const uint8_t *gold = c->label + b;

		from = bs_realloc(from, n * SEQ_LABELS);
		label = bs_realloc(label, n);
		decode(w, c, w->summed > 0, b, n, bold, from, label);
		for (i = 0; i < n; i++) {
			size_t g = begin_of(gold, i), f = begin_of(label, i);

			true_ones += g != SIZE_MAX;
			found += f != SIZE_MAX;
			right += g != SIZE_MAX && g == f && gold[i] == label[i];
		}
	}
	*p = found ? (double)right / (double)found : 0;
	*r = true_ones ? (double)right / (double)true_ones : 0;
	free(from);
	free(label);
}
