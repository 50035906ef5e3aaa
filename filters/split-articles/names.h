/* names.h - is this run of characters one personal name, or several? */
#ifndef NAMES_H
#define NAMES_H

#include "bs.h"

struct names;

/* Loads gazetteers/surnames.txt, given.txt, foreign.txt, words.txt and t2s.txt. */
struct names *names_load(void);
void names_free(struct names *n);

/* Cost of s as one personal name (tenths of a nat; lower is likelier), or
 * NAMES_NO: a Chinese family name with one or two given characters, or a
 * transliterated name with a middle dot. Latin names: capitalised words. */
#define NAMES_NO 10000
int names_cost(const struct names *n, struct bs_str s);

/* Whether s is an everyday word (成长, 平安): a name only where something says so. */
bool names_is_word(const struct names *n, struct bs_str s);

/* Cuts s, names set without blanks between them (程龙潘俊强), into at most max
 * names by least total cost. Returns how many, 0 if s cannot be read as names. */
size_t names_cut(const struct names *n, struct bs_str s, struct bs_str *out, size_t max);

/* Can names_cut find names in s, or in a text of two characters or more that s begins
 * with? A cheap no. */
bool names_begin(const struct names *n, struct bs_str s);

#endif
