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
		[0x18] = MARK_OPENING, [0x19] = AFTER, [0x1c] = MARK_OPENING | MARK_QUOTE, [0x1d] = AFTER | MARK_QUOTE, /* ‘’“” */
		[0x26] = MARK_FINAL, /* … */
	},
	{
		[0x01] = COMMA, [0x02] = MARK_CLOSING | STOP, /* 、。 */
		[0x08] = MARK_OPENING, [0x09] = MARK_CLOSING,
		[0x0a] = MARK_OPENING | MARK_BRACKET, [0x0b] = MARK_CLOSING | MARK_BRACKET, /* 〈〉《》 */
		[0x0c] = MARK_OPENING, [0x0d] = AFTER, [0x0e] = MARK_OPENING, [0x0f] = AFTER, /* 「」『』 */
		[0x10] = MARK_OPENING | MARK_BRACKET, [0x11] = MARK_CLOSING | MARK_BRACKET, [0x14] = MARK_OPENING, [0x15] = MARK_CLOSING, /* 【】〔〕 */
	},
	{
		[0x0c] = COMMA, [0x1b] = COMMA, [0x1a] = MARK_CLOSING, [0x05] = MARK_CLOSING, /* ，；：％ */
		[0x1f] = MARK_CLOSING | STOP, [0x01] = MARK_CLOSING | STOP, [0x0e] = MARK_FINAL, /* ？！． */
		[0x08] = MARK_OPENING | MARK_BRACKET, [0x09] = AFTER | MARK_BRACKET, /* （） */
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

/* Bytes of words and numbers of ASCII. */
static const bool word_bytes[256] = {
	['\''] = 1, ['-'] = 1, 1, 1, ['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ['@'] = 1,
	['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

static inline bool
in_word(uint32_t c)
{
	return c < 0x80 ? word_bytes[c] : c >= 0xc0 && c < 0x250;
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

/* The width of a Han character and the marks that cling to it, the first of s; 0 if there
 * are quotes among them. */
static size_t
han_token_width(struct bs_str s)
{
	const char *p = s.p + 3, *end = s.p + s.n;
	size_t w = 2;

	while (p < end && !leads_han(*p)) {
		uint32_t c = bs_utf8_get(&p, end);
		if (is_quote(c))
			return 0;
		if (!is_closing(c))
			break;
		w += bs_width(c, true);
	}
	return w;
}

size_t
first_token_width(struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t w = s.n >= 3 && leads_han(s.p[0]) ? han_token_width(s) : 0;

	if (w > 0)
		return w;
	while (p < end && word_bytes[(unsigned char)*p])
		p++;
	if (p > s.p) { /* a plain word or number, with its marks, before a blank or a Han character */
		while (p < end && (unsigned char)*p < 0x80 && is_closing((unsigned char)*p))
			p++;
		if (p == end || (unsigned char)*p < 0x80 || leads_han(*p))
			return (size_t)(p - s.p);
	}
	if (s.n >= 9 && (unsigned char)s.p[0] >= 0xe0 && leads_han(s.p[3]) && leads_han(s.p[6]) && is_opening(bs_first(s)))
		return bs_width(bs_first(s), true) + 2;
	p = s.p;
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
