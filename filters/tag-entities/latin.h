/*
 * latin.h - the little that is known of English pages: dates, times, amounts
 * in words, and names that a title, an ending or a verb of saying gives away.
 */
#ifndef LATIN_H
#define LATIN_H

#include "entity.h"
#include "when.h"

/* The English expression that starts at i: TIME (Jan. 16, 2024; 16 January;
 * Tuesday; yesterday; and those of ent_english_value), PER (Mr. Smith; By J. Smith;
 * Ellen Hart said), LOC (a list of well-known places; … River), ORG by its ending or
 * head (… University, Bank of …). Fills *span; false if none. */
bool ent_latin_span(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span);

/* ---- between the two rooms ---- */

/* TIME (18 months, two weeks ago, last year, 5:30 p.m., in 1998, the 1990s) or PERCENT
 * (30 percent) at i, where no letter or digit stands before; false if none. ref: the
 * page's date, or y 0. */
bool ent_english_value(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span);
/* Whether neither a letter nor a digit stands at i. */
bool ent_word_end(const struct ent_text *t, uint32_t i);
/* *span becomes the TIME [b, e) with the value of *w, its attributes from mem. */
void ent_time_span(struct ent_span *span, struct bs_mem *mem, uint32_t b, uint32_t e, const struct ent_when *w);

#endif
