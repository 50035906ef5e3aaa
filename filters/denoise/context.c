/* context.c - what stands beside a mark, over blanks and line breaks. */
#include "context.h"

#define FAR 6 /* blanks, quotes and brackets looked over: more in a row is no running text */

static enum dn_class
class_of_ascii(uint32_t cp)
{
	if (cp >= '0' && cp <= '9')
		return DN_DIGIT;
	if ((cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z'))
		return DN_LATIN;
	switch (cp) {
	case 0: return DN_EDGE;
	case ',': case ';': return DN_COMMA;
	case ':': return DN_COLON;
	case '!': case '?': return DN_STOP;
	case '(': return DN_OPEN;
	case ')': return DN_CLOSE;
	case '"': case '\'': return DN_QUOTE;
	case '-': case '~': return DN_DASH;
	default: return DN_OTHER;
	}
}

enum dn_class
dn_class(uint32_t cp)
{
	if (cp < 0x80)
		return class_of_ascii(cp);
	if (bs_is_han(cp) || (cp >= 0x3040 && cp < 0x3100))
		return DN_HAN;
	if (cp < 0x250 && cp >= 0xc0)
		return DN_LATIN;
	switch (cp) {
	case 0xff0c: case 0xff1b: return DN_COMMA;
	case 0xff1a: return DN_COLON;
	case 0x3001: return DN_DUN;
	case 0x3002: case 0xff01: case 0xff1f: case 0x2026: return DN_STOP;
	case 0xff08: case 0x300a: case 0x3008: case 0x3010: case 0x300c: case 0x300e: case 0x3014: return DN_OPEN;
	case 0xff09: case 0x300b: case 0x3009: case 0x3011: case 0x300d: case 0x300f: case 0x3015: return DN_CLOSE;
	case 0x2018: case 0x2019: case 0x201c: case 0x201d: return DN_QUOTE;
	case 0x2013: case 0x2014: case 0x2015: case 0x2500: case 0xff0d: case 0xb7: case 0xff5e: return DN_DASH;
	default: return DN_OTHER;
	}
}

/* The character after the place, which moves on: ' ' for a line break, 0 at the end of
 * the block. */
static uint32_t
next(struct dn_place *at)
{
	const struct bs_str *t = &at->v[at->i].text;
	const char *p = t->p + at->off;
	uint32_t cp;

	if (at->off == t->n) {
		if (at->i + 1 == at->n || at->v[at->i + 1].first)
			return 0;
		at->i++;
		at->off = 0;
		return ' ';
	}
	cp = bs_utf8_get(&p, t->p + t->n);
	at->off = (size_t)(p - t->p);
	return cp;
}

/* The same backwards. */
static uint32_t
prev(struct dn_place *at)
{
	const struct bs_str *t = &at->v[at->i].text;
	const char *p = t->p + at->off;
	uint32_t cp;

	if (at->off == 0) {
		if (at->i == 0 || at->v[at->i].first)
			return 0;
		at->i--;
		at->off = at->v[at->i].text.n;
		return ' ';
	}
	cp = bs_utf8_back(&p, t->p);
	at->off = (size_t)(p - t->p);
	return cp;
}

static struct dn_side
side(struct dn_place at, uint32_t (*step)(struct dn_place *), bool beyond)
{
	struct dn_side s = {0};
	int far;

	for (far = 0; far < FAR; far++) {
		s.cp = step(&at);
		s.class = dn_class(s.cp);
		if (s.cp == ' ')
			s.blank = true;
		else if (!beyond || (s.class != DN_QUOTE && s.class != DN_OPEN && s.class != DN_CLOSE))
			return s;
	}
	s.class = DN_OTHER;
	return s;
}

struct dn_side
dn_before(struct dn_place at, bool beyond)
{
	return side(at, prev, beyond);
}

struct dn_side
dn_after(struct dn_place at, bool beyond)
{
	return side(at, next, beyond);
}
