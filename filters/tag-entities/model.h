/*
 * model.h - the trained tagger: weights in a mapped file, and the best row of
 * labels for a sentence.
 *
 * The model is a linear-chain conditional random field (Lafferty and others,
 * 2001) over the features of features.h. The file is described in
 * share/models/README.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdalign.h>

#include "glance.h"

enum {
	MODEL_HEAD = 448,       /* bytes before the rows; a multiple of a line */
	MODEL_SPANS = 376,      /* place of bits, unit, by_odds and bias of struct span_weights in it */
	MODEL_GLANCE = 400,     /* and of bits, low and high of struct glance */
	MODEL_MARKS = 408,      /* 2^n bytes of marks of names; 0: 2^18 */
	MODEL_LINE = 64,        /* one line of the cache: four rows, and their checks */
	MODEL_ROWS = 4,
	MODEL_ROW = 12,         /* what the labels have over O, in the order of their lanes */
	MODEL_CHECKS = MODEL_ROWS * MODEL_ROW
};
#define MODEL_MAGIC "BSTAGGER"

/* The lanes in which decode.c has the labels: which of them may stand before O,
 * B and S, the label of each (O where there is none), and the weights of the
 * steps: from each of those ends to O, B and S; from B and from I to I and E. */
enum { SEQ_LANES = 16, SEQ_ENDS = 7 };
extern const uint8_t seq_ends[SEQ_ENDS];
extern const uint8_t seq_labels[SEQ_LANES];
struct seq_steps {
	alignas(16) int16_t step[SEQ_ENDS + 2][SEQ_LANES / 2];    /* -16000 in lanes without a label */
	int16_t spread;          /* how much more a step from another end than O can give */
	alignas(16) float power[SEQ_ENDS + 2][SEQ_LANES / 2];  /* e to that; 0 in lanes without a label */
};

/* Weights of spans (spans.h): a feature has slot hash >> (64 - bits). */
struct span_weights {
	const signed char *slot;
	uint32_t bits;                             /* 2^bits slots; 0: there are none */
	float unit;                                /* nats in one step of a weight */
	float by_odds[3];                          /* of the odds of a PER, LOC and ORG */
	float bias;
};

struct seq_model {
	const unsigned char *rows;
	uint32_t lines;
	struct name_set names;
	float unit;                                /* nats in one step of a weight */
	struct seq_steps steps;
	struct span_weights spans;
	struct glance glance;
};

/* Checks the bytes of a model and fills m, which points into them. Returns
 * NULL, or what is wrong with them (a constant string). */
const char *seq_model_read(struct seq_model *m, struct bs_str bytes);
/* Checksum of the n bytes of a model, all but its own; n is a multiple of 32. */
uint64_t seq_checksum(const char *p, size_t n);
/* The line of a feature, and its check there, which is never 0. */
static inline uint32_t
seq_line(uint64_t feature, uint32_t lines)
{
	return (uint32_t)((feature >> 32) * lines >> 32);
}
static inline uint32_t
seq_check(uint64_t feature)
{
	return (uint32_t)feature | 1U;
}
/* Whether label b may follow a; SEQ_O stands for both ends of a sentence. */
bool seq_legal(unsigned a, unsigned b);

/* Adds the spans of the best row of labels for the n characters of v to out,
 * each with its probability among all readings of it and of the eight
 * characters around it. */
void seq_tag(const struct seq_model *m, struct feat_view *v, uint32_t n, struct bs_mem *mem, struct ent_spans *out);

/* Which of the n characters of a stretch that O stands before are surely O, as far as one can tell from those before and the spread of
 * the steps; best is scratch of n times 32 bytes. */
void seq_outside(const struct seq_model *m, int16_t (*emit)[SEQ_LANES], uint32_t n, void *best, bool *out);

/* What the features of each character of the stretches of v say for the labels, by lane. */
void seq_emit(const struct seq_model *m, struct feat_view *v, int16_t (*out)[SEQ_LANES]);
/* seq_tag from there on, from what the features say for the label of each lane. */
void seq_spans(const struct seq_model *m, int16_t (*emit)[SEQ_LANES], uint32_t n, struct bs_mem *mem, struct ent_spans *out);

#endif
