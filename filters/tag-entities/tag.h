/*
 * tag.h - one text in, its entities out.
 */
#ifndef TAG_H
#define TAG_H

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
};
enum { ENT_KNOWN_MAX = 200 }; /* in one article; hostile pages could bring any number */
struct ent_known {
	struct ent_name *v;
	size_t n, cap;
};

/* A text on its way: what was read, and the spans of the rules. */
struct ent_work {
	struct ent_text t;
	struct ent_reading r;
	struct ent_spans values;   /* everything with a value, addresses and works */
	struct ent_spans names;    /* PER, LOC, ORG and TITLE as the rules see them; overlapping */
};
/* Reads s and applies the rules; the caller calls ent_work_free. */
void ent_work_read(struct ent_work *w, const struct lexicon *lex, struct bs_mem *mem, struct bs_str s, struct ent_date ref,
    const struct ent_known *known);
void ent_work_free(struct ent_work *w);
/* Leaves in v what the model takes as a hint, in training as in tagging: spans of PER, LOC and ORG, in order and
 * without overlaps. */
void ent_hints(struct ent_spans *v);

/* Finds all entities of s; model may be NULL: then the rules decide alone. ref is the page's date (y 0: unknown). Names that
 * this text makes certain are added to known, those already there are found.
 * Only spans of `labels` (bit by label) compete; they are resolved and in order; memory is from mem, and the caller frees
 * out and known. */
void ent_tag(const struct lexicon *lex, const struct seq_model *model, struct bs_mem *mem, struct bs_str s, struct ent_date ref, struct ent_known *known, unsigned labels,
    struct ent_spans *out);
/* Adds a name of two to four Chinese characters or one with a dot; others are passed over. A
 * place has two characters. */
void ent_know(struct ent_known *known, struct bs_mem *mem, const struct lexicon *lex, struct bs_str name, bool place);

#endif
