/*
 * latin.h - the little that is known of English pages: dates, names after a
 * title, a few places.
 */
#ifndef LATIN_H
#define LATIN_H

#include "entity.h"
#include "when.h"

/* The English expression that starts at i: TIME (Jan. 16, 2024; 16 January;
 * Tuesday; yesterday), PER (Mr. Smith; By J. Smith), LOC (a list of well-known
 * places), ORG by its ending (… University). Fills *span; false if none. */
bool ent_latin_span(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span);

#endif
