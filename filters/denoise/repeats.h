/* repeats.h - running heads that stand on a page more than once. */
#ifndef REPEATS_H
#define REPEATS_H

#include "bs.h"

/* The second and later copies of a line become noise, rule=running-head, if the
 * line is nothing but a running head by the rules (share/rules/running-heads.rules:
 * the paper's name, date, weekday, label of the page). Copies may differ in
 * blanks and numbers. The first one stays: it may be the page's masthead.
 * *rules may be NULL: loaded when first needed, and the caller's to free. */
void dn_repeats(struct bs_page *page, struct bs_rules **rules);

#endif
