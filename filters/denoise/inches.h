/* inches.h - marks for inches, which look like straight quotes. */
#ifndef INCHES_H
#define INCHES_H

#include "bs.h"

/* Whether the " at byte off of the text may stand for inches: after a number of at most
 * three digits before the point, and before what is sold by inches (7"平板, 5.5" 屏), or
 * before another such number (7"、8"平板). “iPhone 7"手机 is told from it by the quotes
 * around (dn_quotes). */
bool dn_may_be_inch(struct bs_str text, size_t off);

#endif
