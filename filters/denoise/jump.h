/* jump.h - pointers from page to page: 下转第3版, 上接A1版. */
#ifndef JUMP_H
#define JUMP_H

#include "bs.h"

/* Attributes of a line that the match took out: rule=NAME, and for a jump to=
 * and from= in digits. Made in mem. */
struct bs_str dn_jump_attrs(struct bs_mem *mem, const struct bs_rules *rules, const struct bs_match *m);

/* Cuts jumps off the heads and tails of lines that hold more than the jump: each
 * gets a jump record beside the line, whose id is the line's with .j, .j2, …
 * Returns whether there were any. */
bool dn_cut_jumps(struct bs_page *page, const struct bs_rules *rules);

#endif
