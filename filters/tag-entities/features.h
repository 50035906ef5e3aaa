/*
 * features.h - what the tagger looks at, character by character.
 *
 * A feature is a 64-bit hash. Its upper half says where it is looked for, and
 * features that are asked for soon after one another, such as a character seen
 * from its neighbours, have that half in common. Trainer and tagger make them
 * with the same code, so a model fits as long as FEAT_VERSION does.
 */
#ifndef FEATURES_H
#define FEATURES_H

#include "names.h"

enum { FEAT_MAX = 25 };
#define FEAT_SURE 30   /* nats that O has over other labels where there are no features */
#define FEAT_VERSION 4U   /* raise it whenever the features change */

/* Mixes the bits of a feature. */
static inline uint64_t
feat_mix(uint64_t h)
{
	h *= 0x9E3779B97F4A7C15U;
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93U;
	return h ^ h >> 29;
}

/* Labels of characters: outside, or beginning, inside, end of a span of two or
 * more, or a span of one; for PER, LOC and ORG. */
enum { SEQ_O, SEQ_B, SEQ_I, SEQ_E, SEQ_S, SEQ_LABELS = 13 };
static inline unsigned
seq_label(enum ent_label type, unsigned part)
{
	return (unsigned)type * 4 + part;
}
/* The part of a label, and its type unless that part is SEQ_O. */
static inline unsigned
seq_part(unsigned label)
{
	return label ? (label - 1) % 4 + 1 : SEQ_O;
}
static inline enum ent_label
seq_type(unsigned label)
{
	return (enum ent_label)((label - 1) / 4);
}

/* A set of names, hashed: a slot is 24 bits of check and 8 of what lists know
 * the name (0: empty); marks has a bit for the first two characters of each,
 * for the first three, and so on up to all. */
struct name_set {
	const uint32_t *slot;
	const unsigned char *marks;
	uint32_t bits;           /* 2^bits slots; 0: no names */
	uint32_t mask;           /* of marks: 8 times 2^n bits, less one */
};
enum { NAME_MARK_BITS = 17, NAME_MARKS = 1 << NAME_MARK_BITS /* bytes of a new set */, NAME_LONGEST = 12 };
/* Hash of the first characters of a name; start with 0 and add one after the other. */
static inline uint64_t
name_hash(uint64_t h, uint32_t c)
{
	h = (h ^ c) * 0x9E3779B97F4A7C15U;
	return h ^ h >> 29;
}
static inline uint32_t
name_slot(uint64_t h, uint32_t bits)
{
	return (uint32_t)(h >> (64 - bits));
}
static inline uint32_t
name_mark(const struct name_set *names, uint64_t h)
{
	return (uint32_t)h & names->mask;
}
/* The longest listed name that begins at a character: what lists know it (0: none is), its characters. */
struct named_at {
	uint8_t what, chars;
};
/* Finds them for the characters [b, e) of t, but for names that end before `wanted`, into out from its first on; it has room for
 * one more than those. */
void names_at(const struct ent_text *t, const struct name_set *names, uint32_t b, uint32_t wanted, uint32_t e, struct named_at *out);
/* What lists know of the characters [b, e) as a name; 0: nothing. */
unsigned name_known(const struct ent_text *t, const struct name_set *names, uint32_t b, uint32_t e);

struct feat_view; /* a sentence prepared for asking */
struct glance;
/* Half open, in characters. */
struct feat_stretch {
	uint32_t b, e;
};

/* Prepares a sentence that has been read; names may be without slots; rules are the spans of PER, LOC and
 * ORG that the rules found, in order and without overlaps. With a glance (NULL: without one, as in training) only stretches in
 * which it sees that names are likely are prepared. All from mem. */
struct feat_view *feat_prepare(const struct ent_reading *r, struct bs_mem *mem, const struct name_set *names, const struct ent_spans *rules, const struct glance *glance);
/* Those stretches, in order and apart; how many in *n. */
const struct feat_stretch *feat_stretches(const struct feat_view *v, size_t *n);
/* The features of character i, of one of them, into out; returns how many. A comma
 * or a full stop has none: it is O. */
unsigned feat_at(struct feat_view *v, uint32_t i, uint64_t out[FEAT_MAX]);

#endif
