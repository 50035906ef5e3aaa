/* extras.h - what is said of an article beside its parts: which kind of piece it is,
 * which part of a series, who is named outside the byline. */
#ifndef EXTRAS_H
#define EXTRAS_H

#include "blocks.h"

/* Where people are named outside the byline; what in= says. */
enum credit_place { C_DATELINE, C_END, C_CAPTION, C_COUNT };

struct extras {
	const struct eye *eye;
	struct bs_rules *credits[C_COUNT]; /* credits.rules */
};

/* Loads the rules, and those of eye->notices; eye stays the caller's. */
void extras_load(struct extras *x, struct eye *eye);

/* The kind of an article whose first paragraph is this, or NULL for one like any other. */
const char *extras_kind(const struct extras *x, const struct block *b);

/* The part of a series that a heading names (上, 之三, ②), n 0 if none. A slice of it. */
struct bs_str extras_part(const struct extras *x, const struct block *b);

enum credit_use { FOR_PROSE, FOR_UNSIGNED, FOR_CAPTION };

/* Appends an author record, with in= the place (dateline, end), for each name that a
 * paragraph carries outside the byline. id is that of its record. FOR_UNSIGNED: the
 * article has no byline; who signs at its end is an author without in=. */
void extras_credits(const struct extras *x, struct bs_mem *mem, struct bs_recs *out, struct bs_str id, const struct block *b,
    enum credit_use use);

/* The same for a caption: in=caption. */
void extras_caption(const struct extras *x, struct bs_mem *mem, struct bs_recs *out, struct bs_str id, struct bs_str text);

#endif
