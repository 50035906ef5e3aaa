/* chars.h - characters that stand in for ordinary ones. */
#ifndef CHARS_H
#define CHARS_H

#include "bs.h"

struct dn_chars; /* a table of replacements */

/* The table of a file like share/rules/characters.txt (already mapped; the
 * slices stay in it); path is for messages. A bad line ends the program with
 * BS_USAGE. The result is malloc'ed. */
struct dn_chars *dn_chars_load(struct bs_str file, const char *path);
void dn_chars_free(struct dn_chars *c);

/* The text with
 * - radicals (CJK and Kangxi) and compatibility ideographs as unified ideographs,
 * - full-width letters and digits as ASCII, and the full-width signs that stand
 *   between them (％ after a digit, ． － ／ ＿ ＠ in the middle),
 * - every kind of blank as U+0020, one for one: indents keep their width,
 * - Latin ligatures as letters,
 * - zero-width, bidi and control characters taken out; the soft hyphen stays
 *   (it marks a line break), so do joiners in scripts that write with them,
 * - the rest in normal form C (utf8proc).
 * Made in mem; twice equals once. Only worth calling where a scan says odd. */
struct bs_str dn_chars(struct bs_mem *mem, const struct dn_chars *c, struct bs_str text);

#endif
