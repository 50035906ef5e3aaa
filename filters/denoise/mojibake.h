/* mojibake.h - text that was read in a wrong encoding. */
#ifndef MOJIBAKE_H
#define MOJIBAKE_H

#include "bs.h"

enum dn_misread {
	DN_READ_WELL,       /* nothing to see */
	DN_UTF8_AS_GBK,     /* 鏂伴椈 for 新闻 */
	DN_UTF8_AS_LATIN,   /* cafÃ© for café, æ–°é—» for 新闻 */
	DN_GBK_AS_LATIN,    /* ÐÂÎÅ for 新闻 */
	DN_BIG5_AS_LATIN,
	DN_MISREAD          /* one of these for sure, but what it was is not certain */
};

/* What is wrong with the text; one of the four middle ones puts the right text,
 * made in mem, in *fixed. All of the text is repaired or nothing: bytes that became
 * ? or U+FFFD are lost, and what remains of such a line is not guessed at. */
enum dn_misread dn_misread(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed);

/* Lines and paragraphs of the page are repaired where that is certain and get
 * `repaired=utf8-as-gbk` (utf8-as-latin1, gbk-as-latin1, big5-as-latin1); those
 * that are misread but not certain get `flaw=mojibake`, and a remark tells of
 * the first one. To be called before anything else is changed: control
 * characters and no-break blanks are bytes here. Twice equals once. */
void dn_mojibake(struct bs_page *page);

/* Whether dn_mojibake left the text as it was, so that others do so too. */
bool dn_is_flawed(const struct bs_rec *rec);

#endif
