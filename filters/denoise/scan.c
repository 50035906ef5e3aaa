/* scan.c - one look at a line: what is there to do for the rooms of denoise. */
#include "scan.h"
#include "many.h"
#include "recode.h"

#include <string.h>

/*
 * What a byte adds: five counters of 12 bits in one word, so that eight bytes
 * cost eight additions and no branch (where characters end is hard to predict).
 * A byte that needs a closer look counts as SEE and is looked at afterwards.
 */
#define CHAR  UINT64_C(1)
#define BLANK (CHAR | UINT64_C(1) << 12)
#define MARK  (CHAR | UINT64_C(1) << 24)
#define WIDE  (CHAR | UINT64_C(1) << 36)
#define SEE   (CHAR | UINT64_C(1) << 48)
#define SEEN(sum) ((sum) >> 48)
#define BLOCK 4088 /* bytes; no counter overflows */
#define FEW_WIDE 8 /* characters, of which one may be all that is torn */
#define TWICE 9    /* bytes from a torn character to the next: two of Chinese are three as GBK */

#define R4(x) x, x, x, x
#define R16(x) R4(x), R4(x), R4(x), R4(x)

static const uint64_t adds[256] = {
	R16(SEE), R16(SEE),                                                 /* 00 controls */
	BLANK, MARK, SEE, CHAR, CHAR, CHAR, CHAR, SEE,                      /* blank ! " # $ % & ' */
	MARK, MARK, CHAR, CHAR, MARK, SEE, SEE, CHAR,                       /* ( ) * + , - . /: runs of - and . */
	R4(CHAR), R4(CHAR),                                                 /* 0 to 7 */
	CHAR, CHAR, MARK, MARK, CHAR, CHAR, CHAR, MARK,                     /* 8 9 : ; < = > ? */
	R16(CHAR), R16(CHAR), R16(CHAR), R4(CHAR), R4(CHAR), R4(CHAR),      /* @ to { */
	CHAR, CHAR, CHAR, SEE,                                              /* | } ~ DEL */
	R16(0), R16(0), R16(0), R16(0),                                     /* 80 continuation bytes */
	SEE, SEE, SEE, CHAR, R4(CHAR), R4(CHAR), SEE, SEE, SEE, CHAR,       /* C0: Latin; from U+0300 (CC) combining */
	CHAR, CHAR, CHAR, CHAR, SEE, SEE, SEE, SEE, R4(SEE), R4(SEE),       /* D0: Cyrillic */
	SEE, SEE, SEE, SEE | WIDE, WIDE, WIDE, WIDE, WIDE, WIDE, WIDE,      /* E0; E3: U+3000; E4 to E9: U+4000 to U+9FFF */
	SEE, SEE, SEE, SEE, SEE, SEE,                                       /* EA: Hangul; EE private use */
	R16(SEE)                                                            /* F0 */
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

/* Two dots or dashes in a row make a mark. */
static bool
in_run(const unsigned char *p, const unsigned char *end)
{
	return p + 1 < end && p[1] == *p;
}

/* A byte that counts as SEE. */
static void
look(const unsigned char *p, const unsigned char *end, struct scan *s)
{
	switch (*p) {
	case '"': case '\'':
		s->others++;
		break;
	case '.':
		s->dots++;
		s->others += in_run(p, end);
		break;
	case '-':
		s->others += in_run(p, end);
		break;
	case 0xc2:
		s->odd |= p[1] <= 0xa0;
		break;
	case 0xe2:
		s->odd |= odd_e2(p[1], p[2]);
		break;
	case 0xe3:
		s->odd |= odd_e3(p[1], p[2]);
		break;
	case 0xef:
		if (full_mark(p[1], p[2]))
			s->full++, s->wide++;
		else
			s->odd = true;
		break;
	case 0xea: case 0xeb: case 0xec: case 0xed:
		s->hangul++;
		break;
	case 0xf0: /* ideographs of plane 2 but not the compatibility ones; other planes: emoji */
		s->odd |= (p[1] == 0xaf && p[2] >= 0xa0) || p[1] < 0x9f;
		s->wide += p[1] >= 0xa0;
		break;
	default:
		s->odd = true;
	}
}

static void
look_closer(const unsigned char *p, const unsigned char *stop, const unsigned char *end, struct scan *s)
{
	for (; p < stop; p++)
		if (SEEN(adds[*p]))
			look(p, end, s);
}

static void
count(struct scan *s, uint64_t sum)
{
	s->chars += (uint32_t)(sum & 0xfff);
	s->blanks += (uint32_t)(sum >> 12 & 0xfff);
	s->marks += (uint32_t)(sum >> 24 & 0xfff);
	s->wide += (uint32_t)(sum >> 36 & 0xfff);
}

static void
scan_bytes(struct scan *s, const unsigned char *p, const unsigned char *end)
{
	while (p < end) {
		const unsigned char *stop = end - p > BLOCK ? p + BLOCK : end;
		uint64_t sum = 0, eight;
		for (; stop - p >= 8; p += 8) {
			eight = adds[p[0]] + adds[p[1]] + adds[p[2]] + adds[p[3]] + adds[p[4]] + adds[p[5]] + adds[p[6]] +
			    adds[p[7]];
			sum += eight;
			if (SEEN(eight))
				look_closer(p, p + 8, end, s);
		}
		for (; p < stop; p++) {
			sum += adds[*p];
			look_closer(p, p + 1, end, s);
		}
		count(s, sum);
	}
}

/* U+4000 to U+9FFF by the first byte. */
static bool
is_ideograph(const unsigned char *p)
{
	return *p >= 0xe4 && *p <= 0xe9;
}

static bool
is_torn(const uint32_t *torn, const unsigned char *p, const unsigned char *end)
{
	return p < end && is_ideograph(p) && dn_is_torn(torn, (const char *)p);
}

/* A torn character with another one in its place in the next character, or a blank or
 * a digit farther on. */
static bool
is_torn_twice(const uint32_t *torn, const unsigned char *p, const unsigned char *end)
{
	return is_torn(torn, p, end) && (is_torn(torn, p + TWICE, end) || is_torn(torn, p + TWICE + 1, end));
}

static uint32_t
count_torn(const unsigned char *p, const unsigned char *end)
{
	const uint32_t *torn = dn_torn_bits();
	uint32_t n = 0;

	for (; p < end; p++)
		n += is_torn(torn, p, end);
	return n;
}

static void
scan_plainly(struct scan *s, const unsigned char *p, const unsigned char *end)
{
	const uint32_t *torn = dn_torn_bits();

	scan_bytes(s, p, end);
	if (s->wide <= FEW_WIDE)
		s->torn = count_torn(p, end);
	for (; p < end; p++) {
		s->torn += s->wide > FEW_WIDE && end - p > TWICE && is_torn_twice(torn, p, end);
		s->latin |= *p >= 0xc2 && *p < 0xe0;
	}
}

/*
 * The same 32 bytes at a time, where the processor can look them up in a table at
 * once. A bit for each group of bytes that share their high half: BY_LOW[low half] &
 * BY_HIGH[high half] is not zero for MARK and SEE.
 *
 * Torn characters stand in 48 of the blocks of 64 that share their first two bytes;
 * TORN_LEAD[low half of the first] & TORN_LOW[low half of the second] & TORN_HIGH[high
 * half of the second] is not zero for those and 14 others, a tenth of all characters.
 */
#ifdef MANY
#define MARKS 0x0c /* the bits that stand for MARK */

static const unsigned char by_high[16] = {1, 1, 2 | 4, 8, 0, 0, 0, 16, 0, 0, 0, 0, 32, 64, 128, 1};
static const unsigned char by_low[16] = {
	1 | 32 | 128, 1 | 4 | 32 | 128, 1 | 2 | 32 | 128, 1 | 128, /* DEL is 16; C0 to CE 32; D4 to DF 64; E0 to E3, EA to EF 128 */
	1 | 64, 1 | 64, 1 | 64, 1 | 2 | 64,                        /* " ' - . are 2 */
	1 | 4 | 64, 1 | 4 | 64, 1 | 8 | 64 | 128, 1 | 8 | 64 | 128,/* ! ( ) , are 4; : ; ? are 8 */
	1 | 4 | 32 | 64 | 128, 1 | 2 | 32 | 64 | 128, 1 | 2 | 32 | 64 | 128, 1 | 8 | 16 | 64 | 128
};
static const unsigned char torn_lead[16] = {[5] = 32, [6] = 104, [7] = 132, [8] = 144, [9] = 19};
static const unsigned char torn_low[16] = {70, 6, 6, 38, 30, 8, 42, 42, 41, 160, 145, 129, 129, 65, 41, 43};
static const unsigned char torn_high[16] = {[8] = 5, [9] = 70, [10] = 56, [11] = 136};

MANY static unsigned
bits(__m256i v)
{
	return (unsigned)_mm256_movemask_epi8(v);
}

/* Bits of the bytes that are not zero. */
MANY static unsigned
nonzero(__m256i v)
{
	return ~bits(_mm256_cmpeq_epi8(v, _mm256_setzero_si256()));
}

MANY static unsigned
ones(unsigned v)
{
	return (unsigned)__builtin_popcount(v);
}

MANY static __m256i
table(const unsigned char *t, __m256i index)
{
	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)t)), index);
}

