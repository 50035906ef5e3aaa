/* Han characters as numbers: many at once as one by one. */
#include "../../filters/split-articles/hans.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

#define MOST 400

/* One by one; other characters as 0, never two in a row. */
static size_t
plainly(struct bs_str text, uint32_t *out)
{
	const char *p = text.p, *end = p + text.n;
	size_t n = 0;

	while (p < end) {
		uint32_t c = bs_utf8_get(&p, end);
		if (bs_is_han(c))
			out[n++] = c;
		else if (n && out[n - 1])
			out[n++] = 0;
	}
	return n;
}

/* Takes out what hans_of may write more: zeros at the start and one after the other. */
static size_t
close_up(uint32_t *v, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (v[i] || (k && v[k - 1]))
			v[k++] = v[i];
	return k;
}

static const char *const pieces[] = {"山", "水", "一", "鿿", "㐀", "䷀", "〇", "豈", "，", "。", "　", "a", "7 ", "é", "𠀀", "😀", "城市", "湖滨"};

static struct bs_str
make_text(char *buf)
{
	size_t n = 0, want = (size_t)rand() % (MOST - 8);
	bool mixed = rand() % 2;

	while (n < want) {
		const char *s = pieces[rand() % (mixed ? (int)(sizeof pieces / sizeof *pieces) : 4)];
		memcpy(buf + n, s, strlen(s));
		n += strlen(s);
	}
	return (struct bs_str){buf, n};
}

/* One run in four is, of all mixed keys, just those that begin with two zero bits. */
static bool
same_some(const uint32_t *han, size_t n, size_t runs)
{
	uint32_t all[MOST + 16], some[MOST + 16];
	size_t m = hans_some(han, n, 0, all), k = hans_some(han, n, 2, some), at = 0;

	for (size_t i = 0; i < m; i++)
		if (all[i] >> 30 == 0 && (at >= k || some[at++] != all[i]))
			return false;
	return m == runs && at == k;
}

static bool
same_numbers(void)
{
	char buf[MOST];
	struct bs_str text = make_text(buf), copy = {bs_malloc(text.n), text.n};
	uint32_t a[MOST], *b = bs_malloc(HANS_ROOM(text.n) * sizeof *b);
	uint32_t *keys = bs_malloc(HANS_ROOM(text.n) * sizeof *keys);
	size_t n = plainly(text, a), m, runs = 0;
	bool good;

	if (text.n)
		memcpy((char *)(uintptr_t)copy.p, text.p, text.n); /* where a byte too far is seen */
	m = hans_of(copy, b);
	for (size_t i = 0; i + 2 < n; i++)
		runs += a[i] && a[i + 1] && a[i + 2];
	good = hans_threes(b, m, keys) == runs && same_some(b, m, runs);
	m = close_up(b, m);
	good = good && m == n && memcmp(a, b, n * sizeof *a) == 0;
	free((char *)(uintptr_t)copy.p);
	free(b);
	free(keys);
	return good;
}

static bool
echoes(const char *a, const char *b)
{
	uint32_t x[HANS_ROOM(MOST)], y[HANS_ROOM(MOST)];
	size_t n = hans_of(bs_str(a), x);

	return hans_echo(x, n, y, hans_of(bs_str(b), y), 60);
}

int
main(void)
{
	bool alike = true;

	bs_begin("test-hans");
	for (int i = 0; i < 20000 && alike; i++)
		alike = same_numbers();
	ok(alike, "texts made at random: the same numbers, as many runs of three");
	ok(echoes("湖滨修桥", "湖滨修桥，两岸来往不再绕路。"), "a lead says its headline again");
	ok(echoes("湖滨 修桥", "昨天，湖滨市开始修桥，两岸来往不再绕路。"), "in parts");
	ok(!echoes("湖滨修桥", "昨天，两岸来往不再绕路，湖滨。"), "one pair of three is too few");
	ok(!echoes("A new bridge", "湖滨修桥"), "no pair is none");
	return tap_end();
}
