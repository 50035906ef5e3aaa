/* look.c - what a text is made of: one look for all rules, and for who measures it. */
#include "look.h"
#include "many.h"
#include "must.h"

#include <string.h>

uint16_t look_kinds[0x10000];
#define kinds look_kinds
static unsigned asked = K_ASKED; /* the next one to be given away */

uint64_t look_measures[K_COUNT];
#define measures look_measures

static unsigned
kind_of(uint32_t c)
{
	unsigned width = bs_width(c, true);

	if (c - '0' < 10)
		return K_DIGIT;
	if (c - 'A' < 26)
		return K_UPPER + c - 'A';
	if (c - 'a' < 26)
		return K_LOWER + c - 'a';
	if (c == ',' || c == ';')
		return K_COMMA1;
	if (c == 0xff0c || c == 0x3001 || c == 0xff1b)
		return K_COMMA2;
	if (c == 0x3002 || c == 0xff01 || c == 0xff1f)
		return K_STOP2;
	return (bs_is_han(c) ? K_HAN : K_OTHER) + (width > 2 ? 2 : width);
}

static void
fill_measures(void)
{
	for (unsigned c = 0; c < 0x80; c++)
		kinds[c] = (uint16_t)kind_of(c);
	for (unsigned k = 0; k < K_ASKED; k++)
		measures[k] = LOOK_CHAR + LOOK_COLUMNS(k >= K_DIGIT || k == K_COMMA1 ? 1 : k >= K_COMMA2 ? 2 : k >= K_HAN ? k - K_HAN : k - K_OTHER);
	for (unsigned k = K_HAN; k < K_COMMA1; k++)
		measures[k] += LOOK_HAN;
	measures[K_COMMA1] += LOOK_COMMA;
	measures[K_COMMA2] += LOOK_COMMA;
	measures[K_STOP2] += LOOK_STOP;
}

/* The kind of a character that was not seen before. */
static unsigned
see(uint32_t c)
{
	return kinds[c] = (uint16_t)kind_of(c);
}

/* A bit for each of 16 bytes that is 1. */
#ifdef __SSE2__
#include <emmintrin.h>

static uint64_t
bits_of(const unsigned char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);

	return (uint64_t)_mm_movemask_epi8(_mm_slli_epi16(v, 7));
}
#else
static uint64_t
bits_of(const unsigned char *p)
{
	uint64_t bits = 0;

	for (int i = 0; i < 16; i++)
		bits |= (uint64_t)p[i] << i;
	return bits;
}
#endif

/* The bits of all kinds that are there; wipes them. */
static void
gather(unsigned char there[K_COUNT], uint64_t bits[BS_LOOK_WORDS])
{
	for (int i = 0; i < BS_LOOK_WORDS; i++, there += 64) {
		bits[i] = bits_of(there) | bits_of(there + 16) << 16 | bits_of(there + 32) << 32 | bits_of(there + 48) << 48;
		memset(there, 0, 64);
	}
}

/* A kind of its own for a character of three bytes that a pattern asks for; 0 when
 * there are no more. */
static unsigned
ask(uint32_t c)
{
	unsigned kind;

	if (measures[K_STOP2] == 0)
		fill_measures();
	kind = kinds[c] ? kinds[c] : see(c);
	if (kind >= K_ASKED)
		return kind;
	if (asked == K_COUNT)
		return 0;
	measures[asked] = measures[kind];
	return kinds[c] = (uint16_t)asked++;
}

void
look_mask(const struct must_one *set, uint64_t mask[BS_LOOK_WORDS])
{
	unsigned char there[K_COUNT] = {0};

	there[K_DIGIT] = set->digit;
	for (unsigned i = 0; i < 26; i++) {
		there[K_UPPER + i] = set->upper >> i & 1;
		there[K_LOWER + i] = set->lower >> i & 1;
	}
	for (unsigned i = 0; i < set->n; i++) {
		unsigned kind = ask(set->c[i]);
		if (kind == 0)
			memset(there, 1, sizeof there);
		else
			there[kind] = 1;
	}
	gather(there, mask);
}

size_t
look_for(const uint64_t mask[BS_LOOK_WORDS], struct bs_str text, size_t from)
{
	const char *p = text.p + from, *end = text.p + text.n;

	while (p < end && ((unsigned char)*p & 0xc0) == 0x80)
		p++;
	while (p < end) {
		const char *at = p;
		uint32_t c = bs_utf8_get(&p, end);
		unsigned kind = c < 0x10000 ? kinds[c] : kind_of(c);
		if (kind == 0)
			kind = see(c);
		if (mask[kind / 64] >> kind % 64 & 1)
			return (size_t)(at - text.p);
	}
	return SIZE_MAX;
}

unsigned
look_kind(uint32_t c)
{
	return c >= 0x10000 ? kind_of(c) : kinds[c] ? kinds[c] : see(c);
}

