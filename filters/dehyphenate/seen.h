/* seen.h - the words of a page, and its language. */
#ifndef SEEN_H
#define SEEN_H

#include "bs.h"

/* Words and pairs of words with a hyphen between, as hashes: a clash would make a
 * word seem to stand on the page, once in some 10^13 questions. Zero-initialise it. */
struct seen {
	uint64_t *slots; /* open addressing, 0 is free */
	size_t n, cap;
	char lang[3];    /* "en", "de", "fr", "nl", "es", "it"; "" where nothing tells */
};

/* Letters of the scripts in which words are divided: Latin, Greek, Cyrillic. */
bool is_letter(uint32_t c);
/* Such a letter as a capital; none of the letters above U+00DE counts as one,
 * but those of Cyrillic do. */
bool is_capital(uint32_t c);
/* Appends s in small letters. */
void put_folded(struct bs_buf *b, struct bs_str s);

/* Takes in all the words of text, once; costs its length. A word that a hyphen
 * joins to another is taken both alone and with it: in mother-in-law stand
 * mother, in, law, mother-in, in-law. The language is that whose commonest words
 * (articles, prepositions) stand there most often. */
void seen_read(struct seen *seen, struct bs_str text);
/* Whether the word, or a pair such as "in-law", stands there. Must be folded. */
bool seen_has(const struct seen *seen, struct bs_str word);
void seen_free(struct seen *seen);

#endif
