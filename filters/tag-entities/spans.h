/*
 * spans.h - the second look at names: spans that the random field holds for possible are weighed as a whole.
 *
 * The field sees characters and pairs of labels. Here each span that it gives a fair share is weighed by what it is as
 * a whole: its string, its words, what stands beside it, and what competes with it (reranking, after
 * Collins 2002; the weights are those of a logistic regression over hashed features, after Weinberger and others 2009, learned
 * on text that the field has not learned from). The best spans without overlaps are kept.
 */
#ifndef SPANS_H
#define SPANS_H

#include "model.h"

struct span {
	uint32_t b, e;      /* half open, in characters */
	uint8_t type;       /* PER, LOC or ORG */
	float odds;         /* nats: log of the odds that the field gives it */
	float score;        /* the same after the second look */
};
struct span_set {
	struct span *v;     /* in order of b */
	size_t n, cap;
};
enum { SPAN_FEATURES = 80 };

/* What is known of a sentence. */
struct span_view {
	const struct ent_reading *r;
	const struct name_set *names;
	const struct ent_spans *rules;   /* in order and without overlaps */
	const struct span_set *all;
	const uint32_t *token;           /* of each character */
};

/* The spans of the n characters that the field gives a share of more than about one in a hundred; outside: those that are
 * surely O. From mem. */
void seq_spans_of(const struct seq_model *m, int16_t (*emit)[SEQ_LANES], const bool *outside, uint32_t n, struct bs_mem *mem, struct span_set *out);
/* The same for a sentence that has been prepared. */
void spans_possible(const struct seq_model *m, struct feat_view *v, uint32_t n, struct bs_mem *mem, struct span_set *out);
/* Prepares a sentence for span_features; from mem. */
void span_prepare(struct span_view *v, const struct ent_reading *r, const struct name_set *names, const struct ent_spans *rules, const struct span_set *all,
    struct bs_mem *mem);
/* The features of span k of v->all; returns how many. */
unsigned span_features(const struct span_view *v, size_t k, uint64_t out[SPAN_FEATURES]);
/* The spans without overlaps whose scores have the highest sum, and are above 0; in order of b, into keep (room for all->n);
 * returns how many. */
size_t spans_best(const struct span_set *all, uint32_t *keep, struct bs_mem *mem);
/* Adds the names of a sentence to out: seq_tag with the second look; m has weights for it. */
void spans_tag(const struct seq_model *m, const struct ent_reading *r, const struct ent_spans *rules, struct bs_mem *mem, struct ent_spans *out);

#endif
