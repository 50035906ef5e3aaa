/* topic.c - does the text go on about the same thing? */
#include "topic.h"
#include "hans.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS 16384
#define KEPT 8 /* texts that were asked about last: most are added soon after */

struct keys {
	uint32_t *v; /* malloc'ed */
	size_t n, cap;
};

struct topic {
	uint32_t base; /* number of the page's first block, counted over all pages */
	uint32_t last; /* and of the next page's */
	struct {
		uint32_t key, block;
	} slot[SLOTS];
	struct {
		struct keys keys; /* of block number `block` of this page */
		size_t block;
	} kept[KEPT];
	struct keys other; /* of a text that is not kept */
	uint32_t *han;     /* of the text asked about last */
	size_t cap;
};

struct topic *
topic_new(void)
{
	struct topic *t = bs_malloc(sizeof *t);

	memset(t, 0, sizeof *t);
	t->base = t->last = 1;
	for (int i = 0; i < KEPT; i++)
		t->kept[i].block = SIZE_MAX;
	return t;
}

void
topic_free(struct topic *t)
{
	for (int i = 0; i < KEPT; i++)
		free(t->kept[i].keys.v);
	free(t->other.v);
	free(t->han);
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
	for (int i = 0; i < KEPT; i++)
		t->kept[i].block = SIZE_MAX;
	t->base = t->last;
	t->last += (uint32_t)blocks;
}

/* Writes the keys of text's runs of three Han characters to *keys, which grows for it;
 * returns how many there are. */
static size_t
keys_of(struct topic *t, struct bs_str text, struct keys *keys)
{
	if (t->cap < HANS_ROOM(text.n)) {
		t->cap = 2 * HANS_ROOM(text.n);
		t->han = bs_realloc(t->han, t->cap * sizeof *t->han);
	}
	if (keys->cap < HANS_ROOM(text.n)) {
		keys->cap = 2 * HANS_ROOM(text.n);
		keys->v = bs_realloc(keys->v, keys->cap * sizeof *keys->v);
	}
	return keys->n = hans_threes(t->han, hans_of(text, t->han), keys->v);
}

static inline size_t
slot_of(uint32_t key)
{
	return (key * 0xc2b2ae35u) >> 18;
}

void
topic_add(struct topic *t, struct bs_str text, size_t block)
{
	const struct keys *keys = &t->kept[block % KEPT].keys;
	uint32_t now = t->base + (uint32_t)block;

	if (t->kept[block % KEPT].block != block) {
		keys_of(t, text, &t->other);
		keys = &t->other;
	}
	for (size_t i = 0; i < keys->n; i++) {
		size_t slot = slot_of(keys->v[i]);
		t->slot[slot].key = keys->v[i];
		t->slot[slot].block = now;
	}
}

size_t
topic_shared(struct topic *t, struct bs_str text, size_t *all)
{
	size_t shared = 0;

	*all = keys_of(t, text, &t->other);
	for (size_t i = 0; i < *all; i++) {
		size_t slot = slot_of(t->other.v[i]);
		shared += t->slot[slot].key == t->other.v[i] && t->slot[slot].block >= t->base;
	}
	return shared;
}

size_t
topic_count(struct topic *t, struct bs_str text, size_t block, uint32_t count[TOPIC_BACK])
{
	struct keys *keys = &t->kept[block % KEPT].keys;
	uint32_t last = t->base + (uint32_t)block - 1;

	keys_of(t, text, keys);
	memset(count, 0, TOPIC_BACK * sizeof *count);
	for (size_t i = 0; i < keys->n; i++) {
		size_t slot = slot_of(keys->v[i]);
		uint32_t back = last - t->slot[slot].block;
		if (back < TOPIC_BACK && t->slot[slot].key == keys->v[i] && back < block)
			count[back]++;
	}
	t->kept[block % KEPT].block = block;
	return keys->n;
}
