/* scan.c - one look at a line: what is there to do for the rooms of denoise. */
#include "scan.h"

enum {
	PLAIN, /* ASCII that nothing is ever done to */
	BLANK,
	MARK,  /* ASCII , : ; ? ! ( ) " ' */
	DOTS,  /* . or -, a mark only in runs */
	HAN,   /* lead byte E4 to E9: U+4000 to U+9FFF */
	TWO,   /* a two-byte character that stays */
	FOUR,
	LOOK,  /* lead byte whose block holds both kinds */
	ODD
};

#define R4(x) x, x, x, x
#define R16(x) R4(x), R4(x), R4(x), R4(x)

static const unsigned char kind[256] = {
	R16(ODD), R16(ODD),                                                         /* 00 controls */
	BLANK, MARK, MARK, PLAIN, PLAIN, PLAIN, PLAIN, MARK,                        /* blank ! " # $ % & ' */
	MARK, MARK, PLAIN, PLAIN, MARK, DOTS, DOTS, PLAIN,                          /* ( ) * + , - . / */
	PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN,                     /* 0 to 7 */
	PLAIN, PLAIN, MARK, MARK, PLAIN, PLAIN, PLAIN, MARK,                        /* 8 9 : ; < = > ? */
	R16(PLAIN), R16(PLAIN), R16(PLAIN), R4(PLAIN), R4(PLAIN), R4(PLAIN),        /* @ to { */
	PLAIN, PLAIN, PLAIN, ODD,                                                   /* | } ~ DEL */
	R16(ODD), R16(ODD), R16(ODD), R16(ODD),                                     /* 80 continuation bytes */
	ODD, ODD, LOOK, TWO, TWO, TWO, TWO, TWO, TWO, TWO, TWO, TWO, ODD, ODD, ODD, /* C0: U+0080; from U+0300 combining */
	TWO, TWO, TWO, TWO, ODD, R4(ODD), R4(ODD), R4(ODD),                         /* CF: Greek, Cyrillic; D4 on */
	ODD, ODD, LOOK, LOOK, HAN, HAN, HAN, HAN, HAN, HAN,                         /* E0 */
	LOOK, LOOK, LOOK, LOOK, ODD, LOOK,                                          /* EA: Hangul; EE private use */
	LOOK, ODD, ODD, ODD, R4(ODD), R4(ODD), R4(ODD)                              /* F0 */
};

/* U+2000 to U+2FFF: quotes, dashes, ellipsis and signs stay; spaces, invisible
 * characters, letters that have another canonical form and radicals do not. */
static bool
odd_e2(unsigned char b, unsigned char c)
{
	if (b == 0x80)
		return c < 0x90 || c > 0xa7;
	return b == 0x81 || b == 0x84 || b == 0x8c || b >= 0xab;
}

/* U+3000 is a blank, U+302A on and U+3099 combine, Kangxi radicals end at U+2FD5. */
static bool
odd_e3(unsigned char b, unsigned char c)
{
	return (b == 0x80 && (c == 0x80 || c >= 0xaa)) || (b == 0x82 && (c == 0x99 || c == 0x9a));
}

/* Full-width punctuation that stays as it is. */
static bool
full_mark(unsigned char b, unsigned char c)
{
	return b == 0xbc && (c == 0x8c || c == 0x9a || c == 0x9b || c == 0x9f || c == 0x81 || c == 0x88 || c == 0x89);
}

static size_t
look(const unsigned char *p, struct scan *s)
{
	switch (*p) {
	case 0xc2:
		s->odd |= p[1] <= 0xa0;
		return 2;
	case 0xe2:
		s->odd |= odd_e2(p[1], p[2]);
		s->full += p[1] == 0x80 && (p[2] == 0x9c || p[2] == 0x9d);
		return 3;
	case 0xe3:
		s->odd |= odd_e3(p[1], p[2]);
		s->wide++;
		return 3;
	case 0xef:
		if (full_mark(p[1], p[2]))
			s->full++, s->wide++;
		else
			s->odd = true;
		return 3;
	case 0xf0: /* ideographs of plane 2 but not the compatibility ones; other planes: emoji */
		s->odd |= (p[1] == 0xaf && p[2] >= 0xa0) || p[1] < 0x9f;
		s->wide += p[1] >= 0xa0;
		return 4;
	default:
		return 3; /* Hangul syllables */
	}
}

/* Two dots or dashes in a row make a mark. */
static bool
in_run(const unsigned char *p, const unsigned char *end)
{
	return p + 1 < end && p[1] == *p;
}

struct scan
dn_scan(struct bs_str text)
{
	struct scan s = {0};
	const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;

	for (; p < end; s.chars++)
		switch (kind[*p]) {
		case PLAIN: p++; break;
		case BLANK: s.blanks++, p++; break;
		case MARK: s.folded = true, p++; break;
		case DOTS: s.folded |= in_run(p, end), p++; break;
		case HAN: s.wide++, p += 3; break;
		case TWO: p += 2; break;
		case LOOK: p += look(p, &s); break;
		default: /* count on, byte by byte: chars.c and a second look follow */
			s.odd = true;
			p++;
		}
	return s;
}
