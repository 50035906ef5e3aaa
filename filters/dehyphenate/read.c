/* read.c - what is to be known of one piece of text. */
#include "pieces.h"

#include <string.h>

/* What is counted in a text; registers hold it, in *p each number would go through
 * memory. */
struct counts {
	unsigned width, commas, stops, digits;
	int open, brackets;
	bool soft;
};

/* Counts the character at s, where one stands that is more than columns: a comma or
 * semicolon, or one beyond ASCII that is not Han. */
static inline void
read_special(struct counts *n, const char *s, const char *end)
{
	uint32_t c;
	unsigned mark;

	if ((unsigned char)*s < 0x80) {
		n->commas++;
		return;
	}
	c = bs_utf8_get(&s, end);
	mark = mark_of(c);
	if (mark == 0) {
		n->width += bs_width(c, true);
		n->soft |= c == 0xad;
		return;
	}
	n->width += 2; /* all marks are wide here */
	n->commas += (mark & MARK_COMMA) != 0;
	n->stops += (mark & MARK_STOP) != 0;
	if (mark & (MARK_OPENING | MARK_CLOSING) && !(mark & (MARK_COMMA | MARK_STOP))) {
		n->open += (c == 0x201c) - (c == 0x201d);
		n->brackets += bracket_step(c);
	}
}

/* Most of a page is Han characters and plain ASCII, of which nothing is to be known
 * but the columns: where the processor can, those of sixteen bytes are added up at a
 * time, and only what is special is looked at by itself. */
#ifdef __SSE2__
#include <emmintrin.h>

/* 0xff where v is one of the characters from low to high. */
static inline __m128i
between(__m128i v, unsigned char low, unsigned char high)
{
	__m128i above = _mm_sub_epi8(v, _mm_set1_epi8((char)low));

	return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((char)(high - low))), above);
}

static inline __m128i
is_char(__m128i v, char c)
{
	return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

/* Digits of v, and the points and per cent signs behind them. A bit in *carry says
 * that the byte before was a digit; then, whether the last one is. */
static unsigned
digits_of(__m128i v, unsigned digits, unsigned *carry)
{
	unsigned behind = (digits << 1 | *carry) & (unsigned)_mm_movemask_epi8(_mm_or_si128(is_char(v, '.'), is_char(v, '%')));

	*carry = digits >> 15;
	return (unsigned)__builtin_popcount(digits | behind << 16);
}

/* The n last bytes before end, 1 to 16, behind zeros, of a text that starts at s. */
static inline __m128i
last_bytes(const char *s, const char *end, size_t n)
{
	static const unsigned char keep[32] = {[16] = 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
	char bytes[16] = {0};

	if (end - s >= 16)
		return _mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)(end - 16)),
		    _mm_loadu_si128((const __m128i *)(const void *)(keep + n)));
	memcpy(bytes + 16 - n, s, n);
	return _mm_loadu_si128((const __m128i *)(const void *)bytes);
}

/* Whether the text has no CJK character. */
static bool
read_all(struct counts *n, struct bs_str text)
{
	const char *s = text.p, *end = s + text.n;
	const __m128i none = _mm_setzero_si128();
	__m128i columns = none, most = none; /* two sums; the greatest of the bytes, lane by lane */
	unsigned carry = 0;

	while (s < end) {
		__m128i v = end - s >= 16 ? _mm_loadu_si128((const __m128i *)(const void *)s) : last_bytes(text.p, end, (size_t)(end - s));
		const char *base = end - s >= 16 ? s : end - 16;
		__m128i han = between(v, 0xe4, 0xe9);
		__m128i lead = _mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)0xc0)), v);
		__m128i one = _mm_and_si128(between(v, ' ', '~'), _mm_set1_epi8(1)), two = _mm_and_si128(han, _mm_set1_epi8(2));
		__m128i comma = _mm_or_si128(is_char(v, ','), is_char(v, ';'));
		unsigned special = (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_andnot_si128(han, lead), comma));
		unsigned digits = (unsigned)_mm_movemask_epi8(between(v, '0', '9'));
		columns = _mm_add_epi64(columns, _mm_sad_epu8(_mm_or_si128(one, two), none));
		most = _mm_max_epu8(most, v);
		if (digits | carry)
			n->digits += digits_of(v, digits, &carry);
		for (; special; special &= special - 1)
			read_special(n, base + __builtin_ctz(special), end);
		s = base + 16;
	}
	columns = _mm_add_epi64(columns, _mm_unpackhi_epi64(columns, columns));
	n->width += (unsigned)_mm_cvtsi128_si32(columns);
	return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(most, _mm_set1_epi8((char)0xe2)), most)) == 0;
}
#else
static bool
read_all(struct counts *n, struct bs_str text)
{
	const char *s = text.p, *end = s + text.n;
	bool latin = true;

	while (s < end) {
		unsigned char c = (unsigned char)*s;
		latin &= c < 0xe2;
		if (c >= '0' && c <= '9')
			n->digits += 1u + (s + 1 < end && (s[1] == '.' || s[1] == '%'));
		if (c >= 0x80 ? !leads_han(*s) : c == ',' || c == ';')
			read_special(n, s, end);
		n->width += c >= 0x80 ? 2 * leads_han(*s) : c >= ' ' && c < 0x7f;
		bs_utf8_get(&s, end);
	}
	return latin;
}
#endif

/* What is to be known of the ends of the piece, its first character being read. */
static void
read_ends(struct piece *p, bool latin_only)
{
	const char *end = p->text.p + p->text.n;
	bool quoted;
	unsigned ends = latin_only ? LATIN_ONLY : 0;
	uint32_t c;

	if (p->text.n >= 3 && leads_han(end[-3])) { /* no mark */
		p->last = p->tail = bs_utf8_get(&(const char *){end - 3}, end);
		p->last_mark = p->ends = 0;
		return;
	}
	c = last_inside(p->text, &quoted);
	p->last = quoted ? bs_last(p->text) : c;
	p->last_mark = (unsigned char)mark_of(p->last);
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
	p->ends = (unsigned char)ends;
}

void
piece_read(struct piece *p, struct bs_str text)
{
	struct counts n = {0};
	bool latin_only = read_all(&n, text);

	p->text = text;
	p->first = bs_utf8_get(&(const char *){text.p}, text.p + text.n);
	p->first_mark = (unsigned char)mark_of(p->first);
	p->token = (unsigned short)first_token_width(text);
	p->commas = n.commas, p->stops = n.stops, p->digits = n.digits;
	p->open = n.open, p->brackets = n.brackets, p->soft = n.soft;
	p->width = n.width, p->measure = 0;
	p->start = START_UNKNOWN;
	p->borrowed = false;
	read_ends(p, latin_only);
}
