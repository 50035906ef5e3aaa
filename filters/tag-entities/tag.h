/*
 * tag.h - one text in, its entities out.
 */
#ifndef TAG_H
#define TAG_H

#include <string.h>

#include "model.h"
#include "names.h"
#include "when.h"

/* Names that the article makes certain (authors, people with a title, 望川
 * where it has 望川县), for finding them again elsewhere in it. */
struct ent_name {
	struct bs_str key;    /* folded */
	struct bs_str print;  /* as first printed */
	uint32_t first;       /* its first character, folded */
	uint32_t chars;
	bool place;           /* of a place, else of a person */
	uint8_t next;         /* 1 + the next one that ent_known_first gives for these characters; 0: none */
};
enum { ENT_KNOWN_MAX = 200, ENT_KNOWN_HEADS = 1024 }; /* in one article; hostile pages could bring any number */
struct ent_known {
	struct ent_name *v;
	size_t n, cap;
	uint8_t head[ENT_KNOWN_HEADS]; /* 1 + the first name, by ent_known_head of its first characters; 0: none */
};
static inline unsigned
ent_known_head(uint32_t c, uint32_t d)
{
	return (c * 0x9E3779B1U ^ d * 0x85EBCA6BU) >> 22;
}
/* No names, in the room that there is. */
static inline void
ent_forget(struct ent_known *known)
{
	known->n = 0;
	memset(known->head, 0, sizeof(known->head));
}
/* 1 + the first of the names that may begin with c and d, in the order in which they became known; 0: none does. */
static inline unsigned
ent_known_first(const struct ent_known *known, uint32_t c, uint32_t d)
{
	return known->head[ent_known_head(c, d)];
}

/* A text on its way: what was read, and the spans of the rules. */
struct ent_work {
	struct ent_text t;
	struct ent_reading r;
	struct ent_spans values;   /* everything with a value, addresses and works */
	struct ent_spans names;    /* PER, LOC, ORG and TITLE as the rules see them; overlapping */
};
/* Reads s and applies the rules; attrs of spans are from keep, all else from mem; the caller calls ent_work_free. */
void ent_work_read(struct ent_work *w, const struct lexicon *lex, struct bs_mem *mem, struct bs_mem *keep, struct bs_str s, struct ent_date ref,
    const struct ent_known *known);
void ent_work_free(struct ent_work *w);
/* Leaves in v what the model takes as a hint, in training as in tagging: spans of PER, LOC and ORG, in order and
 * without overlaps. */
void ent_hints(struct ent_spans *v);

/* Finds all entities of s; model may be NULL: then the rules decide alone. ref is the page's date (y 0: unknown). Names that
 * this text makes certain are added to known, those already there are found.
 * Only spans of `labels` (bit by label) compete; they are resolved and in order. What out and known point to is from keep (or
 * in s), and the caller frees both; mem is for the work, and may be reset after it. */
void ent_tag(const struct lexicon *lex, const struct seq_model *model, struct bs_mem *mem, struct bs_mem *keep, struct bs_str s, struct ent_date ref, struct ent_known *known, unsigned labels,
    struct ent_spans *out);
/* Adds a name of two to four Chinese characters or one with a dot; others are passed over. A
 * place has two characters. The name must outlive known, as must keep; mem is for the work. */
void ent_know(struct ent_known *known, struct bs_mem *mem, struct bs_mem *keep, const struct lexicon *lex, struct bs_str name, bool place);

#endif
