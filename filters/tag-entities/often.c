#include <stdlib.h>
#include <string.h>

#include "train.h"

/* Back to weights of nothing. */
static void
forget(struct weights *w)
{
	memset(w->w, 0, (size_t)w->rows * w->kinds * sizeof(*w->w));
	memset(w->seen, 0, (size_t)w->rows * w->kinds * sizeof(*w->seen));
	memset(w->step, 0, sizeof(w->step));
	memset(w->step_seen, 0, sizeof(w->step_seen));
}

/* Adds the average that a training has left. */
static void
add(float (*to)[16], const float (*from)[16], uint32_t rows, unsigned summed)
{
	uint32_t i;
	int y;

	for (i = 0; i < rows; i++)
		for (y = 0; y < 16; y++)
			to[i][y] += from[i][y] / (float)summed;
}

void
train_often(struct weights *w, const struct corpus *c, const struct corpus *dev, struct recipe *how, void (*say)(int epoch, double loss, double p, double r))
{
	float (*sum)[16] = bs_calloc((size_t)w->rows * w->kinds + 1, sizeof(*sum)), steps[16][16] = {{0}};
	unsigned k;

	for (k = 0; k < how->times; k++) {
		how->seed = k;
		forget(w);
		train(w, c, dev, how, say);
		add(sum, (const float (*)[16])w->sum, w->rows * w->kinds, w->summed);
		add(steps, (const float (*)[16])w->step_sum, 16, w->summed);
	}
	memcpy(w->sum, sum, (size_t)w->rows * w->kinds * sizeof(*sum));
	memcpy(w->step_sum, steps, sizeof(steps));
	w->summed = how->times;
	free(sum);
}
