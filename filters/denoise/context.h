/* context.h - what stands beside a mark, over blanks and line breaks. */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "bs.h"

/* A piece of a block: one line of it, or a whole paragraph. */
struct dn_piece {
	struct bs_str text;
	bool first;   /* a block begins here: a blank line stood before it, or it is a record of its own */
	bool folded;  /* holds ASCII marks (scan.h) */
	size_t wide;  /* characters of Han and CJK punctuation, */
	size_t hangul;/* Korean ones, */
	size_t dense; /* and all but blanks */
};

/* What ends a number: % ‰ ℃. */
static inline bool
dn_ends_number(uint32_t cp)
{
	return cp == '%' || cp == 0x2030 || cp == 0x2103;
}
/* U+4000 to U+9FFF by the first byte. */
static inline bool
dn_is_ideograph(unsigned char lead)
{
	return lead >= 0xe4 && lead <= 0xe9;
}

/* The pieces of a page, and a place between two characters of it. */
struct dn_place {
	const struct dn_piece *v;
	size_t n, i; /* pieces; the piece of the place */
	size_t off;  /* byte offset in v[i].text */
};

enum dn_class {
	DN_EDGE,  /* no more text in the block */
	DN_COMMA, DN_COLON, DN_DUN, DN_STOP, DN_OPEN, DN_CLOSE, /* as printed or in ASCII; DUN is 、 */
	DN_QUOTE, DN_DASH, DN_DIGIT, DN_LATIN, DN_HAN, DN_OTHER,
	DN_CLASSES
};
/* DN_EDGE for 0. */
enum dn_class dn_class(uint32_t cp);

struct dn_side {
	enum dn_class class;
	uint32_t cp;  /* 0 at an edge */
	bool blank;   /* blanks or a line break lie between */
};
/* The nearest character before or after the place within the block that is no
 * blank; at most a few blanks are looked over. `beyond` also looks over quotes
 * and brackets, which belong to neither script. */
struct dn_side dn_before(struct dn_place at, bool beyond);
struct dn_side dn_after(struct dn_place at, bool beyond);

#endif
