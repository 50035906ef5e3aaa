/* quotes.h - which straight quotes open and which close. */
#ifndef QUOTES_H
#define QUOTES_H

#include "context.h"

/* One straight quote, in the order of the page. */
struct dn_quote {
	int16_t lean;          /* tenths of log odds that it opens, by what stands beside it */
	bool single;           /* ' rather than " */
	bool measure;          /* may stand for inches (inches.h) */
	bool plain;            /* Latin words on both sides, a blank between */
	bool first;            /* the first one of its block */
	bool loose;            /* first: the block before ended without a stop, so it may go on here */
	bool opens;            /* the answer, */
	bool inch;             /* unless it is no quote at all */
	unsigned char back[4]; /* for dn_quotes: by state after, the best state before */
};

/* How a quote between the two sides leans. */
int16_t dn_lean(struct dn_side before, struct dn_side after);

/* Decides all quotes of a page: the cheapest way through four states (inside
 * double quotes or not, inside single ones or not), each quote paying for
 * leaning the other way, for opening inside or closing outside, and each block
 * for ending inside. What may stand for inches does so where that is cheaper. */
void dn_quotes(struct dn_quote *q, size_t n);

#endif
