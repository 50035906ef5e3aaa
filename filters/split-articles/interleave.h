/* interleave.h - articles that were printed into each other. */
#ifndef INTERLEAVE_H
#define INTERLEAVE_H

#include "roles.h"

/* Marks in flawed (one for each article, by its number from 1, all false before) an
 * article whose text seems to go on in a later one, and that one, too. article[i] is the
 * number of block i's article, 0 for none; they only rise. All memory is from mem.
 *
 * What tells is lexical cohesion (Hearst 1997, TextTiling), of runs of three Han
 * characters in place of words: a stretch of paragraphs that has many runs in common with
 * an article before it, runs that stand nowhere else on the page, and few with the rest
 * of its own article. */
void interleave_find(struct bs_mem *mem, const struct block *b, const enum role *role, const size_t *article, size_t n,
    bool *flawed);

#endif
