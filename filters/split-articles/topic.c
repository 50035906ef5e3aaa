/* topic.c - does the text go on about the same thing? */
#include "topic.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS 16384
#define KEPT 8 /* texts that were asked about last: most are added soon after */

struct topic {
	uint32_t base; /* number of the page's first block, counted over all pages */
	uint32_t last; /* and of the next page's */
	struct {
		uint32_t key, block;
	} slot[SLOTS];
	struct {
		uint32_t *key; /* malloc'ed, the runs of block number `block` of this page */
		size_t n, cap, block;
	} kept[KEPT];
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
		free(t->kept[i].key);
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

/* Runs of three Han characters, one after the other: the key of the next one in *key;
 * false at the end. */
struct walk {
	const char *p, *end;
	uint32_t a, b; /* the two Han characters before, 0 where there are none */
};

static inline bool
next_key(struct walk *w, uint32_t *key)
{
	while (w->p < w->end) {
		uint32_t a = w->a, b = w->b, c;
		if ((unsigned char)*w->p < 0x80) {
			while (++w->p < w->end && (unsigned char)*w->p < 0x80)
				;
			w->a = w->b = 0;
			continue;
		}
		c = bs_utf8_get(&w->p, w->end);
		if (c - 0x4e00 >= 0x5200 && !bs_is_han(c)) {
			w->a = w->b = 0;
			continue;
		}
		w->a = b;
		w->b = c;
		if (a) {
			*key = (a * 0x9e3779b1u ^ b) * 0x85ebca6bu ^ c;
			return true;
		}
	}
	return false;
}

static inline size_t
slot_of(uint32_t key)
{
	return (key * 0xc2b2ae35u) >> 18;
}

static inline void
note_key(struct topic *t, uint32_t key, uint32_t now)
{
	t->slot[slot_of(key)].key = key;
	t->slot[slot_of(key)].block = now;
}

void
topic_add(struct topic *t, struct bs_str text, size_t block)
{
	struct walk w = {.p = text.p, .end = text.p + text.n};
	uint32_t key, now = t->base + (uint32_t)block;
	size_t k = block % KEPT;

	if (t->kept[k].block == block) {
		for (size_t i = 0; i < t->kept[k].n; i++)
			note_key(t, t->kept[k].key[i], now);
		return;
	}
	while (next_key(&w, &key))
		note_key(t, key, now);
}

size_t
topic_shared(const struct topic *t, struct bs_str text, size_t *all)
{
	struct walk w = {.p = text.p, .end = text.p + text.n};
	uint32_t key;
	size_t n = 0, shared = 0;

	for (; next_key(&w, &key); n++)
		shared += t->slot[slot_of(key)].key == key && t->slot[slot_of(key)].block >= t->base;
	*all = n;
	return shared;
}

size_t
topic_count(struct topic *t, struct bs_str text, size_t block, uint32_t count[TOPIC_BACK])
{
	struct walk w = {.p = text.p, .end = text.p + text.n};
	uint32_t key, last = t->base + (uint32_t)block - 1, *keys;
	size_t n = 0, k = block % KEPT;

	if (t->kept[k].cap < text.n / 3) {
		t->kept[k].cap = text.n;
		t->kept[k].key = bs_realloc(t->kept[k].key, text.n * sizeof key);
	}
	keys = t->kept[k].key;
	memset(count, 0, TOPIC_BACK * sizeof *count);
	for (; next_key(&w, &key); keys[n++] = key) {
		uint32_t back = last - t->slot[slot_of(key)].block;
		if (back < TOPIC_BACK && t->slot[slot_of(key)].key == key && back < block)
			count[back]++;
	}
	t->kept[k].n = n;
	t->kept[k].block = block;
	return n;
}
