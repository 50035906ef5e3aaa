/* seen.h - the words of a page, and its language. */
#ifndef SEEN_H
#define SEEN_H

#include "bs.h"

#include <string.h>

/* Words, and pairs of words with a hyphen between, as they are printed; in rows by the
 * first four bytes of their small letters. Zero-initialise it. */
struct seen_word {
	const char *p;
	unsigned n;
	unsigned next; /* 1 + the next one in its row, 0 for none */
};
#define SEEN_COMMONS 256
struct seen {
	struct seen_word *words;
	size_t n, cap;
	unsigned *first, bits; /* 1 + the first one of each row; 1 << bits rows */
	size_t rows_cap;
	unsigned commons[SEEN_COMMONS]; /* how often each of the commonest words of some languages stands there */
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
/* Puts s in small letters at to, which has room for s.n bytes and FOLD_ROOM more; returns s.n. */
#define FOLD_ROOM 8
size_t fold_word(char *to, struct bs_str s);

/* Forgets all, but may keep the memory; a page of about so many bytes will be read. */
void seen_start(struct seen *seen, size_t bytes);
/* Takes in all the words of text, which has to stay where it is; costs its length. A word that a hyphen joins to
 * another is taken both alone and with it: in mother-in-law stand mother, in, law,
 * mother-in, in-law. */
void seen_read(struct seen *seen, struct bs_str text);
/* After all of a page was read: the language is that whose commonest words
 * (articles, prepositions) stand there most often. */
void seen_tell(struct seen *seen);
/* The next of the words and pairs that may begin as `begin`, in small letters, does with
 * its first four bytes, or are as it is, if it is shorter; others are among them. Start with *at = 0. */
bool seen_next(const struct seen *seen, struct bs_str begin, size_t *at, struct bs_str *word);
void seen_free(struct seen *seen);

#endif
