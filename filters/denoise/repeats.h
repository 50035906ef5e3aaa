/* repeats.h - running heads that stand on a page more than once. */
#ifndef REPEATS_H
#define REPEATS_H

#include "bs.h"

/* A cheap no for most: whether a record, which has a blank in its text, may be a
 * running head. One has several words and a number, at either end in Latin script. */
bool dn_may_be_head(const struct bs_rec *rec);

/* Of the lines that may be heads, place[0] to place[places - 1] in the order of the
 * page, second and later copies become noise, rule=running-head, if the line is
 * nothing but a running head by the rules (share/rules/running-heads.rules: the
 * paper's name, date, weekday, label of the page). Copies may differ in blanks and
 * numbers. The first one stays: it may be the page's masthead. Lines that became
 * noise since are passed over. *rules may be NULL: loaded when first needed, and
 * the caller's to free. */
void dn_repeats(struct bs_page *page, const size_t *place, size_t places, struct bs_rules **rules);

#endif