MANY static __m256i
upper_half(__m256i v)
{
	return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0f));
}

MANY static __m256i
lower_half(__m256i v)
{
	return _mm256_and_si256(v, _mm256_set1_epi8(0x0f));
}

/* The most common of those that are looked at: 、。《》 and their like stay as they are. */
static bool
is_calm_e3(const unsigned char *p)
{
	return p[0] == 0xe3 && p[1] == 0x80 && p[2] > 0x80 && p[2] < 0xaa;
}

/* What is counted 32 at a time; a struct of its own, to stay in registers. */
struct tally {
	unsigned chars, blanks, wide, marks;
	bool latin, hits;
};

/* 32 bytes, of which `these` count; `next` holds the byte after each. Returns bits of
 * those that are to be looked at, and in *hits of those that may begin torn characters. */
MANY __attribute__((always_inline)) static inline unsigned
count_block(struct tally *t, __m256i v, __m256i next, unsigned these, unsigned *hits)
{
	__m256i lead = _mm256_sub_epi8(v, _mm256_set1_epi8((char)0xe3)), two = _mm256_sub_epi8(v, _mm256_set1_epi8((char)0xc2));
	__m256i group = _mm256_and_si256(table(by_low, lower_half(v)), table(by_high, upper_half(v)));
	/* E0 to EF become 70 to 7F, all others get the bit for which a table answers 0 */
	__m256i first = _mm256_adds_epu8(_mm256_sub_epi8(v, _mm256_set1_epi8((char)0xe0)), _mm256_set1_epi8(0x70));
	__m256i torn = _mm256_and_si256(table(torn_lead, first),
	    _mm256_and_si256(table(torn_low, lower_half(next)), table(torn_high, upper_half(next))));
	unsigned mark = these & nonzero(_mm256_and_si256(group, _mm256_set1_epi8(MARKS))), see;

	t->chars += ones(these & ~bits(_mm256_cmpgt_epi8(_mm256_set1_epi8(-64), v))); /* all but continuation bytes */
	t->blanks += ones(these & bits(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(' '))));
	t->wide += ones(these & bits(_mm256_cmpeq_epi8(_mm256_min_epu8(lead, _mm256_set1_epi8(6)), lead)));
	t->latin |= (these & bits(_mm256_cmpeq_epi8(_mm256_min_epu8(two, _mm256_set1_epi8(0xdf - 0xc2)), two))) != 0;
	t->marks += ones(mark);
	*hits = these & nonzero(torn);
	t->hits |= *hits != 0;
	see = these & nonzero(group) & ~mark;
	many_done();
	return see;
}

