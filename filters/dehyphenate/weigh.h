/* weigh.h - the doubtful borders: what is seen there, and what it weighs. */
#ifndef WEIGH_H
#define WEIGH_H

#include "walk.h"

/* Features of a border that hold, as columns of weights.h; at most one of each group. */
#define MOST_SEEN 24
struct sight {
	unsigned short at[MOST_SEEN];
	size_t n;
	const float *weights; /* of that sort of border */
	double sum;           /* of those that hold, in the order in which they were seen */
};

/* Bytes around the widths of a page's pieces, which keep a look at forty lines inside. */
#define WEIGH_ROOM 56

/* Puts the columns of each piece, less one for a mark that closes it, at widths, which
 * has room for ps->n + WEIGH_ROOM; 255 stands for all greater ones and for none. */
void weigh_widths(const struct pieces *ps, unsigned char *widths);
/* Whether a paragraph ends before piece i, 1 <= i < n, where no rule knows: the sum
 * of what is seen there, each weighed as train-breaks.py found it (logistic
 * regression). measure is in columns, not 0. */
bool weigh_ends(const struct walk *w, enum border kind, size_t i, size_t measure);

#endif
