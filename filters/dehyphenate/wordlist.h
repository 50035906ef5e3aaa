/* wordlist.h - lists of words by language. */
#ifndef WORDLIST_H
#define WORDLIST_H

#include "bs.h"

/* Whether the sorted list has the line `word`. Binary search on the bytes of the
 * file itself, so that nothing is read before it is needed. Format: the head of
 * share/words/en.txt; a list out of order gives wrong answers and no harm. */
bool wordlist_has(struct bs_str list, struct bs_str word);

/* The same for a line that begins so. */
bool wordlist_begins(struct bs_str list, struct bs_str begin);

/* share/words/LANG.txt, mapped once for the life of the process; empty where
 * there is none. lang is two letters. Ends the program with BS_BROKEN where
 * there is not even words/en.txt. */
struct bs_str wordlist_of(const char *lang);

#endif
