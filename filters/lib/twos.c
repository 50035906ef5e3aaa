/* twos.c - pairs of characters, one of which a text must have. */
#include "many.h"
#include "must.h"

#include <string.h>

static inline bool
has(const uint64_t bits[64], uint32_t c)
{
	return bits[c / 64 % 64] >> c % 64 & 1;
}

static void
set(uint64_t bits[64], uint32_t c)
{
	bits[c / 64 % 64] |= UINT64_C(1) << c % 64;
}

/* A number for two characters. */
static inline uint32_t
together(uint32_t a, uint32_t b)
{
	return (a * 61 ^ b) & 4095;
}

/* What twos_glance looks at: the last byte of the first character, both halves of it,
 * and of the three bytes of the second character. */
enum { LAST_LOW, LAST_HIGH, FIRST_LOW, FIRST_HIGH, SECOND_LOW, SECOND_HIGH, THIRD_LOW, THIRD_HIGH };
_Static_assert(THIRD_HIGH + 1 == TWOS_HALVES, "a table for each half");

static void
set_half(struct twos *t, int which, unsigned char half, bool any, unsigned char bit)
{
	for (unsigned k = 0; k < 16; k++)
		if (any || k == half)
			t->half[which][k] |= bit;
}

static void
set_halves(struct twos *t, uint32_t a, uint32_t b, unsigned char bit)
{
	unsigned char x[4], y[4] = {0};
	size_t n = bs_utf8_put((char *)x, a), m = b ? bs_utf8_put((char *)y, b) : 0;

	set_half(t, LAST_LOW, x[n - 1] & 15, false, bit);
	set_half(t, LAST_HIGH, x[n - 1] >> 4, false, bit);
	set_half(t, FIRST_LOW, y[0] & 15, m == 0, bit);
	set_half(t, FIRST_HIGH, y[0] >> 4, m == 0, bit);
	set_half(t, SECOND_LOW, y[1] & 15, m < 2, bit);
	set_half(t, SECOND_HIGH, y[1] >> 4, m < 2, bit);
	set_half(t, THIRD_LOW, y[2] & 15, m < 3, bit);
	set_half(t, THIRD_HIGH, y[2] >> 4, m < 3, bit);
}

/* For each pair, the number of its first character, or its second one, among those of the
 * pairs; returns how many these are. */
static unsigned
number_side(const struct must_pairs *pairs, int side, unsigned char number[MUST_PAIRS])
{
	unsigned distinct = 0;

	for (unsigned i = 0; i < pairs->n; i++) {
		unsigned k = 0;
		while (k < i && pairs->v[k][side] != pairs->v[i][side])
			k++;
		number[i] = k < i ? number[k] : (unsigned char)distinct;
		distinct += k == i;
	}
	return distinct;
}

/* Pairs with a character in common share a group, in which little else is then taken for one
 * of them. */
static void
make_groups(struct twos *t, const struct must_pairs *pairs)
{
	unsigned char first[MUST_PAIRS], second[MUST_PAIRS];
	unsigned x = number_side(pairs, 0, first), y = number_side(pairs, 1, second);

	t->few = pairs->n <= TWOS_FEW || (x < y ? x : y) <= TWOS_FEW / 2;
	for (unsigned i = 0; i < pairs->n && t->few; i++)
		set_halves(t, t->v[i][0], t->v[i][1], (unsigned char)(1u << (x < y ? first : second)[i] % 8));
}

struct twos *
twos_of(const struct must_pairs *pairs)
{
	struct twos *t;
	unsigned real = 0;

	for (unsigned i = 0; i < pairs->n; i++)
		real += pairs->v[i][1] != 0;
	if (real == 0)
		return NULL;
	t = bs_malloc(sizeof *t + pairs->n * sizeof *t->v);
	*t = (struct twos){.n = pairs->n};
	memcpy(t->v, pairs->v, pairs->n * sizeof *t->v);
	make_groups(t, pairs);
	for (unsigned i = 0; i < pairs->n; i++) {
		set(t->firsts, t->v[i][0]);
		set(t->seconds, t->v[i][1]);
		set(t->both, together(t->v[i][0], t->v[i][1]));
		if (t->v[i][1] == 0) { /* anything may follow */
			memset(t->seconds, 0xff, sizeof t->seconds);
			set(t->alone, t->v[i][0]);
		}
	}
	return t;
}

