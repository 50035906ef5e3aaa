/* spacing.h - letter-spaced text closed up. */
#ifndef SPACING_H
#define SPACING_H

#include "bs.h"

/* `通 知 公 告` as `通知公告`: a line of at least three Han characters, each by
 * itself between single blanks; wider gaps then separate words and become one
 * blank. Anything else is returned as it is: a blank inside a Chinese line
 * sets off a name, a part of a headline or a line that broke. Twice equals once. */
struct bs_str dn_spacing(struct bs_mem *mem, struct bs_str text);

#endif
