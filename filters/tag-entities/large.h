/*
 * large.h - memory on large pages, where the system has them: what is looked up all over the lexicon costs less
 * then, for one entry of the table of pages covers what takes 512 of small ones.
 */
#ifndef LARGE_H
#define LARGE_H

#include "bs.h"

/* n bytes, not cleared; freed with free. Ends the program where memory is out. */
void *large_get(size_t n);

#endif
