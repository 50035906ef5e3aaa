/* misread.h - text that was read in a wrong encoding. */
#ifndef MISREAD_H
#define MISREAD_H

#include "scan.h"

enum dn_misread {
	DN_READ_WELL,       /* nothing to see */
	DN_UTF8_AS_GBK,     /* 鏂伴椈 for 新闻 */
	DN_UTF8_AS_LATIN,   /* cafÃ© for café, æ–°é—» for 新闻 */
	DN_GBK_AS_LATIN,    /* ÐÂÎÅ for 新闻 */
	DN_BIG5_AS_LATIN,
	DN_MISREAD          /* one of these for sure, but what it was is not certain */
};

/* What is wrong with the text; one of the four middle ones puts the right text,
 * made in mem, in *fixed. What is misread may be a part of it, but all of that is
 * repaired or nothing: bytes that became ? or U+FFFD are lost, and what remains of such
 * a line is not guessed at. */
enum dn_misread dn_misread(struct bs_mem *mem, struct bs_str text, struct bs_str *fixed);

/* A cheap no for most texts, by their scan. */
bool dn_may_be_misread(struct bs_str text, const struct scan *scan);

#endif
