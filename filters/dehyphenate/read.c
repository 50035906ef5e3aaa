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

/* Counts the character at s, where one stands beyond ASCII that is not Han. Which
 * mark comes next is not to be foreseen: no branch depends on it. */
static inline void
read_special(struct counts *n, const char *s, const char *end)
{
	uint32_t c = bs_utf8_get(&s, end);
	unsigned mark = mark_of(c);
	int step = mark & MARK_OPENING ? 1 : -1;

	if (mark == 0) {
		n->width += bs_width(c, true);
		n->soft |= c == 0xad;
	} else {
		n->width += 2; /* all marks are wide here */
	}
	n->commas += (mark & MARK_COMMA) != 0;
	n->stops += (mark & MARK_STOP) != 0;
	n->open += mark & MARK_QUOTE ? step : 0;
	n->brackets += mark & MARK_BRACKET ? step : 0;
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

static inline __m128i
load(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* Adds the bytes of v that are 0xff to the two sums. */
static inline __m128i
count(__m128i sums, __m128i v)
{
	return _mm_add_epi64(sums, _mm_sad_epu8(_mm_and_si128(v, _mm_set1_epi8(1)), _mm_setzero_si128()));
}

static unsigned
total(__m128i sums)
{
	return (unsigned)_mm_cvtsi128_si32(_mm_add_epi64(sums, _mm_unpackhi_epi64(sums, sums)));
}

struct sums {
	__m128i columns, commas, digits; /* two sums each */
	__m128i most;                    /* the greatest of the bytes, lane by lane */
};

/* Takes in the ASCII bytes of v, zeros not counted; behind has those before them. */
static inline void
read_ascii(struct sums *n, __m128i v, __m128i behind)
{
	__m128i digit = between(v, '0', '9'), belongs = _mm_and_si128(_mm_or_si128(is_char(v, '.'), is_char(v, '%')), between(behind, '0', '9'));

	n->columns = count(n->columns, between(v, ' ', '~'));
	n->commas = count(n->commas, _mm_or_si128(is_char(v, ','), is_char(v, ';')));
	n->digits = count(n->digits, _mm_or_si128(digit, belongs));
}

/* Takes in sixteen bytes, of which those count that are not zero in keep; `before` is
 * where the one before them stands, NULL if none counts. Returns a bit for each special
 * character. Most blocks are all Han or all ASCII. */
static inline unsigned
read_block(struct sums *n, __m128i raw, __m128i keep, const char *before)
{
	__m128i v = _mm_and_si128(raw, keep), han, lead;
	int high = _mm_movemask_epi8(v);

	if (high != 0xffff)
		read_ascii(n, v, before ? load(before) : _mm_slli_si128(raw, 1));
	if (high == 0)
		return 0;
	han = between(v, 0xe4, 0xe9);
	lead = _mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)0xc0)), v);
	n->columns = _mm_add_epi64(n->columns, _mm_sad_epu8(_mm_and_si128(han, _mm_set1_epi8(2)), _mm_setzero_si128()));
	n->most = _mm_max_epu8(n->most, v);
	return (unsigned)_mm_movemask_epi8(_mm_andnot_si128(han, lead));
}

/* The next bytes of the text from *s on, 64 at most; *s is moved behind them. A bit
 * for each special character, which are read by themselves: calls in between would
 * drive the sums out of their registers. */
