/* look.h - what look.c and measure.c share; not for filters. */
#ifndef LOOK_H
#define LOOK_H

#include "bs.h"

#define LOOK_YEAR 4 /* digits in a row that tell */

/* Each character of the Basic Multilingual Plane is of a kind, 0 if it was not seen yet:
 * kinds of their own have digits, letters, and what patterns ask for. */
enum {
	K_OTHER = 1,     /* and its columns, 0 to 2 */
	K_HAN = 4,       /* the same */
	K_COMMA1 = 7, K_COMMA2, K_STOP2,
	K_DIGIT, K_UPPER, K_LOWER = K_UPPER + 26,
	K_ASKED = K_LOWER + 26,
	K_COUNT = 64 * BS_LOOK_WORDS
};

/* What a character adds, by its kind: columns, and one to characters, Han, commas, or
 * stops, in 12 bits each, as many as LOOK_BYTES can make. */
extern uint64_t look_measures[K_COUNT];
#define LOOK_BYTES 2040
#define LOOK_COLUMNS(n) ((uint64_t)(n))
#define LOOK_CHAR (UINT64_C(1) << 12)
#define LOOK_HAN (UINT64_C(1) << 24)
#define LOOK_COMMA (UINT64_C(1) << 36)
#define LOOK_STOP (UINT64_C(1) << 48)

extern uint16_t look_kinds[0x10000];

/* The kind of any character, never 0. */
unsigned look_kind(uint32_t c);

/* A text of which nothing was seen yet. */
void look_start(struct bs_look *l, struct bs_str text);

/* Adds what the characters of LOOK_BYTES at most came to. */
static inline void
look_sum(struct bs_look *l, uint64_t sum)
{
	l->columns += sum & 0xfff;
	l->chars += sum >> 12 & 0xfff;
	l->han += sum >> 24 & 0xfff;
	l->commas += sum >> 36 & 0xfff;
	l->stops += sum >> 48;
}

#endif
