/* mojibake.h - lines of a page that were read in a wrong encoding. */
#ifndef MOJIBAKE_H
#define MOJIBAKE_H

#include "misread.h"

/* Lines and paragraphs of the page are repaired where that is certain and get
 * `repaired=utf8-as-gbk` (utf8-as-latin1, gbk-as-latin1, big5-as-latin1); those
 * that are misread but not certain get `flaw=mojibake`, and a remark tells of
 * the first one. To be called before anything else is changed: control
 * characters and no-break blanks are bytes here. Twice equals once. */
void dn_mojibake(struct bs_page *page);

/* Whether dn_mojibake left the text as it was, so that others do so too. */
bool dn_is_flawed(const struct bs_rec *rec);

#endif
