/* marks.c - what a character does at a line end. */
#include "pieces.h"

#define AFTER (MARK_CLOSING | MARK_AFTER)
#define COMMA (MARK_CLOSING | MARK_COMMA)
#define STOP (MARK_FINAL | MARK_STOP)

const unsigned char mark_row[256] = {[0x00] = 1, [0x20] = 2, [0x30] = 3, [0xff] = 4};
const unsigned char mark_table[5][256] = {
	{0},
	{
		[','] = COMMA, [';'] = COMMA, ['!'] = MARK_CLOSING | MARK_FINAL, ['?'] = MARK_CLOSING | MARK_FINAL,
		['.'] = MARK_FINAL, [')'] = AFTER, [']'] = MARK_CLOSING, ['}'] = MARK_CLOSING, ['%'] = MARK_CLOSING,
		['"'] = MARK_AFTER, ['\''] = MARK_AFTER, ['('] = MARK_OPENING, ['['] = MARK_OPENING, ['{'] = MARK_OPENING,
		[0xb7] = MARK_CLOSING, /* · */
	},
	{
		[0x18] = MARK_OPENING, [0x19] = AFTER, [0x1c] = MARK_OPENING, [0x1d] = AFTER, /* ‘’“” */
		[0x26] = MARK_FINAL, /* … */
	},
	{
		[0x01] = COMMA, [0x02] = MARK_CLOSING | STOP, /* 、。 */
		[0x08] = MARK_OPENING, [0x09] = MARK_CLOSING, [0x0a] = MARK_OPENING, [0x0b] = MARK_CLOSING, /* 〈〉《》 */
		[0x0c] = MARK_OPENING, [0x0d] = AFTER, [0x0e] = MARK_OPENING, [0x0f] = AFTER, /* 「」『』 */
		[0x10] = MARK_OPENING, [0x11] = MARK_CLOSING, [0x14] = MARK_OPENING, [0x15] = MARK_CLOSING, /* 【】〔〕 */
	},
	{
		[0x0c] = COMMA, [0x1b] = COMMA, [0x1a] = MARK_CLOSING, [0x05] = MARK_CLOSING, /* ，；：％ */
		[0x1f] = MARK_CLOSING | STOP, [0x01] = MARK_CLOSING | STOP, [0x0e] = MARK_FINAL, /* ？！． */
		[0x08] = MARK_OPENING, [0x09] = AFTER, /* （） */
	},
};

bool
is_cjk(uint32_t c)
{
	if (bs_is_han(c) || (c >= 0x3000 && c <= 0x30ff) || (c >= 0xff00 && c <= 0xffef))
		return true;
	/* Quotes, dashes and ellipses belong to both scripts; on a Chinese page they are wide. */
	return c == 0x201c || c == 0x201d || c == 0x2018 || c == 0x2019 || c == 0x2014 || c == 0x2026 || c == 0x00b7;
}

uint32_t
last_inside(struct bs_str s, bool *quoted)
{
	const char *p = s.p + s.n;
	uint32_t c = 0;

	*quoted = false;
	if (s.n == 0)
		return 0;
	while (p > s.p) {
		c = bs_utf8_back(&p, s.p);
		if (!(mark_of(c) & MARK_AFTER))
			return c;
		*quoted = true;
	}
	return c;
}

/* Most of a page is E4 to E9: Han, two columns, nothing to count. */
static inline bool
leads_han(char c)
{
	return (unsigned char)c >= 0xe4 && (unsigned char)c <= 0xe9;
}

static inline bool
in_word(uint32_t c)
{
	/* ' - . / 0-9 @ A-Z a-z */
	static const uint32_t ascii[4] = {0, 0x03ffe080, 0x07ffffff, 0x07fffffe};

	return c < 0x80 ? ascii[c / 32] >> c % 32 & 1 : c >= 0xc0 && c < 0x250;
}

static bool
is_quote(uint32_t c)
{
	return c == 0x201c || c == 0x201d || c == 0x2018 || c == 0x2019;
}

/* Moves *p past one character or, where a Latin word or number starts, past all
 * of it; returns the columns. */
static size_t
skip_unit(const char **p, const char *end)
{
	uint32_t c = bs_utf8_get(p, end);
	size_t w = bs_width(c, true);

	for (const char *q = *p; in_word(c) && q < end; *p = q) {
		uint32_t next = bs_utf8_get(&q, end);
		if (!in_word(next))
			break;
		w += next < 0x80 ? 1 : bs_width(next, true);
	}
	return w;
}

