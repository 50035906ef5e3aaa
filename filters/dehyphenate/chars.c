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

struct chars *
chars_open(struct bs_str file, const char **why)
{
	const unsigned char *p = (const unsigned char *)file.p;
	uint64_t check = 0xcbf29ce484222325u;
	struct chars *m;

	*why = "not a character model (BSCHARS1)";
	if (file.n < 32 || memcmp(p, "BSCHARS1", 8) != 0 || u32(p + 8) < 8 || u32(p + 8) > 24)
		return NULL;
	*why = "character model is cut off";
	if (file.n != 32 + ((size_t)4 << u32(p + 8)))
		return NULL;
	for (size_t i = 32; i < file.n; i += 8)
		check = (check ^ u64(p + i)) * 0x100000001b3u;
	*why = "character model is damaged (checksum)";
	if (check != u64(p + 24))
		return NULL;
	m = bs_malloc(sizeof *m);
	*m = (struct chars){.slots = p + 32, .bits = u32(p + 8), .total = (double)u64(p + 16)};
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

/* How often the n characters were seen in training, about. */
static double
seen(const struct chars *m, const uint32_t *gram, size_t n)
{
	uint64_t h = 0;
	uint32_t slot, mask = (1u << m->bits) - 1;

	for (size_t i = 0; i < n; i++)
		h = h << 21 | gram[i];
	h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
	h = (h ^ h >> 27) * 0x94d049bb133111ebu;
	h ^= h >> 31;
	for (uint32_t at = (uint32_t)(h >> (64 - m->bits)), tries = 0; tries <= mask; tries++, at = (at + 1) & mask) {
		slot = u32(m->slots + 4 * (size_t)at);
		if (slot == 0)
			return 0;
		if (slot >> 8 == (h & 0xffffff))
			return exp(((slot & 255) - 1) / 20.0);
	}
	return 0;
}

/* P(g[n-1] | g[0..n-2]), each order smoothed towards the one below (Dirichlet
 * prior: MacKay and Peto 1995) with the weight of K observations. */
static double
probability(const struct chars *m, const uint32_t *g, size_t n)
{
	const double K = 3.0;

	if (n == 1)
		return (seen(m, g, 1) + 0.3) / m->total;
	return (seen(m, g, n) + K * probability(m, g + 1, n - 1)) / (seen(m, g, n - 1) + K);
}

double
chars_join(const struct chars *m, struct bs_str left, struct bs_str right)
{
	const char *l = left.p + left.n, *r = right.p, *end = right.p + right.n;
	uint32_t run[4], fresh[3];
	double joined, started;

	if (left.n == 0 || right.n == 0)
		return 0;
	run[1] = fold(bs_utf8_back(&l, left.p));
	run[0] = l > left.p ? fold(bs_utf8_back(&l, left.p)) : START;
	run[2] = fresh[1] = fold(bs_utf8_get(&r, end));
	run[3] = fresh[2] = r < end ? fold(bs_utf8_get(&r, end)) : 0;
	fresh[0] = START;
	joined = log(probability(m, run, 3));
	started = log(probability(m, fresh, 2));
	if (run[3]) {
		joined += log(probability(m, run + 1, 3));
		started += log(probability(m, fresh, 3));
	}
	return joined - started;
}
