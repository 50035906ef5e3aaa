/* key.h - the simple form in which lines and rules are compared. */
#ifndef KEY_H
#define KEY_H

#include "bs.h"

#define DN_KEY_MAX 300 /* bytes of a line that may still be furniture */

/* Appends the simple form of text: no blanks beside Han and wide punctuation,
 * one blank for several elsewhere and none at the ends; full-width ，：；？！（） and
 * curly quotes as in ASCII; a run of dots or … as one …, two hyphens as ——.
 * It is the same before and after the other rooms of denoise. */
void dn_key(struct bs_buf *out, struct bs_str text);

/* Appends a file of rules with the patterns brought into the same form. */
void dn_key_rules(struct bs_buf *out, struct bs_str file);

#endif
