/* hyphen.h - hyphens at line ends in Latin script. */
#ifndef HYPHEN_H
#define HYPHEN_H

#include "bs.h"

enum hyphen {
	HYPHEN_NONE, /* left does not end in a hyphen that could belong to a word */
	HYPHEN_DROP, /* the word was divided: the hyphen goes */
	HYPHEN_KEEP  /* a compound, a name, a range: the hyphen stays */
};

/* What becomes of the hyphen at the end of `left` when `right` follows on the
 * next line. *cut is the length in bytes of the hyphen. Evidence in this order:
 * soft hyphens always go; digits keep theirs; the same word elsewhere on the
 * page, without or with hyphen; compounds that English sets off (self-, well-),
 * single letters and capitals (U-boat, Anglo-Norman) keep theirs; else the word was
 * divided, which is what most such hyphens are. `page` may be empty. */
enum hyphen hyphen_at(struct bs_str left, struct bs_str right, struct bs_str page, size_t *cut);

#endif