/* Each byte's next one; a character does not begin with the last. */
MANY static __m256i
shifted(__m256i v)
{
	return _mm256_alignr_epi8(_mm256_permute2x128_si256(v, v, 0x81), v, 1);
}

MANY static __m256i
load(const unsigned char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

MANY static __m256i
both(const unsigned char *lower, __m128i upper)
{
	return _mm256_set_m128i(upper, _mm_loadu_si128((const __m128i *)(const void *)lower));
}

/* Of the 32 bytes at p and the 32 after them, which may begin torn characters; returns
 * how many of the first do so twice. */
static unsigned
torn_twice(const unsigned char *p, const unsigned char *end, uint32_t these, uint32_t after)
{
	uint64_t both = (uint64_t)after << 32 | these;
	uint32_t first = (uint32_t)(both & (both >> TWICE | both >> (TWICE + 1)));
	unsigned n = 0;

	for (; first; first &= first - 1)
		n += is_torn_twice(dn_torn_bits(), p + __builtin_ctz(first), end);
	return n;
}

static void
look_at(struct scan *s, const unsigned char *p, const unsigned char *end, uint32_t see)
{
	for (; see; see &= see - 1)
		if (!is_calm_e3(p + __builtin_ctz(see)))
			look(p + __builtin_ctz(see), end, s);
}

/* 17 to 32 bytes: the first and the last sixteen, some of them twice, but counted once. */
MANY static void
scan_few(struct scan *s, struct tally *t, const unsigned char *p, const unsigned char *end)
{
	const __m128i tail = _mm_loadu_si128((const __m128i *)(const void *)(end - 16));
	unsigned skip = 48 - (unsigned)(end - p), hits; /* the first of the others that counts */
	unsigned see = count_block(t, both(p, tail), both(p + 1, _mm_srli_si128(tail, 1)), 0xffffu | ~0u << skip, &hits);

	look_at(s, p, end, (see & 0xffff) | see >> skip << 16);
	s->torn = torn_twice(p, end, (hits & 0xffff) | hits >> skip << 16, 0);
}

/* More than 32; the last ones together with some before them. */
MANY static void
scan_many(struct scan *s, struct tally *t, const unsigned char *p, const unsigned char *end)
{
	unsigned see, hits, before = 0, skip;

	for (; end - p > 32; p += 32, before = hits) {
		see = count_block(t, load(p), load(p + 1), ~0u, &hits);
		look_at(s, p, end, see);
		if (before)
			s->torn += torn_twice(p - 32, end, before, hits);
	}
	skip = 32 - (unsigned)(end - p);
	see = count_block(t, load(end - 32), shifted(load(end - 32)), ~0u << skip, &hits) >> skip;
	hits >>= skip;
	look_at(s, p, end, see);
	if (before)
		s->torn += torn_twice(p - 32, end, before, hits);
	if (hits)
		s->torn += torn_twice(p, end, hits, 0);
}

static void
scan_blocks(struct scan *s, const unsigned char *p, const unsigned char *end)
{
	struct tally t = {0};

	if (end - p > 32)
		scan_many(s, &t, p, end);
	else
		scan_few(s, &t, p, end);
	s->chars = t.chars;
	s->blanks = t.blanks;
	s->wide += t.wide;
	s->marks = t.marks;
	s->latin = t.latin;
	if (s->wide <= FEW_WIDE)
		s->torn = t.hits ? count_torn(p, end) : 0;
}
#else
static void
scan_blocks(struct scan *s, const unsigned char *p, const unsigned char *end)
{
	scan_plainly(s, p, end);
}
#endif

void
dn_look(struct bs_str text, struct scan *s)
{
	const unsigned char *p = (const unsigned char *)text.p;

	*s = (struct scan){0};
	if (text.n > 16 && bs_has_many())
		scan_blocks(s, p, p + text.n);
	else if (text.n)
		scan_plainly(s, p, p + text.n);
}

struct scan
dn_scan(struct bs_str text)
{
	struct scan s;

	dn_look(text, &s);
	return s;
}

struct scan
dn_scan_plainly(struct bs_str text)
{
	struct scan s = {0};

	if (text.n)
		scan_plainly(&s, (const unsigned char *)text.p, (const unsigned char *)text.p + text.n);
	return s;
}

/* Chinese text has few ASCII characters. */
#ifdef __SSE2__
#include <emmintrin.h>

size_t
dn_to_ascii(const char *p, size_t n)
{
	const __m128i blank = _mm_set1_epi8(' '), digits = _mm_set1_epi8('0' - 1), letters = _mm_set1_epi8('@'),
	              nine = _mm_set1_epi8('9');
	size_t i = 0;

	for (; n - i >= 16; i += 16) { /* signed: no byte of a Chinese character is above a blank */
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		__m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, digits), _mm_cmpgt_epi8(nine, v));
		__m128i low = _mm_and_si128(_mm_cmpgt_epi8(v, blank), _mm_cmpgt_epi8(letters, v));
		unsigned found = (unsigned)_mm_movemask_epi8(_mm_andnot_si128(digit, low));
		if (found)
			return i + (size_t)__builtin_ctz(found);
	}
	return i;
}
#else
size_t
dn_to_ascii(const char *p, size_t n)
{
	size_t i = 0;
	uint64_t w;

	while (n - i >= 8 && (memcpy(&w, p + i, 8), (w & 0x8080808080808080u) == 0x8080808080808080u))
		i += 8;
	return i;
}
#endif
