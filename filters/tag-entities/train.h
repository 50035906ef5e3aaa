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
	size_t own;          /* so many sentences are marked as the model is to mark, those after them by other conventions */
	uint8_t *label;
	uint32_t *offset;    /* character c has features row[offset[c]] to row[offset[c + 1]] */
	size_t chars, ccap;
	uint32_t *row;
	size_t rows, rcap;
};

/* A sentence as it is read: its text, and tag by tag B-PER and so on. */
struct reading {
	struct bs_buf text;
	struct bs_str tag[4096];
	uint32_t n;
};

/* Names with what lists know them, and what the labelled text makes of them. A
 * name that only one part of the text has must not help there: where the model
 * is used, no name is known from the text itself. So each of FOLDS parts is read
 * with the names of the others. */
enum { FOLDS = 10, NAME_CLASSES = 31 };
struct seen {
	unsigned as[3][FOLDS];   /* how often a PER, LOC or ORG, part by part */
	unsigned in_all[FOLDS];  /* how often at all */
};
struct named {
	uint64_t h;              /* name_hash */
	uint32_t c[NAME_LONGEST];
	uint8_t chars;
	struct seen *seen;       /* NULL: in lists only */
	uint8_t class;           /* of the lists that know it; 0: none does */
};
struct names {
	struct named *v;
	uint32_t *slot;          /* number in v, and 1; 0: empty */
	size_t n, slots, sentences;
	struct name_set set[FOLDS + 1]; /* without each part, and with all */
};

/* Rows by feature. */
struct index {
	uint64_t *key;       /* slot by slot; 0: empty */
	uint32_t *count;     /* in how many blocks of neighbouring sentences seen: within one, names come again */
	uint32_t *last;      /* the last one of them */
	uint32_t *row;       /* its row, or UINT32_MAX while it has none */
	size_t slots, used;
	uint32_t rows;
	uint32_t near;       /* sentences of a block: a few articles, where there is text enough */
	uint32_t block;      /* the one being read, from 1 on */
};

struct recipe {
	int epochs, threads;
	int more;            /* epochs after pruning */
	unsigned times;      /* trainings after pruning that are averaged */
	unsigned seed;       /* another one: other features sit out, sentences come in another order */
	float bold;          /* nats taken from O, so that more is found */
	float rate, decay, dropout;
	unsigned seen;       /* features seen in fewer blocks of neighbouring sentences are left out */
	size_t bytes;        /* of the model */
	const char *weigh;   /* model to which weights of spans are added, instead of all this */
	bool perceptron;     /* instead of the random field */
};

/* Text that is marked by several conventions is learned from with the weights that all have in common, and for the model's
 * own text and for the other each some of its own (frustratingly easy domain adaptation, Daumé 2007). The
 * model has the sum of the common and its own ones. */
enum { KIND_COMMON, KIND_OWN, KIND_OTHER, KINDS };
/* The model in training: rows of 16 floats, those of the labels first. Row k of a kind is row kind * rows + k. */
struct weights {
	float (*w)[16];
	float (*sum)[16];    /* over the epochs that are averaged */
	float *seen;         /* sum of squared gradients of a row (AdaGrad) */
	float step[16][16], step_sum[16][16], step_seen[16][16];
	uint32_t rows;           /* of each kind */
	uint32_t kinds;          /* 1 or KINDS */
	unsigned summed;
};

/* Reads columns (character TAB BIO tag, an empty line after a sentence) and gives each sentence to each(). Returns 0, or
 * the number of the first line that is not right. */
unsigned long conll_read(struct bs_str file, void (*each)(void *arg, const struct reading *s), void *arg);
/* The label of character i. */
unsigned reading_label(const struct reading *s, uint32_t i);
/* Reads columns and appends them to c. With grow, new features get a place in ix, and the text is the one that names_learn
 * has seen. Returns as conll_read. */
unsigned long corpus_read(struct corpus *c, struct index *ix, const struct lexicon *lex, const struct names *names,
    struct bs_str file, bool grow);
/* Adds the lines of file (name TAB class, 1 to NAME_CLASSES). Returns 0, or the number of
 * the first line that is not right. */
unsigned long names_read(struct names *names, struct bs_str file);
/* Adds the names that are marked in columns, in one file and another, and makes the sets. */
void names_learn(struct names *names, const struct lexicon *lex, struct bs_str file, struct bs_str other);
/* The names to read a sentence with: in training those of the other parts. */
const struct name_set *names_for(const struct names *names, size_t sentence, bool training);
/* Gives rows to the features seen often enough, and forgets the others in c. */
void corpus_number(struct corpus *c, struct index *ix, unsigned seen);
/* Gives each feature of c the row to[its row]; those without one are forgotten. */
void corpus_renumber(struct corpus *c, const uint32_t *to);
/* Weights of nothing for w->rows rows of w->kinds kinds. */
void weights_init(struct weights *w);
/* Leaves the common weights and the own ones as one kind. */
void weights_join(struct weights *w);
/* Keeps only the rows that a model of this size has room for, the heaviest
 * ones, and forgets the others in ix, c and dev as well. */
void prune(struct weights *w, struct index *ix, struct corpus *c, struct corpus *dev, const struct name_set *names, const struct recipe *how);
/* Learns, from the weights as they are; dev may be empty. After each epoch say() gets it and the F1 on dev. */
void train(struct weights *w, const struct corpus *c, const struct corpus *dev, const struct recipe *how, void (*say)(int epoch, double loss, double p, double r));
/* Learns how->times times from the start, each time with another seed, and leaves the average of all in w: as exact
 * for linear models as voting, and no dearer to use than one (bagging without the bags, after Breiman 1996). */
void train_often(struct weights *w, const struct corpus *c, const struct corpus *dev, struct recipe *how, void (*say)(int epoch, double loss, double p, double r));
/* The best row of labels of the n characters from b on, with the averaged weights or the last ones; from is scratch of
 * n * SEQ_LABELS bytes, label has n. */
void decode(const struct weights *w, const struct corpus *c, bool averaged, size_t b, size_t n, float bold, uint8_t *from, uint8_t *label);
/* Precision and recall of whole spans on c, with the weights as they are. */
void evaluate(const struct weights *w, const struct corpus *c, float bold, double *p, double *r);
/* The model as bytes: the heaviest rows that fit, in eight bits a weight. */
void pack(const struct weights *w, const struct index *ix, const struct name_set *names, const struct recipe *how, struct bs_buf *out);
/* Learns the first glance (glances.h), and the weights of spans (spans.h) by logistic regression from what models make of text that they have not learned from:
 * pairs are files, a model and a text by turns, and NULL. Writes `model` with those weights, and bias (nats: more finds more),
 * to out. c is how far a weight may go for one example (1 / (2c) of the sum of their squares is part of the loss). */
void weigh(const struct lexicon *lex, const char *model, char *const *pairs, float bias, double c, struct bs_buf *out);

#endif
