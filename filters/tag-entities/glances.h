/*
 * glances.h - learning where names are likely at first glance (glance.h).
 */
#ifndef GLANCES_H
#define GLANCES_H

#include "glance.h"
#include "spans.h"
#include "train.h"

enum { GLANCE_BITS = 14, GLANCE_SIZE = (GLANCE_ROW << GLANCE_BITS) + GLANCE_OTHERS };

/* A character, between two that are none at either end of its sentence. */
struct glance_example {
	uint32_t c;              /* glance_char; 0: none */
	struct glance_token token;
	uint8_t rule;            /* SEQ label that the rules give */
	uint8_t is;
};
struct glances {
	struct glance_example *v;
	size_t n, cap;
};

/* Adds the characters of a sentence: those of names (s), and of spans that a model which has not learned from it holds for
 * possible (all), are likely. */
void glances_add(struct glances *g, const struct feat_view *v, const struct ent_reading *r, const struct ent_spans *rules, const struct reading *s,
    const struct span_set *all);
/* Learns from them, and frees them: what stands in the head of a model from MODEL_GLANCE on, and its rows and other weights. */
void glances_learn(struct glances *g, char head[8], unsigned char out[GLANCE_SIZE]);

#endif
