/* seen.h - the words of a page, and its language. */
#ifndef SEEN_H
#define SEEN_H

#include "bs.h"

/* Words and pairs of words with a hyphen between, as hashes: a clash would make a
 * word seem to stand on the page, once in some 10^13 questions. Zero-initialise it. */
struct seen {
	uint64_t *slots; /* open addressing, 0 is free */
	size_t n, cap;     /* n counts those of earlier pages that are still there */
	uint64_t page;
	size_t commons[6]; /* how often the commonest words of each language stand there */
	char lang[3];      /* "en", "de", "fr", "nl", "es", "it"; "" where nothing tells */
};

/* Letters of the scripts in which words are divided: Latin, Greek, Cyrillic. */
static inline bool
is_letter(uint32_t c)
{
	return c < 0x80 ? (c | 0x20) - 'a' < 26 : c >= 0xc0 && c < 0x530 && c != 0xd7 && c != 0xf7;
}
/* Such a letter as a capital; none of the letters above U+00DE counts as one,
 * but those of Cyrillic do. */
static inline bool
is_capital(uint32_t c)
{
	return c < 0x80 ? c - 'A' < 26 : (c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x400 && c <= 0x42f);
}
/* Puts s in small letters at to, which has room for s.n bytes; returns s.n. */
size_t fold_word(char *to, struct bs_str s);

/* Takes in all the words of text; costs its length. A word that a hyphen joins to
 * another is taken both alone and with it: in mother-in-law stand mother, in, law,
 * mother-in, in-law. */
void seen_read(struct seen *seen, struct bs_str text);
/* After all of a page was read: the language is that whose commonest words
 * (articles, prepositions) stand there most often. */
void seen_tell(struct seen *seen);
/* Forgets all, but may keep the memory. */
void seen_clear(struct seen *seen);
/* Whether the word, or a pair such as "in-law", stands there. Must be folded. */
bool seen_has(const struct seen *seen, struct bs_str word);
void seen_free(struct seen *seen);

#endif