/* The kind of a character that is not of one or three bytes, or that was not seen. */
static unsigned
kind_at(const char *p, const char *end)
{
	return look_kind(bs_utf8_get(&p, end));
}

/* Takes the measure of one character of three bytes. */
static inline uint64_t
measure_three(uint32_t c, unsigned char *there)
{
	unsigned kind = kinds[c];

	if (kind == 0)
		kind = see(c);
	there[kind] = 1;
	return measures[kind];
}

#ifdef MANY
/* Takes the measure of characters of three bytes, eight at a time, as long as 28 bytes
 * can be read; returns where it stopped. */
MANY static const char *
measure_many(const char *p, const char *end, unsigned char *there, uint64_t *sum)
{
	const __m256i order = _mm256_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1,
	    2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1);
	uint64_t more = 0;
	uint32_t c[8];

	for (; end - p >= 28; p += 24) {
		__m256i v = _mm256_shuffle_epi8(_mm256_inserti128_si256(
		    _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)p)),
		    _mm_loadu_si128((const __m128i *)(const void *)(p + 12)), 1), order), threes;
		threes = _mm256_cmpeq_epi32(_mm256_and_si256(v, _mm256_set1_epi32(0xf00000)), _mm256_set1_epi32(0xe00000));
		if (_mm256_movemask_epi8(threes) != -1)
			break;
		v = _mm256_or_si256(_mm256_and_si256(v, _mm256_set1_epi32(0x3f)), _mm256_or_si256(
		    _mm256_and_si256(_mm256_srli_epi32(v, 4), _mm256_set1_epi32(0xf000)),
		    _mm256_and_si256(_mm256_srli_epi32(v, 2), _mm256_set1_epi32(0xfc0))));
		_mm256_storeu_si256((__m256i *)(void *)c, v);
		for (int k = 0; k < 8; k++)
			more += measure_three(c[k], there);
	}
	*sum += more;
	many_done();
	return p;
}
#else
static const char *
measure_many(const char *p, const char *end, unsigned char *there, uint64_t *sum)
{
	(void)end, (void)there, (void)sum;
	return p;
}
#endif

/* Characters of three bytes from p on, which begin before end: where the next other
 * one begins. Adds to *sum what they add. */
static inline const char *
measure_threes(const char *p, const char *end, const char *far, unsigned char *there, uint64_t *sum)
{
	uint64_t more = 0;

	if (end - p >= 28 && bs_has_many())
		p = measure_many(p, end, there, sum);
	end = far - end < 2 ? far - 2 : end;
	while (p < end && ((unsigned char)*p & 0xf0) == 0xe0) {
		const unsigned char *u = (const unsigned char *)p;
		more += measure_three((u[0] & 0xfu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu), there);
		p += 3;
	}
	*sum += more;
	return p;
}

/* Takes the measure of the text from p to end, at most LOOK_BYTES; a last character may
 * go on up to far. */
static const char *
measure(struct bs_look *l, const char *p, const char *end, const char *far, unsigned char *there)
{
	uint64_t sum = 0;
	unsigned run = l->run, kind, bytes;

	while (p < end) {
		unsigned char c = (unsigned char)*p;
		if (c >= 0x80) {
			run = 0;
			bytes = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
			if (far - p < (ptrdiff_t)bytes) { /* not well-formed */
				p = far;
				break;
			}
			if (bytes == 3) {
				p = measure_threes(p, end, far, there, &sum);
				continue;
			}
			kind = kind_at(p, far);
			p += bytes;
		} else {
			kind = kinds[c];
			p++;
			if (kind != K_DIGIT)
				run = 0;
			else if (++run > l->digits)
				l->digits = run;
			if (run == LOOK_YEAR && l->early == SIZE_MAX)
				l->early = l->chars + (sum >> 12 & 0xfff) + 1 - LOOK_YEAR;
		}
		there[kind] = 1;
		sum += measures[kind];
	}
	l->run = run;
	look_sum(l, sum);
	return p;
}

void
look_start(struct bs_look *l, struct bs_str text)
{
	l->p = text.p;
	l->n = text.n;
	l->chars = l->columns = l->han = l->commas = l->stops = 0;
	l->digits = l->run = 0;
	l->early = SIZE_MAX;
	l->narrow = l->latin = l->sees = false;
	l->gated = l->gate = 0;
	l->marks = 0;
	if (measures[K_STOP2] == 0)
		fill_measures();
}

void
bs_look(struct bs_look *l, struct bs_str text)
{
	static unsigned char there[K_COUNT]; /* all 0 between two looks */
	const char *p = text.p, *end = p + text.n;

	look_start(l, text);
	while (p < end)
		p = measure(l, p, end - p > LOOK_BYTES ? p + LOOK_BYTES : end, end, there);
	l->narrow = there[K_OTHER + 1];
	there[0] = 1; /* for masks of all bits */
	gather(there, l->seen);
	l->sees = true;
}
