/* roles.h - which part each block plays on the page. */
#ifndef ROLES_H
#define ROLES_H

#include "blocks.h"

enum role {
	R_MASTHEAD, R_SECTION, R_KICKER, R_HEADLINE, R_HEADLINE2, R_SUBHEADLINE, R_BYLINE,
	R_LEAD,      /* first paragraph of an article */
	R_PARAGRAPH, R_SUBHEAD, R_CAPTION, R_NOTE,
	R_TABLE,     /* a row of a table of figures */
	R_SIGNOFF,   /* names at the end of an article: （记者 张三） */
	R_COUNT
};
extern const char *const role_names[R_COUNT];

#define R_LANES 16 /* a whole number of vectors: what is kept by role ends with roles that cannot be */

/* Weights of features for roles and of moves between roles. */
struct weights {
	float emit[F_COUNT][R_LANES];
	float start[R_LANES];
	float move[R_COUNT][R_LANES]; /* from, to; -INFINITY where a role may not follow */
	float back[R_COUNT][R_LANES]; /* the same, to, from */
};

/* Reads share/rules/roles.weights (mapped); path is for messages. Ends the
 * program with BS_USAGE where a line names an unknown role or feature, or no number. */
void weights_read(struct weights *w, struct bs_str file, const char *path);

/* The likeliest sequence of roles for the n blocks: sum of the weights of what
 * is seen of each block and of each move, maximised by dynamic programming
 * (Viterbi 1967). mem is for the work. */
void roles_decode(struct bs_mem *mem, const struct weights *w, const struct block *b, size_t n, enum role *out);

/* An article that is signed over its text and, by others, under it is two: the
 * last subhead between becomes the headline of the second. Changes role, the roles
 * of the n blocks. */
void roles_part_signed(const struct block *b, size_t n, enum role *role);

/* Score of one role for one block, moves left out; for --explain. */
float role_score(const struct weights *w, const struct block *b, enum role r);

#endif
