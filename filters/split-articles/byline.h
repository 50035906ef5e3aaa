/* byline.h - bylines: who wrote, in which role. */
#ifndef BYLINE_H
#define BYLINE_H

#include "bs.h"
#include "names.h"

#define BYLINE_MAX 24 /* authors of one byline; further ones are not taken apart */

struct author {
	struct bs_str name; /* blanks inside a letter-spaced name closed (程 龙) */
	struct bs_str role; /* as printed, n 0 if none */
};

/* The words of roles.txt: roles (记者), prefixes that belong to a role (本报),
 * and words that a byline ends with (报道). */
struct roles;
struct roles *roles_load(void);
/* Adds the roles of another table (--roles FILE), already mapped. */
void roles_add(struct roles *r, struct bs_str file);
void roles_free(struct roles *r);

/* How surely s is a byline: 3 a role and names, 2 a mark and names, 1 names
 * alone, 0 no byline. Authors go to out (at most BYLINE_MAX), their number to
 * *count; names are slices of s or of mem. */
int byline_read(struct bs_mem *mem, const struct roles *r, const struct names *n, struct bs_str s,
    struct author out[BYLINE_MAX], size_t *count);

#endif
