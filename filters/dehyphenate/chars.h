/* chars.h - a character model of running Chinese text. */
#ifndef CHARS_H
#define CHARS_H

#include "bs.h"

struct chars;

/* The mapped model file at p, or NULL with *why set if it is not one. The
 * result is malloc'ed and points into the file. Format: share/models/README. */
struct chars *chars_open(struct bs_str file, const char **why);

/* How much likelier, in nats, `right` is as the continuation of `left` than as
 * the start of a sentence: log P(r1 | l2 l1) + log P(r2 | l1 r1) minus
 * log P(r1 | start) - log P(r2 | start r1). Positive speaks for a join. Looks at
 * two characters either side; 0 if a side is empty. */
double chars_join(const struct chars *m, struct bs_str left, struct bs_str right);

/* How likely a comma is after `left`, in nats: log P(， | l2 l1), which looks at two characters;
 * headings and what they stand over end where a mark could stand. 0 if left is empty. */
double chars_ends(const struct chars *m, struct bs_str left);

void chars_close(struct chars *m);

#endif
