/* jump.h - pointers from page to page: 下转第3版, 上接A1版. */
#ifndef JUMP_H
#define JUMP_H

#include "bs.h"

/* Why a line was taken out: the rule, and the pages a jump points to or comes
 * from, in digits; p NULL where it does not say. */
struct dn_why {
	const char *rule;
	struct bs_str to, from;
};
/* From a match; what it holds is made in mem. */
struct dn_why dn_why(struct bs_mem *mem, const struct bs_rules *rules, const struct bs_match *m);
/* Makes rec noise or a jump, with rule=, to= and from= added to its attributes. */
void dn_take_out(struct bs_mem *mem, struct bs_rec *rec, const struct dn_why *why);

/* Cuts jumps off the heads and tails of lines that hold more than the jump: each
 * gets a jump record beside the line, whose id is the line's with .j, .j2, …
 * Returns whether there were any. */
bool dn_cut_jumps(struct bs_page *page, const struct bs_rules *rules);

#endif
