/*
 * train.h - sentences with labels, and the weights learned from them.
 */
#ifndef TRAIN_H
#define TRAIN_H

#include "model.h"

/* Sentences one after another: character by character the label and the
 * features, as numbers of rows. */
struct corpus {
	uint32_t *start;     /* sentence s is characters start[s] to start[s + 1] */
	size_t n, cap;
	uint8_t *label;
	uint32_t *offset;    /* character c has features row[offset[c]] to row[offset[c + 1]] */
	size_t chars, ccap;
	uint32_t *row;
	size_t rows, rcap;
};

/* Rows by feature. */
struct index {
	uint64_t *key;       /* slot by slot; 0: empty */
	uint32_t *count;     /* how often seen */
	uint32_t *row;       /* its row, or UINT32_MAX while it has none */
	size_t slots, used;
	uint32_t rows;
};

struct recipe {
	int epochs, threads;
	int more;            /* epochs after pruning */
	float bold;          /* nats taken from O, so that more is found */
	float rate, decay, dropout;
	unsigned seen;       /* features seen less often are left out */
	size_t bytes;        /* of the model */
};

/* The model in training: rows of 16 floats, those of the labels first. */
struct weights {
	float (*w)[16];
	float (*sum)[16];    /* over the epochs that are averaged */
	float *seen;         /* sum of squared gradients of a row (AdaGrad) */
	float step[16][16], step_sum[16][16], step_seen[16][16];
	uint32_t rows;
	unsigned summed;
};

/* Reads columns (character TAB BIO tag, an empty line after a sentence) and
 * appends them to c. With grow, new features get a place in ix. Returns 0, or
 * the number of the first line that is not right. */
unsigned long corpus_read(struct corpus *c, struct index *ix, const struct lexicon *lex, const struct name_set *names,
    struct bs_str file, bool grow);
/* Makes a set of the lines of file (name TAB kinds). Returns 0, or the number of
 * the first line that is not right. */
unsigned long names_read(struct name_set *names, struct bs_str file);
/* Gives rows to the features seen often enough, and forgets the others in c. */
void corpus_number(struct corpus *c, struct index *ix, unsigned seen);
/* Gives each feature of c the row to[its row]; those without one are forgotten. */
void corpus_renumber(struct corpus *c, const uint32_t *to);
/* Weights of nothing for w->rows rows. */
void weights_init(struct weights *w);
/* Keeps only the rows that a model of this size has room for, the heaviest
 * ones, and forgets the others in ix, c and dev as well. */
void prune(struct weights *w, struct index *ix, struct corpus *c, struct corpus *dev, const struct name_set *names, const struct recipe *how);
/* Learns, from the weights as they are; dev may be empty. After each epoch say() gets it and the F1 on dev. */
void train(struct weights *w, const struct corpus *c, const struct corpus *dev, const struct recipe *how, void (*say)(int epoch, double loss, double p, double r));
/* Precision and recall of whole spans on c, with the weights as they are. */
void evaluate(const struct weights *w, const struct corpus *c, float bold, double *p, double *r);
/* The model as bytes: the heaviest rows that fit, in eight bits a weight. */
void pack(const struct weights *w, const struct index *ix, const struct name_set *names, const struct recipe *how, struct bs_buf *out);

#endif
