/* interleave.h - articles that were printed into each other. */
#ifndef INTERLEAVE_H
#define INTERLEAVE_H

#include "roles.h"
#include "topic.h"

/* Marks in flawed (one for each article, by its number from 1, all false before) an
 * article that breaks off, and whose tail seems to stand in a later one, and that one,
 * too. article[i] is the number of block i's article, 0 for none. What tells: a
 * paragraph that has much in common with the one that breaks off and little with its own. */
void interleave_find(struct topic *t, const struct block *b, const enum role *role, const size_t *article, size_t n,
    bool *flawed);

#endif
