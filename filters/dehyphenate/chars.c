/* chars.c - a character model of running Chinese text. */
#include "chars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define START 1u

struct chars {
	const unsigned char *slots;
	unsigned bits;
	double total;
	double count[256]; /* what the byte of a slot stands for */
};

static uint32_t
u32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint64_t
u64(const unsigned char *p)
{
	return u32(p) | (uint64_t)u32(p + 4) << 32;
}

/* FNV-1a, a word at a time. */
#define FNV_BASIS 0xcbf29ce484222325u

static inline uint64_t
fnv(uint64_t sum, uint64_t word)
{
	return (sum ^ word) * 0x100000001b3u;
}

/* Of every fourth word of the n bytes, a multiple of 32, and of those four sums: each step waits
 * for the one before, and four can go on at once. */
static uint64_t
checksum(const unsigned char *p, size_t n)
{
	uint64_t sum[4] = {FNV_BASIS, FNV_BASIS, FNV_BASIS, FNV_BASIS}, all = FNV_BASIS;

	for (size_t i = 0; i < n; i += 32)
		for (size_t k = 0; k < 4; k++)
			sum[k] = fnv(sum[k], u64(p + i + 8 * k));
	for (size_t k = 0; k < 4; k++)
		all = fnv(all, sum[k]);
	return all;
}

struct chars *
chars_open(struct bs_str file, const char **why)
{
	const unsigned char *p = (const unsigned char *)file.p;
	struct chars *m;

	*why = "not a character model (BSCHARS2)";
	if (file.n < 32 || memcmp(p, "BSCHARS2", 8) != 0 || u32(p + 8) < 8 || u32(p + 8) > 24)
		return NULL;
	*why = "character model is cut off";
	if (file.n != 32 + ((size_t)4 << u32(p + 8)))
		return NULL;
	*why = "character model is damaged (checksum)";
	if (checksum(p + 32, file.n - 32) != u64(p + 24))
		return NULL;
	m = bs_malloc(sizeof *m);
	*m = (struct chars){.slots = p + 32, .bits = u32(p + 8), .total = (double)u64(p + 16)};
	for (int i = 1; i < 256; i++)
		m->count[i] = exp((i - 1) / 20.0);
	return m;
}

void
chars_close(struct chars *m)
{
	free(m);
}

/* All digits alike, all Latin letters alike, full width as half width. */
static uint32_t
fold(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	if (c >= '0' && c <= '9')
		return '0';
	if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		return 'a';
	return c;
}

/* How often the characters were seen in training, about; gram has 21 bits for each. */
static double
seen(const struct chars *m, uint64_t gram)
{
	uint64_t h = gram;
	uint32_t slot, mask = (1u << m->bits) - 1;

	h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
	h = (h ^ h >> 27) * 0x94d049bb133111ebu;
	h ^= h >> 31;
	for (uint32_t at = (uint32_t)(h >> (64 - m->bits)), tries = 0; tries <= mask; tries++, at = (at + 1) & mask) {
		slot = u32(m->slots + 4 * (size_t)at);
		if (slot == 0)
			return 0;
		if (slot >> 8 == (h & 0xffffff))
			return m->count[slot & 255];
	}
	return 0;
}

#define PAIR(a, b) ((uint64_t)(a) << 21 | (b))
#define TRIPLE(a, b, c) (PAIR(a, b) << 21 | (c))

/* The probability of what was seen n times out of `of`, smoothed towards that of the
 * order below (Dirichlet prior: MacKay and Peto 1995) with the weight of three
 * observations. */
static double
smooth(double n, double below, double of)
{
	const double K = 3.0;

	return (n + K * below) / (of + K);
}

double
chars_join(const struct chars *m, struct bs_str left, struct bs_str right)
{
	const char *l = left.p + left.n, *r = right.p, *end = right.p + right.n;
	uint32_t l1, l2, r1, r2;
	double n_r1, n_join, n_fresh, alone, joined, started;

	if (left.n == 0 || right.n == 0)
		return 0;
	l1 = fold(bs_utf8_back(&l, left.p));
	l2 = l > left.p ? fold(bs_utf8_back(&l, left.p)) : START;
	r1 = fold(bs_utf8_get(&r, end));
	n_r1 = seen(m, r1), n_join = seen(m, PAIR(l1, r1)), n_fresh = seen(m, PAIR(START, r1));
	alone = (n_r1 + 0.3) / m->total;
	joined = smooth(n_join, alone, seen(m, l1));
	joined = smooth(seen(m, TRIPLE(l2, l1, r1)), joined, seen(m, PAIR(l2, l1)));
	started = smooth(n_fresh, alone, seen(m, START));
	r2 = r < end ? fold(bs_utf8_get(&r, end)) : 0;
	if (r2) {
		double after = smooth(seen(m, PAIR(r1, r2)), (seen(m, r2) + 0.3) / m->total, n_r1);
		joined *= smooth(seen(m, TRIPLE(l1, r1, r2)), after, n_join);
		started *= smooth(seen(m, TRIPLE(START, r1, r2)), after, n_fresh);
	}
	return log(joined / started);
}

double
chars_ends(const struct chars *m, struct bs_str left)
{
	const char *l = left.p + left.n;
	uint32_t l1, l2;
	double alone;

	if (left.n == 0)
		return 0;
	l1 = fold(bs_utf8_back(&l, left.p));
	l2 = l > left.p ? fold(bs_utf8_back(&l, left.p)) : START;
	alone = smooth(seen(m, PAIR(l1, ',')), 0.06, seen(m, l1));
	return log(smooth(seen(m, TRIPLE(l2, l1, ',')), alone, seen(m, PAIR(l2, l1))));
}
