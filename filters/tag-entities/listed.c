#include <string.h>

#include "features.h"

enum { ABREAST = 32 };  /* characters whose marks are asked for at once */

/* Whether the next four slots settle that there is no such name: most of what
 * is asked for is none, and how long a row of full slots is no one can foresee. */
static bool
sure_not(const uint32_t *v, uint32_t check)
{
	int same = (v[0] >> 8 == check) | (v[1] >> 8 == check) | (v[2] >> 8 == check) | (v[3] >> 8 == check);
	int empty = (v[0] == 0) | (v[1] == 0) | (v[2] == 0) | (v[3] == 0);

	return same < empty;
}

/* What lists know the name with this hash; 0: none. */
static unsigned
name_find(const struct name_set *names, uint64_t h)
{
	uint32_t s = name_slot(h, names->bits), mask = (1U << names->bits) - 1, check = (uint32_t)(h >> 8) & 0xFFFFFF;

	if (s + 3 <= mask && sure_not(names->slot + s, check))
		return 0;
	for (; names->slot[s]; s = (s + 1) & mask)
		if (names->slot[s] >> 8 == check)
			return names->slot[s] & 0xFF;
	return 0;
}

unsigned
name_known(const struct ent_text *t, const struct name_set *names, uint32_t b, uint32_t e)
{
	uint64_t h = 0;

	if (!names->bits || e - b < 2 || e - b > NAME_LONGEST)
		return 0;
	for (; b < e; b++)
		h = name_hash(h, t->cp[b]);
	return name_find(names, h);
}

/* Places where a name may stand, of which memory has been asked for the slot. */
struct asked {
	struct { uint64_t h; uint32_t b, chars; } v[64];
	size_t n;
	uint32_t first;          /* the character that out begins with */
	uint32_t wanted;         /* names that end before this character are not */
};

static void
answer(const struct name_set *names, struct named_at *out, struct asked *a)
{
	size_t k;
	unsigned found;

	for (k = 0; k < a->n; k++)
		if ((found = name_find(names, a->v[k].h)) != 0)
			out[a->v[k].b - a->first] = (struct named_at){ (uint8_t)found, (uint8_t)a->v[k].chars };
	a->n = 0;
}

/* Whether c may stand in a name after its first character. */
static inline bool
goes_on(uint32_t c)
{
	return bs_is_han(c) || c == 0xB7 || ent_latin(c) || ent_digit(c); /* the end of the text does not */
}

static inline bool
marked(const struct name_set *names, uint64_t h)
{
	uint32_t mark = name_mark(names, h);

	return names->marks[mark >> 3] >> (mark & 7) & 1;
}

static inline void
ask_for(const struct name_set *names, uint32_t i, uint32_t chars, uint64_t h, struct named_at *out, struct asked *a)
{
	if (a->n == sizeof(a->v) / sizeof(*a->v))
		answer(names, out, a);
	a->v[a->n].h = h;
	a->v[a->n].b = i;
	a->v[a->n++].chars = chars;
	__builtin_prefetch(&names->slot[name_slot(h, names->bits)]);
}

/* Asks for what may be a name that begins at i, the shortest first: it goes on as
 * long as some name begins so; h is the hash of two characters. No name has a mark inside. */
static void
ask(const struct ent_text *t, const struct name_set *names, uint32_t i, uint64_t h, struct named_at *out, struct asked *a)
{
	uint32_t k;

	for (k = 1; k < NAME_LONGEST && marked(names, h); k++) {
		if (i + k >= a->wanted)
			ask_for(names, i, k + 1, h, out, a);
		if (!goes_on(t->cp[i + k + 1]))
			break;
		h = name_hash(h, t->cp[i + k + 1]);
	}
}

/* Where a name may begin at characters [b, e), up to 64, and the hash of two characters there; their marks are asked
 * for from memory. Returns how many there are. */
static uint32_t
beginnings(const struct ent_text *t, const struct name_set *names, uint32_t b, uint32_t e, uint8_t *at, uint64_t *h)
{
	uint32_t i, n = 0;

	for (i = b; i < e; i++) {
		h[n] = name_hash(name_hash(0, t->cp[i]), t->cp[i + 1]);
		__builtin_prefetch(&names->marks[name_mark(names, h[n]) >> 3]);
		at[n] = (uint8_t)(i - b);
		n += (uint32_t)bs_is_han(t->cp[i]) & (uint32_t)goes_on(t->cp[i + 1]); /* as good as random: no branch */
	}
	return n;
}

void
names_at(const struct ent_text *t, const struct name_set *names, uint32_t b, uint32_t wanted, uint32_t e, struct named_at *out)
{
	struct asked a; /* large, and filled as it goes */
	uint32_t i, k, n;
	uint64_t h[ABREAST];
	uint8_t at[ABREAST];

	memset(out, 0, (e - b + 1) * sizeof(*out));
	if (!names->bits)
		return;
	a.n = 0;
	a.first = b;
	a.wanted = wanted;
	for (i = b; i < e; i += ABREAST) {
		n = beginnings(t, names, i, e - i < ABREAST ? e : i + ABREAST, at, h);
		for (k = 0; k < n; k++)
			ask(t, names, i + at[k], h[k], out, &a);
	}
	answer(names, out, &a);
}
