/*
 * scan.h - one look at a line, which tells the rooms of denoise what there is
 * to do.  Most lines of a clean text layer need nothing, and learn it here.
 */
#ifndef SCAN_H
#define SCAN_H

#include "bs.h"

struct scan {
	bool odd;         /* some character may have to be changed (chars.h) */
	uint32_t chars;   /* characters, blanks included */
	uint32_t blanks;  /* ASCII blanks */
	uint32_t wide;    /* characters of the Han block and CJK punctuation */
	uint32_t hangul;  /* Korean syllables (and rare letters of the same blocks) */
	uint32_t marks;   /* ASCII marks that Chinese sets full width: , : ; ? ! ( ) */
	uint32_t others;  /* those that Chinese has other marks for: " ' ... -- */
	uint32_t dots;    /* ASCII, by themselves or not */
	uint32_t torn;    /* characters that GBK makes of UTF-8 (recode.h); where there are more than
	                   * a few, only those that another one follows as it does if all are torn */
	bool latin;       /* holds characters of U+0080 to U+07FF */
	uint32_t full;    /* full-width ， ： ； ？ ！ （ ） */
};

/* Looks at well-formed UTF-8 of less than 4 GiB. Errs on the side of `odd`. */
void dn_look(struct bs_str text, struct scan *scan);
/* dn_look where time does not matter: a struct returned is one copied. */
struct scan dn_scan(struct bs_str text);
/* The same byte by byte, on any processor: for tests of the faster way. */
struct scan dn_scan_plainly(struct bs_str text);

/* How many of the n bytes at p lie before the next ASCII mark; or fewer of them. */
size_t dn_to_ascii(const char *p, size_t n);

#endif
