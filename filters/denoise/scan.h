/*
 * scan.h - one look at a line, which tells the rooms of denoise what there is
 * to do.  Most lines of a clean text layer need nothing, and learn it here.
 */
#ifndef SCAN_H
#define SCAN_H

#include "bs.h"

struct scan {
	bool odd;        /* some character may have to be changed (chars.h) */
	size_t chars;    /* characters, blanks included */
	size_t blanks;   /* ASCII blanks */
	size_t wide;     /* characters of the Han block and CJK punctuation */
	size_t hangul;   /* Korean syllables (and rare letters of the same blocks) */
	size_t marks;    /* ASCII marks that Chinese sets full width: , : ; ? ! ( ) */
	size_t others;   /* those that Chinese has other marks for: " ' ... -- */
	size_t full;     /* full-width ， ： ； ？ ！ （ ） */
};

/* Looks at well-formed UTF-8. Errs on the side of `odd`. */
struct scan dn_scan(struct bs_str text);
/* The same byte by byte, on any processor: for tests of the faster way. */
struct scan dn_scan_plainly(struct bs_str text);

#endif
