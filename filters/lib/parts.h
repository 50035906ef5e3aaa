/* parts.h - what is known of parts of patterns, put together; for must.c. */
#ifndef PARTS_H
#define PARTS_H

#include "must.h"

/* Lists of pairs share a pool; a list belongs to one part. */
#define POOL 1500u
struct pool {
	struct {
		uint32_t pair[2];
		unsigned next; /* from 1; 0 at the end */
	} v[POOL];
	unsigned used;
};

struct list {
	unsigned head, tail; /* from 1 */
	unsigned cost;       /* the smaller, the less often a text has one of them; 0: nothing is known */
};

/* A part of a pattern: what it must have, the bytes that it may end with, and
 * whether it may be empty. */
struct part {
	struct must_one one;
	uint64_t marks; /* one of these it must have, too (must.h) */
	struct must_one first; /* what it may begin with, unless it is empty; */
	bool open;             /* nothing is known of that */
	uint64_t last[4], before_last[4]; /* that, if the last is none of ASCII */
	unsigned most;   /* characters */
	unsigned digits; /* so many in a row, somewhere */
	unsigned before; /* at most so many characters before these */
	unsigned tail;   /* so many at its end; all of it, if it is of digits only */
	bool pure;       /* of digits only */
	uint32_t only;   /* it is this character, or 0 */
	struct must_one ends; /* what it may end with, unless it is empty; */
	bool any_end;         /* nothing is known of that */
	struct list pairs, begin; /* what it must have; what it begins with */
	bool empty;
	bool to_end;     /* ends where the text does */
	unsigned bound;  /* a lookahead that does: as many characters may follow; else 0 */
};

static const struct part anything = {.last = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
    .before_last = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}, .most = 1, .open = true, .any_end = true};
static const struct part nothing = {.empty = true, .pure = true};

static inline unsigned
part_smaller(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Whether nothing is known of the set. */
bool part_is_none(const struct must_one *m);

/* Takes one character into the set; false when it is full. */
bool part_add(struct must_one *m, uint32_t c);

#define PART_USELESS 1000u
/* The smaller, the less often a text has one of them. */
unsigned part_cost(const struct must_one *m);

/* Keeps a set of the outer sequence, the best ones in front. */
void part_keep(struct must *m, const struct must_one *set);

/* One of the characters of the set. */
struct part part_of_set(struct must_one m);

/* Makes lists of a part of one character, unless its set says too little. */
void part_list_set(struct pool *pool, struct part *p);

/* The same set, of what comes after so many characters at most. */
struct must_one part_after(unsigned most, struct must_one m);

/* Makes a into: a and then b; a or b. The lists of both go into it and are no more. */
void part_followed(struct pool *pool, struct part *a, const struct part *b);
void part_either(struct pool *pool, struct part *a, const struct part *b);

/* Makes the part stand as often as its quantifier says. */
void part_repeated(struct part *p, unsigned least, unsigned most);

/* Writes a list out; nothing if it is too long or nothing is known. */
void part_list_write(const struct pool *pool, struct list list, struct must_pairs *out);

#endif
