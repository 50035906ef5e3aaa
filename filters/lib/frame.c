/* frame.c - several sets of rules that are asked of the same texts: which of their rules
 * can match a text by its first two characters, remembered for all sets at once. */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS 4096 /* a power of two */

struct slot_of_all {
	uint64_t key, may[BS_FRAMES];
};

struct bs_frames {
	size_t n;
	const struct bs_rules *rules[BS_FRAMES];
	struct slot_of_all slot[SLOTS];
};

struct bs_frames *
bs_frames_new(void)
{
	return bs_calloc(1, sizeof(struct bs_frames));
}

void
bs_frames_free(struct bs_frames *f)
{
	free(f);
}

size_t
bs_frames_add(struct bs_frames *f, const struct bs_rules *r)
{
	if (f->n == BS_FRAMES)
		abort();
	f->rules[f->n] = r;
	return f->n++;
}

const uint64_t *
bs_frames_look(struct bs_frames *f, struct bs_str text)
{
	const char *p = text.p, *end = p + text.n;
	uint64_t key = UINT64_C(1) << 63;
	struct slot_of_all *s;

	for (unsigned k = 0; k < 2 && p < end; k++)
		key |= ((uint64_t)bs_utf8_get(&p, end) + 1) << 24 * k; /* no character at all is 0 */
	s = &f->slot[(key * UINT64_C(0x9e3779b97f4a7c15) >> 40) & (SLOTS - 1)];
	if (s->key != key) {
		s->key = key;
		for (size_t k = 0; k < f->n; k++)
			s->may[k] = match_by_start(f->rules[k], text);
	}
	return s->may;
}
