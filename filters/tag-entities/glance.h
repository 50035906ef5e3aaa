/*
 * glance.h - a first glance at a sentence: where names are likely at all.
 *
 * Most characters are surely part of no name, and a few weights tell so: of the character and of those beside it, one by
 * one and by twos, of its token and those beside it, and of what the rules hold for a name. Only where their sum is high is
 * the sentence given to the random field (a cascade, after Viola and Jones 2001). The weights are those of a logistic
 * regression (glances.c), part of the model.
 */
#ifndef GLANCE_H
#define GLANCE_H

#include "features.h"

/* A row of a character or of two: weights for the characters from two before the first to two after it, in steps, and a check. */
enum {
	GLANCE_AROUND = 2, GLANCE_LANES = 2 * GLANCE_AROUND + 1,
	GLANCE_ROW = 8, GLANCE_CHECK = 6,
	GLANCE_CLASSES = 64, GLANCE_REACH = 16
};
/* Weights of tokens and rules, after the rows: where they begin, and how many there are. */
enum {
	GLANCE_OWN = 0,                                   /* by class of the token and place in it */
	GLANCE_BEFORE = GLANCE_OWN + 4 * GLANCE_CLASSES,  /* by class of the one before, and whether the character is the first */
	GLANCE_AFTER = GLANCE_BEFORE + 2 * GLANCE_CLASSES,
	GLANCE_SUFFIX = GLANCE_AFTER + 2 * GLANCE_CLASSES, /* by how far the ending of an organisation and a place are */
	GLANCE_RULE = GLANCE_SUFFIX + GLANCE_REACH * GLANCE_REACH, /* by label: of the character before, its own, and after */
	GLANCE_OTHERS = GLANCE_RULE + 64
};

struct glance {
	const unsigned char *rows;
	const signed char *others;
	uint32_t bits;           /* 2^bits rows; 0: no glance, everything is looked at */
	int16_t low, high;       /* a stretch has no character below low, and one of at least high */
};

/* The row of a character (b 0) or of two, and its check, which is never 0. */
static inline uint64_t
glance_hash(uint32_t a, uint32_t b)
{
	return ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15U;
}
static inline uint32_t
glance_row(uint64_t h, uint32_t bits)
{
	return (uint32_t)(h >> (64 - bits));
}
static inline uint16_t
glance_check(uint64_t h)
{
	return (uint16_t)(h >> 24 | 1);
}
/* Digits are all one; a line begins and ends with a break. */
static inline uint32_t
glance_char(const struct ent_text *t, int64_t i)
{
	return i < 0 || i >= (int64_t)t->n ? '\n' : ent_digit(t->cp[i]) ? '0' : t->cp[i];
}

/* For each token: the weights it asks for, as places in others. */
struct glance_token {
	uint16_t own, before, after, suffix;
};
/* The label that the rules give for character i of span s. */
static inline unsigned
glance_rule(const struct ent_span *s, uint32_t i)
{
	return seq_label(s->label, s->e - s->b == 1 ? SEQ_S : i == s->b ? SEQ_B : i + 1 == s->e ? SEQ_E : SEQ_I);
}
struct feat_view;
/* Those of token k, which has `at` (0 first, 1 inside, 2 last, 3 only character). */
struct glance_token glance_token(const struct feat_view *v, size_t k, unsigned at);

/* Stretches in which names are likely, in order and apart; how many in *n. v has its tokens. From mem. */
struct feat_stretch *glance_stretches(const struct glance *g, const struct feat_view *v, const struct ent_spans *rules, struct bs_mem *mem, size_t *n);

#endif
