/* marks.c - what a character does at a line end. */
#include "pieces.h"

bool
is_closing(uint32_t c)
{
	switch (c) {
	case 0xff0c: case 0x3002: case 0x3001: case 0xff1b: case 0xff1a: case 0xff1f: case 0xff01: /* ，。、；：？！ */
	case 0x201d: case 0x2019: case 0xff09: case 0x300b: case 0x3009: case 0x3011: case 0x300d: case 0x300f:
	case 0x3015: case 0xff05: case 0x00b7: /* ”’）》〉】」』〕％· */
	case ',': case ';': case '!': case '?': case ')': case ']': case '}': case '%':
		return true;
	default:
		return false;
	}
}

bool
is_opening(uint32_t c)
{
	switch (c) {
	case 0x201c: case 0x2018: case 0xff08: case 0x300a: case 0x3008: case 0x3010: case 0x300c: case 0x300e:
	case 0x3014: case '(': case '[': case '{': /* “‘（《〈【「『〔 */
		return true;
	default:
		return false;
	}
}

bool
is_final(uint32_t c)
{
	switch (c) {
	case 0x3002: case 0xff01: case 0xff1f: case 0x2026: case 0xff0e: case '.': case '!': case '?': /* 。！？…． */
		return true;
	default:
		return false;
	}
}

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
		if (c != 0x201d && c != 0x2019 && c != 0xff09 && c != 0x300d && c != 0x300f && c != '"' && c != '\'' && c != ')')
			return c;
		*quoted = true;
	}
	return c;
}

static bool
in_word(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
	    c == '\'' || c == '/' || c == '@' || (c >= 0xc0 && c < 0x250);
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

	while (in_word(c) && *p < end) {
		const char *q = *p;
		if (!in_word(bs_utf8_get(&q, end)))
			break;
		c = bs_utf8_get(p, end);
		w += bs_width(c, true);
	}
	return w;
}

size_t
first_token_width(struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t w = 0;

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

/* A mark that may stand after the full stop: a closing quote or bracket. */
static bool
is_after_stop(uint32_t c)
{
	return c == 0x201d || c == 0x2019 || c == 0xff09 || c == 0x300d || c == 0x300f || c == '"' || c == '\'' || c == ')';
}

/* Counts one character that is no Han; last tells whether the piece ends with it. */
static void
read_mark(struct piece *p, uint32_t c, bool last)
{
	if (!is_after_stop(c))
		p->tail = c;
	p->commas += c == 0xff0c || c == 0x3001 || c == 0xff1b || c == ',' || c == ';';
	p->stops += c == 0x3002 || c == 0xff1f || c == 0xff01 || (c == '.' && last);
	p->open += c == 0x201c ? 1 : c == 0x201d ? -1 : 0;
	p->brackets += bracket_step(c);
}

static unsigned char
read_ends(const struct piece *p, bool latin_only)
{
	bool quoted;
	uint32_t c = last_inside(p->text, &quoted);
	unsigned char ends = latin_only ? LATIN_ONLY : 0;

	if (is_final(c))
		ends |= ENDS_HARD | ENDS_SENTENCE | ENDS_MAYBE;
	if (quoted && p->last != '\'' && (is_closing(c) || bs_is_han(c)))
		ends |= ENDS_SENTENCE | ENDS_MAYBE;
	if (p->last == 0xff1a || p->last == ':' || p->last == 0xff1b || p->last == ';')
		ends |= ENDS_MAYBE;
	if (p->first < 0x250 && p->last < 0x250)
		ends |= LATIN_ENDS;
	return ends;
}

void
piece_read(struct piece *p)
{
	const char *s = p->text.p, *end = s + p->text.n;
	bool latin_only = true;

	while (s < end) {
		/* Most of a page is E4 to E9: Han, two columns, nothing to count. */
		if ((unsigned char)*s >= 0xe4 && (unsigned char)*s <= 0xe9) {
			p->tail = 0x4e00; /* some Han character */
			p->width += 2;
			s += 3;
			latin_only = false;
			continue;
		}
		latin_only = latin_only && (unsigned char)*s < 0xe2;
		uint32_t c = bs_utf8_get(&s, end);
		p->width += bs_width(c, true);
		read_mark(p, c, s == end);
	}
	p->first = bs_first(p->text);
	p->last = bs_last(p->text);
	p->token = (unsigned short)first_token_width(p->text);
	p->ends = read_ends(p, latin_only);
}