static inline uint64_t
read_blocks(struct sums *sums, struct bs_str text, const char **s)
{
	static const unsigned char keep[32] = {[16] = 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
	const char *p = *s, *end = text.p + text.n;
	uint64_t special = 0;
	unsigned k, n;
	char bytes[16] = {0};

	for (k = 0; k < 64 && end - p > 16; k += 16, p += 16)
		special |= (uint64_t)read_block(sums, load(p), _mm_set1_epi8(-1), p > text.p ? p - 1 : NULL) << k;
	*s = p;
	if (k == 64)
		return special;
	n = (unsigned)(end - p);
	*s = end;
	if (text.n < 16)
		memcpy(bytes + 16 - n, p, n);
	/* the last ones, of which some were taken in already */
	return special | (uint64_t)(read_block(sums, text.n < 16 ? load(bytes) : load(end - 16), load((const char *)keep + n), text.n > 16 ? end - 17 : NULL) >> (16 - n)) << k;
}

/* Whether the text has no CJK character. */
static inline bool
read_all(struct counts *n, struct bs_str text)
{
	const char *s = text.p, *end = s + text.n;
	struct sums sums = {0};

	while (s < end) {
		const char *from = s;
		uint64_t special = read_blocks(&sums, text, &s);
		for (; special; special &= special - 1)
			read_special(n, from + __builtin_ctzll(special), end);
	}
	n->width += total(sums.columns);
	n->commas += total(sums.commas);
	n->digits += total(sums.digits);
	return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(sums.most, _mm_set1_epi8((char)0xe2)), sums.most)) == 0;
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
		n->commas += c == ',' || c == ';';
		if (c >= 0x80 && !leads_han(*s))
			read_special(n, s, end);
		n->width += c >= 0x80 ? 2 * leads_han(*s) : c >= ' ' && c < 0x7f;
		bs_utf8_get(&s, end);
	}
	return latin;
}
#endif

/*
 * The same sixty-four bytes at a time, where the processor has masks for them: most
 * pieces are one block.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,popcnt,bmi")))

static bool
can_wide(void)
{
	return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi");
}

/* A bit for each byte from low to high. */
WIDE static inline uint64_t
from_to(__m512i v, unsigned char low, unsigned char high)
{
	return _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8((char)low)), _mm512_set1_epi8((char)(high - low)));
}

WIDE static inline uint64_t
equal(__m512i v, char c)
{
	return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
}

WIDE static inline unsigned
ones(uint64_t bits)
{
	return (unsigned)__builtin_popcountll(bits);
}

/* Counts the special characters at s + k for each bit k. What a mark adds is a byte each
 * for commas, stops, quotes and brackets, and the same again if it opens: sixty-four
 * bytes overflow none. */
WIDE static inline void
read_specials(struct counts *n, const char *s, const char *end, uint64_t special)
{
	uint64_t sum = 0;

	n->width += 2 * ones(special);
	for (; special; special &= special - 1) {
		const char *at = s + __builtin_ctzll(special);
		uint32_t c = bs_utf8_get(&at, end);
		unsigned mark = mark_of(c);
		uint64_t kinds = (mark >> 4) * 0x204081u & 0x01010101u;
		if (mark == 0) {
			n->width += bs_width(c, true) - 2u;
			n->soft |= c == 0xad;
		}
		sum += kinds | (mark & MARK_OPENING ? kinds << 32 : 0);
	}
	n->commas += sum & 255;
	n->stops += sum >> 8 & 255;
	n->open += 2 * (int)(sum >> 48 & 255) - (int)(sum >> 16 & 255);
	n->brackets += 2 * (int)(sum >> 56) - (int)(sum >> 24 & 255);
}

WIDE static bool
read_wide(struct counts *n, struct bs_str text)
{
	const char *s = text.p, *end = s + text.n;
	uint64_t behind = 0, foreign = 0;

	for (; s < end; s += 64) {
		__m512i v = _mm512_maskz_loadu_epi8(end - s < 64 ? (UINT64_C(1) << (end - s)) - 1 : ~UINT64_C(0), s);
		uint64_t plain = from_to(v, ' ', '~'), han = from_to(v, 0xe4, 0xe9), digits = from_to(v, '0', '9');
		n->width += ones(plain) + 2 * ones(han);
		if (plain) {
			n->commas += ones(equal(v, ',') | equal(v, ';'));
			n->digits += ones(digits) + ones((equal(v, '.') | equal(v, '%')) & (digits << 1 | behind));
		}
		behind = digits >> 63;
		foreign |= _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xe2));
		read_specials(n, s, end, _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xc0)) & ~han);
	}
	return foreign == 0;
}

static bool
read_text(struct counts *n, struct bs_str text)
{
	return can_wide() ? read_wide(n, text) : read_all(n, text);
}
#else
#define read_text read_all
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
	bool latin_only = read_text(&n, text);

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
