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

#include "features.h"

enum {
	MODEL_HEAD = 448,       /* bytes before the rows; a multiple of a line */
	MODEL_LINE = 64,        /* four rows of 16 bytes: one line of the cache */
	MODEL_ROW = 16,         /* three bytes of check, a weight for each label */
	MODEL_LANE = 3          /* where the weights start */
};
#define MODEL_MAGIC "BSTAGGER"

struct seq_model {
	const unsigned char *rows;
	uint32_t lines;
	struct name_set names;
	float unit;                                /* nats in one step of a weight */
	int16_t step[SEQ_LABELS][SEQ_LABELS];      /* from, to */
	float power[SEQ_LABELS][SEQ_LABELS];       /* e to that; 0 where it must not be */
};

/* Checks the bytes of a model and fills m, which points into them. Returns
 * NULL, or what is wrong with them (a constant string). */
const char *seq_model_read(struct seq_model *m, struct bs_str bytes);
/* Checksum of the n bytes at p; n is a multiple of 32. */
uint64_t seq_checksum(const void *p, size_t n);
/* Line and check of a feature. */
static inline uint32_t
seq_line(uint64_t feature, uint32_t lines)
{
	return (uint32_t)((feature >> 32) * lines >> 32);
}
static inline uint32_t
seq_check(uint64_t feature)
{
	return (uint32_t)(feature & 0xFFFFFF) | 1U;
}
/* Whether label b may follow a; SEQ_O stands for both ends of a sentence. */
bool seq_legal(unsigned a, unsigned b);

/* Adds the spans of the best row of labels for the n characters of v to out,
 * each with its probability among all readings of it and of the eight
 * characters around it. */
void seq_tag(const struct seq_model *m, const struct feat_view *v, uint32_t n, struct bs_mem *mem, struct ent_spans *out);

#endif