static bool
is_one(const struct twos *t, uint32_t a, uint32_t b)
{
	for (unsigned i = 0; i < t->n; i++)
		if (t->v[i][0] == a && (t->v[i][1] == b || t->v[i][1] == 0))
			return true;
	return false;
}

/* Whether a, which may be the first of a pair, is one with what comes next at p. */
static bool
is_followed(const struct twos *t, uint32_t a, const char *p, const char *end)
{
	uint32_t c = p < end ? bs_utf8_get(&p, end) : 0;

	return has(t->seconds, c) && (has(t->both, together(a, c)) || has(t->alone, a)) && is_one(t, a, c);
}

size_t
twos_find(const struct twos *t, struct bs_str text, size_t from)
{
	const char *p = text.p + from, *end = text.p + text.n;

	while (p < end && ((unsigned char)*p & 0xc0) == 0x80)
		p++;
	while (p < end) {
		const unsigned char *u = (const unsigned char *)p;
		const char *at = p;
		uint32_t c;
		if ((u[0] & 0xf0) == 0xe0 && end - p >= 3) { /* its lowest bits stand in two bytes */
			p += 3;
			if (!(t->firsts[u[1] & 63] >> (u[2] & 63) & 1))
				continue;
			if (end - p >= 3 && (u[3] & 0xf0) == 0xe0 && !(t->seconds[u[4] & 63] >> (u[5] & 63) & 1))
				continue;
			c = (u[0] & 0xfu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu);
		} else {
			c = u[0] < 0x80 ? (unsigned char)*p++ : bs_utf8_get(&p, end);
			if (!has(t->firsts, c))
				continue;
		}
		if (is_followed(t, c, p, end))
			return (size_t)(at - text.p);
	}
	return SIZE_MAX;
}

#ifdef MANY
#define STEP 32
#define BEHIND 3 /* bytes behind them that are read, too */

MANY static inline __m256i
table(const unsigned char *half)
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)half));
}

/* What the tables say of the low half of each byte, and the next one of the high half. */
MANY static inline __m256i
says(const struct twos *t, int low, __m256i v)
{
	const __m256i half = lanes_all(15);

	return _mm256_and_si256(_mm256_shuffle_epi8(table(t->half[low]), _mm256_and_si256(v, half)),
	    _mm256_shuffle_epi8(table(t->half[low + 1]), _mm256_and_si256(_mm256_srli_epi16(v, 4), half)));
}

/* The groups that may have a pair whose first character ends with one of 32 bytes: these,
 * and those one, two and three behind each. */
MANY static inline __m256i
groups_at(const struct twos *t, __m256i last, __m256i first, __m256i second, __m256i third)
{
	return _mm256_and_si256(_mm256_and_si256(says(t, LAST_LOW, last), says(t, FIRST_LOW, first)),
	    _mm256_and_si256(says(t, SECOND_LOW, second), says(t, THIRD_LOW, third)));
}

MANY static bool
glance(const struct twos *t, struct bs_str text)
{
	const char *p = text.p, *end = p + text.n;
	__m256i a = lanes_last(text.p, text.n), b = lanes_next(a), c = lanes_next(b);
	__m256i found = groups_at(t, a, b, c, lanes_next(c));
	bool any;

	for (; end - p >= STEP + BEHIND; p += STEP)
		found = _mm256_or_si256(found, groups_at(t, lanes_load(p), lanes_load(p + 1), lanes_load(p + 2), lanes_load(p + 3)));
	if (end - p > STEP) { /* the last 32 begin behind p */
		b = lanes_load(p + 1), c = lanes_next(b);
		found = _mm256_or_si256(found, groups_at(t, lanes_load(p), b, c, lanes_next(c)));
	}
	any = !_mm256_testz_si256(found, found);
	many_done();
	return any;
}

bool
twos_can_glance(const struct twos *t)
{
	return t->few && bs_has_many();
}

bool
twos_glance(const struct twos *t, struct bs_str text)
{
	return glance(t, text);
}
#else
bool
twos_can_glance(const struct twos *t)
{
	(void)t;
	return false;
}

bool
twos_glance(const struct twos *t, struct bs_str text)
{
	(void)t, (void)text;
	return true;
}
#endif
