/* scan.c - one look at a line: what is there to do for the rooms of denoise. */
#include "scan.h"

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

/*
 * The same sixteen bytes at a time, where the processor can look sixteen up in a
 * table at once. A bit for each group of bytes that share their high half:
 * LOW[low half] & HIGH[high half] is not zero for MARK and SEE.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#include <tmmintrin.h>

#define SIXTEEN __attribute__((target("avx,popcnt")))
#define MARKS 0x0c /* the bits that stand for MARK */

static const unsigned char high[16] = {1, 1, 2 | 4, 8, 0, 0, 0, 16, 0, 0, 0, 0, 32, 64, 128, 1};
static const unsigned char low[16] = {
	1 | 32 | 128, 1 | 4 | 32 | 128, 1 | 2 | 32 | 128, 1 | 128, /* DEL is 16; C0 to CE 32; D4 to DF 64; E0 to E3, EA to EF 128 */
	1 | 64, 1 | 64, 1 | 64, 1 | 2 | 64,                        /* " ' - . are 2 */
	1 | 4 | 64, 1 | 4 | 64, 1 | 8 | 64 | 128, 1 | 8 | 64 | 128,/* ! ( ) , are 4; : ; ? are 8 */
	1 | 4 | 32 | 64 | 128, 1 | 2 | 32 | 64 | 128, 1 | 2 | 32 | 64 | 128, 1 | 8 | 16 | 64 | 128
};

static bool
can_sixteen(void)
{
	return __builtin_cpu_supports("avx") && __builtin_cpu_supports("popcnt");
}

SIXTEEN static unsigned
bits(__m128i v)
{
	return (unsigned)_mm_movemask_epi8(v);
}

SIXTEEN static unsigned
ones(unsigned v)
{
	return (unsigned)__builtin_popcount(v);
}

/* The most common of those that are looked at: 、。《》 and their like stay as they are. */
static bool
is_calm_e3(const unsigned char *p)
{
	return p[0] == 0xe3 && p[1] == 0x80 && p[2] > 0x80 && p[2] < 0xaa;
}

SIXTEEN static void
scan_sixteens(struct scan *s, const unsigned char *p, const unsigned char *end)
{
	const __m128i zero = _mm_setzero_si128(), half = _mm_set1_epi8(0x0f), mark_bits = _mm_set1_epi8(MARKS);
	const __m128i by_low = _mm_loadu_si128((const __m128i *)(const void *)low);
	const __m128i by_high = _mm_loadu_si128((const __m128i *)(const void *)high);
	unsigned chars = 0, blanks = 0, wide = 0, marks = 0, these = 0xffff, see, mark;

	for (; p < end; p += 16) {
		__m128i v, lead, group;
		if (end - p < 16) { /* once more over some, which do not count again */
			these = 0xffffu << (16 - (end - p)) & 0xffff;
			p = end - 16;
		}
		v = _mm_loadu_si128((const __m128i *)(const void *)p);
		lead = _mm_sub_epi8(v, _mm_set1_epi8((char)0xe3));
		group = _mm_and_si128(_mm_shuffle_epi8(by_low, _mm_and_si128(v, half)),
		    _mm_shuffle_epi8(by_high, _mm_and_si128(_mm_srli_epi16(v, 4), half)));
		mark = these & ~bits(_mm_cmpeq_epi8(_mm_and_si128(group, mark_bits), zero));
		see = these & ~bits(_mm_cmpeq_epi8(group, zero)) & ~mark;
		chars += ones(these & ~bits(_mm_cmplt_epi8(v, _mm_set1_epi8(-64)))); /* all but continuation bytes */
		blanks += ones(these & bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(' '))));
		wide += ones(these & bits(_mm_cmpeq_epi8(_mm_min_epu8(lead, _mm_set1_epi8(6)), lead)));
		marks += ones(mark);
		for (; see; see &= see - 1)
			if (!is_calm_e3(p + __builtin_ctz(see)))
				look(p + __builtin_ctz(see), end, s);
	}
	s->chars = chars;
	s->blanks = blanks;
	s->wide += wide;
	s->marks = marks;
}
#else
static bool
can_sixteen(void)
{
	return false;
}

static void
scan_sixteens(struct scan *s, const unsigned char *p, const unsigned char *end)
{
	scan_bytes(s, p, end);
}
#endif

struct scan
dn_scan(struct bs_str text)
{
	struct scan s = {0};
	const unsigned char *p = (const unsigned char *)text.p;

	if (text.n >= 16 && can_sixteen())
		scan_sixteens(&s, p, p + text.n);
	else if (text.n)
		scan_bytes(&s, p, p + text.n);
	return s;
}

struct scan
dn_scan_plainly(struct bs_str text)
{
	struct scan s = {0};

	if (text.n)
		scan_bytes(&s, (const unsigned char *)text.p, (const unsigned char *)text.p + text.n);
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
