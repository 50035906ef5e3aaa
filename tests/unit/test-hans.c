/* Han characters as numbers: many at once as one by one. */
#include "../../filters/split-articles/echo.h"
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
same_some(const uint32_t *keys, size_t runs)
{
	uint32_t all[MOST + 16], some[MOST + 16];
	size_t m = hans_some(keys, runs, 0, all), k = hans_some(keys, runs, 2, some), at = 0;

	for (size_t i = 0; i < m; i++)
		if (all[i] >> 30 == 0 && (at >= k || some[at++] != all[i]))
			return false;
	return m == runs && at == k;
}

/* Written over the numbers, the keys are the same. */
static bool
same_place(struct bs_str text, const uint32_t *keys, size_t runs)
{
	struct bs_mem mem = {0};
	struct hans_keys k = {0};
	bool good;

	hans_keys(&mem, text, &k);
	good = k.n == runs && memcmp(k.v, keys, runs * sizeof *keys) == 0;
	bs_mem_free(&mem);
	return good;
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
	good = hans_threes(b, m, keys) == runs && same_some(keys, runs) && same_place(copy, keys, runs);
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
	return echo_in(bs_str(a), bs_str(b), 60);
}

/* By a look at each pair of the one text in the other. */
static bool
echoes_plainly(struct bs_str a, struct bs_str b)
{
	uint32_t x[MOST], y[MOST];
	size_t n = plainly(a, x), m = plainly(bs_cut(b, ECHO_MOST), y), pairs = 0, found = 0;

	for (size_t i = 0; i + 1 < n; i++) {
		bool there = false;
		for (size_t k = 0; k + 1 < m; k++)
			there = there || (x[i] == y[k] && x[i + 1] == y[k + 1]);
		pairs += x[i] && x[i + 1];
		found += x[i] && x[i + 1] && there;
	}
	return pairs && found * 100 >= pairs * 60;
}

static bool
same_echo(void)
{
	char a[MOST], b[MOST];
	struct bs_str x = make_text(a), y = make_text(b), cut = bs_cut(x, (size_t)rand() % 40 + 6);

	return echo_in(cut, y, 60) == echoes_plainly(cut, y) && echo_in(x, x, 60) == echoes_plainly(x, x);
}

int
main(void)
{
	bool alike = true;

	bs_begin("test-hans");
	for (int i = 0; i < 20000 && alike; i++)
		alike = same_numbers();
	ok(alike, "texts made at random: the same numbers, as many runs of three");
	for (int i = 0; i < 20000 && alike; i++)
		alike = same_echo();
	ok(alike, "texts made at random: the same echoes");
	ok(echoes("湖滨修桥", "湖滨修桥，两岸来往不再绕路。"), "a lead says its headline again");
	ok(echoes("湖滨 修桥", "昨天，湖滨市开始修桥，两岸来往不再绕路。"), "in parts");
	ok(!echoes("湖滨修桥", "昨天，两岸来往不再绕路，湖滨。"), "one pair of three is too few");
	ok(!echoes("A new bridge", "湖滨修桥"), "no pair is none");
	return tap_end();
}
