/* words.h - words of bylines by their beginnings; for byline.c and words.c. */
#ifndef WORDS_H
#define WORDS_H

#include "byline.h"

struct word {
	struct bs_str s;
	char kind;   /* r role, p prefix of a role, e end word, b Latin "By" */
	size_t next; /* word with the same beginning, from 1; 0 for none */
};

#define WORD_BEGINNINGS 4096

struct roles {
	struct word *v;
	size_t n, cap;
	uint32_t first[WORD_BEGINNINGS];      /* first word of each beginning, from 1 */
	unsigned char kinds[WORD_BEGINNINGS]; /* and a bit for each kind of word among them */
};

static inline unsigned char
word_bit(char kind)
{
	return kind == 'r' ? 1 : kind == 'p' ? 2 : kind == 'e' ? 4 : 8;
}

/* Words are found by their first character; most characters of a page begin none. */
static inline size_t
word_beginning(struct bs_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	return s.n >= 3 && p[0] >= 0xe0 ? (p[0] * 151u ^ (p[1] & 63u) << 6 ^ (p[2] & 63u)) % WORD_BEGINNINGS : s.n ? p[0] : 0;
}

/* May a word, or 驻, start s? */
static inline bool
words_may_begin(const struct roles *r, struct bs_str s)
{
	return r->kinds[word_beginning(s)] || (s.n > 2 && (unsigned char)s.p[0] == 0xe9);
}

/* Bytes of the longest word of the kind at the start of s. */
size_t words_longest(const struct roles *r, struct bs_str s, char kind);

/* Bytes of a role at the start of s: prefixes (本报, 特约) and then a role word, blanks between
 * them allowed; 实习生 is a role, not 实习 and something. 0 if there is none. */
size_t words_role(const struct roles *r, struct bs_str s);

/* Bytes of a paper's name and the role after it, at the start of s: 栖湖晚报记者, 栖湖网·石桥新闻
 * 记者. The name is known by its last character, since papers are no closed list. 0 if there
 * is none. */
size_t words_paper_role(const struct roles *r, struct bs_str s);

#endif
