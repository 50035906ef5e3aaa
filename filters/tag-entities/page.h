/*
 * page.h - a page of records in, the same with `entity` records out.
 */
#ifndef PAGE_H
#define PAGE_H

#include "tag.h"

struct ent_options {
	struct lexicon lex;
	const char *model_name;        /* --model, or NULL */
	const struct seq_model *model; /* NULL: rules only */
	struct ent_date date;  /* --date; y 0: none */
	unsigned labels;       /* bit by label: those wanted */
	unsigned min_percent;  /* names that the model is less sure of are left out */
};

/* Adds an entity record after each record whose text holds one: paragraphs,
 * headlines and the other kinds of running text; authors are marked on their
 * byline; lines where the page has nothing but lines. Entities already there
 * stay, and new ones that overlap them are left out. */
void ent_page(struct bs_page *page, const struct ent_options *o);

/* The page's text for people, a record a line, entities as [PER 乔以安]. */
void ent_inline(struct bs_page *page, struct bs_buf *out);

/* The half-open range of an entity's at=S-E, by code points; mem is for an
 * escaped value. False where the record has none or none that is right. */
bool ent_range(struct bs_mem *mem, const struct bs_rec *rec, uint32_t *b, uint32_t *e);

#endif
