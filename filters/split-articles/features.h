/* features.h - for those who look at blocks: features by name. */
#ifndef FEATURES_H
#define FEATURES_H

#include "blocks.h"

#define BIT(f) ((uint64_t)1 << (f))

static inline bool
has(const struct block *b, enum feature f)
{
	return b->features >> f & 1;
}

static inline void
set(struct block *b, enum feature f, bool on)
{
	if (on)
		b->features |= BIT(f);
}

/* A sentence or more. */
static inline bool
is_prose(const struct block *b)
{
	return has(b, F_STOP) && (has(b, F_LEN6) || has(b, F_LEN5));
}

/* Short, without a sentence, and no byline: a heading by its looks. */
static inline bool
is_heading(const struct block *b)
{
	return !has(b, F_STOP) && !has(b, F_LEN6) && !has(b, F_BYLINE3) && !has(b, F_BYLINE2) && !has(b, F_FIGURES) && !has(b, F_MASTHEAD);
}

/* Sets F_JOINED, F_TRUNCATED, lines, low, high and boxes of a block that was just begun, whose
 * record is r. */
void attrs_see(struct bs_mem *mem, const struct bs_rec *r, struct block *b);

/* Sets F_TOPIC_NEW, F_TOPIC_SAME, F_TOPIC_VERY of the headings amid the prose of n
 * blocks, of which everything else that is_prose and is_heading ask is known. */
void topics_see(struct topic *t, struct bs_mem *mem, struct block *b, size_t n);

#endif