size_t
first_token_width(struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t w = 0;

	if (s.n >= 6 && leads_han(p[0]) && leads_han(p[3]))
		return 2; /* the commonest, a Han character before another */
	while (p < end && is_opening(bs_utf8_get(&(const char *){p}, end)))
		w += skip_unit(&p, end);
	if (p < end)
		w += skip_unit(&p, end);
	while (p < end) { /* closing marks cling; UAX 14 glues quotes to both sides */
		uint32_t c = bs_utf8_get(&(const char *){p}, end);
		if (!is_closing(c) && !is_quote(c))
			break;
		w += skip_unit(&p, end);
		if (is_quote(c) && p < end)
			w += skip_unit(&p, end);
	}
	return w;
}

int
bracket_step(uint32_t c)
{
	switch (c) {
	case 0xff08: case 0x300a: case 0x3010: return 1;
	case 0xff09: case 0x300b: case 0x3011: return -1;
	default: return 0;
	}
}

/* Printable ASCII characters are one column wide; what else is to be counted of them:
 * commas, digits, and what belongs to the digit before it. */
enum { PLAIN = 1, C, D, A };
static const unsigned char ascii_kind[128] = {
	[' '] =
	1, 1, 1, 1, 1, A, 1, 1, 1, 1, 1, 1, C, 1, A, 1,
	D, D, D, D, D, D, D, D, D, D, 1, C, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
};

/* Counts in variables of its own: in *p each number would go through memory, for
 * all the compiler knows even through the text. */
static const char *
read_ascii(struct piece *p, const char *s, const char *end)
{
	size_t width = 0;
	unsigned digits = 0, commas = 0;

	for (; s < end && (unsigned char)*s < 0x80; s++) {
		unsigned kind = ascii_kind[(unsigned char)*s];
		width += kind != 0; /* no control character */
		if (kind <= PLAIN)
			continue;
		commas += kind == C;
		digits += kind == D || (kind == A && s > p->text.p && s[-1] >= '0' && s[-1] <= '9');
	}
	p->width += width;
	p->commas += commas;
	p->digits += digits;
	return s;
}

/* The Han characters at s, of which nothing but the width is to be known. */
static const char *
read_han(struct piece *p, const char *s, const char *end)
{
	const char *start = s;

	do
		s += 3;
	while (s < end && leads_han(*s));
	p->width += (size_t)(s - start) / 3 * 2;
	return s;
}

/* Counts one character that is neither Han nor ASCII. */
static void
read_mark(struct piece *p, uint32_t c)
{
	unsigned mark = mark_of(c);

	p->width += mark ? 2 : bs_width(c, true); /* all marks are wide here */
	p->soft |= c == 0xad;
	if (mark == 0)
		return;
	p->commas += (mark & MARK_COMMA) != 0;
	p->stops += (mark & MARK_STOP) != 0;
	p->open += (c == 0x201c) - (c == 0x201d);
	p->brackets += bracket_step(c);
}

/* What is to be known of the ends of the piece, its first character being read. */
static void
read_ends(struct piece *p, bool latin_only)
{
	const char *end = p->text.p + p->text.n;
	bool quoted;
	unsigned char ends = latin_only ? LATIN_ONLY : 0;
	uint32_t c;

	if (p->text.n >= 3 && leads_han(end[-3])) { /* no mark */
		p->last = p->tail = bs_utf8_get(&(const char *){end - 3}, end);
		return;
	}
	c = last_inside(p->text, &quoted);
	p->last = quoted ? bs_last(p->text) : c;
	p->tail = mark_of(c) & MARK_AFTER ? 0 : c;
	p->stops += p->last == '.';
	if (is_final(c))
		ends |= ENDS_HARD | ENDS_SENTENCE | ENDS_MAYBE;
	if (quoted && p->last != '\'' && (is_closing(c) || bs_is_han(c)))
		ends |= ENDS_SENTENCE | ENDS_MAYBE;
	if (p->last == 0xff1a || p->last == ':' || p->last == 0xff1b || p->last == ';')
		ends |= ENDS_MAYBE;
	if (p->first < 0x250 && p->last < 0x250)
		ends |= LATIN_ENDS;
	p->ends = ends;
}

void
piece_read(struct piece *p)
{
	const char *s = p->text.p, *end = s + p->text.n;
	bool latin_only = true;

	p->first = bs_utf8_get(&(const char *){s}, end);
	while (s < end) {
		if (leads_han(*s)) {
			latin_only = false;
			s = read_han(p, s, end);
		} else if ((unsigned char)*s < 0x80) {
			s = read_ascii(p, s, end);
		} else {
			latin_only = latin_only && (unsigned char)*s < 0xe2;
			read_mark(p, bs_utf8_get(&s, end));
		}
	}
	p->token = (unsigned short)first_token_width(p->text);
	read_ends(p, latin_only);
}
