/* weigh.h - the doubtful borders: what is seen there, and what it weighs. */
#ifndef WEIGH_H
#define WEIGH_H

#include "walk.h"

/* Features of a border that hold, as columns of weights.h; at most one of each group. */
#define MOST_SEEN 24
struct sight {
	unsigned short at[MOST_SEEN];
	size_t n;
};

/* Whether a paragraph ends before piece i, 1 <= i < n, where no rule knows: the sum
 * of what is seen there, each weighed as train-breaks.py found it (logistic
 * regression). measure is in columns, not 0. */
bool weigh_ends(const struct walk *w, enum border kind, size_t i, size_t measure);

#endif
