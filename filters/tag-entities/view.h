/*
 * view.h - a sentence prepared for asking about its features: what features.c and glance.c see of it.
 */
#ifndef VIEW_H
#define VIEW_H

#include "features.h"

enum {
	PAD = 4,      /* empty places before and after the sentence, so that no one asks about its ends */
	FAR = 15
};

/* Classes of tokens and of entries of the lexicon, in one byte. */
enum {
	C_NONE, C_LETTER = 1 /* to 26 */, C_TITLE = 27, C_SUFFIX, C_ORG, C_PLACE = 30, /* 6 levels, then the same weak */
	C_FOREIGN = 42, C_DOTTED, C_PER, C_FAMILY, C_TITLED, C_VALUE, C_LATIN, C_CHAR, C_PUNCT, C_ENUM, C_COMMA, C_STOP, C_OPEN, C_CLOSE,
	C_BOOK, C_DOT, C_EDGE
};

struct place {
	uint32_t tok;
	uint16_t c;
	uint8_t class;           /* of the character */
	uint8_t at;              /* in its token: 0 first, 1 inside, 2 last, 3 only one */
	uint16_t begin, end;     /* of the longest entry that begins here, or ends here: its length, up to 7, and its class */
	uint8_t rule;            /* SEQ label that the rules give */
	uint8_t listed;          /* what lists know the name in which it stands */
	uint8_t quoted;          /* 1 inside 《》, 2 inside quotation marks, 3 inside brackets */
	uint8_t inside;          /* where in it: length, up to 7, and 0 first, 1 inside, 2 last */
	uint64_t one, two, three; /* hashes of one to three characters from here on */
};

struct word {
	uint32_t hash;           /* of its characters; 0: not yet asked for */
	uint32_t to;             /* the token that is that ending */
	uint8_t class, len;
	uint8_t suffix;          /* tokens up to the ending of an organisation; FAR: none */
	uint8_t place;           /* tokens back to the name of a place; FAR: none */
};

enum { TOKEN_FEATURES = 5 };

struct feat_view {
	const struct ent_reading *r;
	struct place *p;         /* p[0] is the first character */
	struct word *w;
	struct feat_stretch *stretch;       /* the characters that may be asked for */
	size_t stretches;
	uint32_t n;
	uint32_t tok;                       /* the token of the last character asked for */
	uint64_t token[TOKEN_FEATURES];     /* and what is the same for all characters of it */
};

#endif
