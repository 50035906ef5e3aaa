/* topic.c - does the text go on about the same thing? */
#include "topic.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS 16384

struct topic {
	uint32_t base; /* number of the page's first block, counted over all pages */
	uint32_t last; /* and of the next page's */
	struct {
		uint32_t key, block;
	} slot[SLOTS];
};

struct topic *
topic_new(void)
{
	struct topic *t = bs_malloc(sizeof *t);

	memset(t, 0, sizeof *t);
	t->base = t->last = 1;
	return t;
}

void
topic_free(struct topic *t)
{
	free(t);
}

/* Slots of pages before are told by their numbers, so nothing has to be wiped. */
void
topic_start(struct topic *t, size_t blocks)
{
	if (blocks >= UINT32_MAX - t->last) {
		memset(t->slot, 0, sizeof t->slot);
		t->last = 1;
	}
	t->base = t->last;
	t->last += (uint32_t)blocks;
}

static inline size_t
slot_of(uint32_t key)
{
	return (key * 0xc2b2ae35u) >> 18;
}

void
topic_add(struct topic *t, const struct hans_keys *keys, size_t block)
{
	uint32_t now = t->base + (uint32_t)block;

	for (size_t i = 0; i < keys->n; i++) {
		size_t slot = slot_of(keys->v[i]);
		t->slot[slot].key = keys->v[i];
		t->slot[slot].block = now;
	}
}

void
topic_count(struct topic *t, const struct hans_keys *keys, size_t block, uint32_t count[TOPIC_BACK])
{
	uint32_t last = t->base + (uint32_t)block - 1;

	memset(count, 0, TOPIC_BACK * sizeof *count);
	for (size_t i = 0; i < keys->n; i++) {
		size_t slot = slot_of(keys->v[i]);
		uint32_t back = last - t->slot[slot].block;
		if (back < TOPIC_BACK && t->slot[slot].key == keys->v[i] && back < block)
			count[back]++;
	}
}
