/* topic.h - does the text go on about the same thing? */
#ifndef TOPIC_H
#define TOPIC_H

#include "hans.h"

/* Which runs of three Han characters the page had, and where last. */
struct topic;
struct topic *topic_new(void);
void topic_free(struct topic *t);

/* Forgets the page before. blocks: number of blocks of the new one. */
void topic_start(struct topic *t, size_t blocks);

/* Takes note of the runs of block number `block`; blocks in order. */
void topic_add(struct topic *t, const struct hans_keys *keys, size_t block);

#define TOPIC_BACK 24
/* How many of these runs of three Han characters, of block number `block`, each of the blocks
 * before it had, up to the last one added: count[0] is how many were seen last in block - 1,
 * count[1] in block - 2. Runs that share a slot of the table drive each other out, so a few
 * may be missed. Method: lexical cohesion (Hearst 1997, TextTiling), of character trigrams
 * in place of words. */
void topic_count(struct topic *t, const struct hans_keys *keys, size_t block, uint32_t count[TOPIC_BACK]);

#endif
