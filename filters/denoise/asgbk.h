/* asgbk.h - UTF-8 that was read as GBK. */
#ifndef ASGBK_H
#define ASGBK_H

#include "misread.h"

/* Reads the text again if all of it was so misread, or each stretch that was: such a
 * stretch begins with a torn character (recode.h), is well-formed UTF-8 to its end and
 * makes sense. DN_UTF8_AS_GBK, the right text made in mem in *fixed; DN_MISREAD where
 * bytes of a stretch were lost; else DN_READ_WELL. */
enum dn_misread dn_as_gbk(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed);

#endif
