/* latin.h - lines of another language between Chinese ones. */
#ifndef LATIN_H
#define LATIN_H

#include "context.h"

/* How many pieces from piece i on, of one block, are a text in Latin script by
 * themselves and not words of a Chinese sentence: three words at least and nothing
 * Chinese, after the end of a sentence, up to the end of one or that of the block.
 * Their marks are meant as they stand. */
size_t dn_latin_pieces(const struct dn_piece *v, size_t n, size_t i);

#endif
