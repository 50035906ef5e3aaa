/* topic.h - does the text go on about the same thing? */
#ifndef TOPIC_H
#define TOPIC_H

#include "bs.h"

/* Which runs of three Han characters the page had, and where last. */
struct topic;
struct topic *topic_new(void);
void topic_free(struct topic *t);

/* Forgets the page before. blocks: number of blocks of the new one. */
void topic_start(struct topic *t, size_t blocks);

/* Takes note of the text of block number `block`; blocks in order. Has topic_count
 * seen the block before, its text must be the same. */
void topic_add(struct topic *t, struct bs_str text, size_t block);

/* How many runs of three Han characters of text the page's blocks had, up to the last
 * one added; *all is how many it has. Runs that share a slot of the table drive each
 * other out, so a few may be missed. Method: lexical cohesion (Hearst 1997,
 * TextTiling), of character trigrams in place of words. */
size_t topic_shared(struct topic *t, struct bs_str text, size_t *all);

#define TOPIC_BACK 16
/* The same for each of the blocks before block number `block`: count[0] is how many
 * runs were seen last in block - 1, count[1] in block - 2. Returns how many there are. */
size_t topic_count(struct topic *t, struct bs_str text, size_t block, uint32_t count[TOPIC_BACK]);

#endif
