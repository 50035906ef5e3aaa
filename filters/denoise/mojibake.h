/* mojibake.h - lines of a page that were read in a wrong encoding. */
#ifndef MOJIBAKE_H
#define MOJIBAKE_H

#include "misread.h"

/* The text of record i of the page is repaired where that is certain and the record
 * gets `repaired=utf8-as-gbk` (utf8-as-latin1, gbk-as-latin1, big5-as-latin1); if it
 * is misread but what it was not certain it gets `flaw=mojibake`, a remark tells of the
 * first one (*told, false at the start of a page), and false is returned: others leave
 * the text as it is, too. To be called where dn_may_be_misread says so, before anything
 * else is changed: control characters and no-break blanks are bytes here. Twice equals
 * once. */
bool dn_mojibake(struct bs_page *page, size_t i, bool *told);

/* Whether dn_mojibake left the text as it was, so that others do so too. */
bool dn_is_flawed(const struct bs_rec *rec);

#endif
