/* names.c - is this run of characters one personal name, or several? */
#include "names.h"

#include <stdlib.h>
#include <string.h>

/* Costs by character; 0 stands for absent. Names lie in the BMP. */
struct names {
	unsigned char surname[65536];
	unsigned char first[65536], second[65536], only[65536]; /* given names */
	unsigned char foreign[65536];
	unsigned char begins[65536]; /* a family name: 1 of one character, 2 of two */
	struct { uint32_t a, b; int cost; } two[256]; /* compound family names */
	size_t twos;
	struct bs_str words; /* gazetteers/words.txt, sorted by bytes */
};

static int
number(struct bs_str s)
{
	int v = 0;

	for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && v < 100000; i++)
		v = v * 10 + s.p[i] - '0';
	return v;
}

static unsigned char
byte(struct bs_str s)
{
	int v = number(s);

	return (unsigned char)(v < 1 ? 1 : v > 255 ? 255 : v);
}

static void
add_surname(struct names *n, struct bs_str name, struct bs_str cost)
{
	const char *p = name.p, *end = name.p + name.n;
	uint32_t a = bs_utf8_get(&p, end);

	if (p == end && a < 65536)
		n->surname[a] = byte(cost), n->begins[a] |= 1;
	else if (p < end && n->twos < sizeof n->two / sizeof *n->two) {
		n->two[n->twos].a = a;
		if (a < 65536)
			n->begins[a] |= 2;
		n->two[n->twos].b = bs_utf8_get(&p, end);
		n->two[n->twos++].cost = number(cost);
	}
}

/* Traditional characters weigh what their simplified forms do. */
static void
add_traditional(struct names *n)
{
	struct bs_str rest = bs_share_map("gazetteers/t2s.txt"), line;
	unsigned long no = 0;

	while (bs_table_next(&rest, &line, &no)) {
		uint32_t t = bs_first(bs_field(&line, '\t')), s = bs_first(line);
		unsigned char *table[] = {n->surname, n->first, n->second, n->only, n->foreign, n->begins};
		for (size_t i = 0; t < 65536 && s < 65536 && i < sizeof table / sizeof *table; i++)
			if (table[i][t] == 0)
				table[i][t] = table[i][s];
	}
}

struct names *
names_load(void)
{
	struct names *n = bs_calloc(1, sizeof *n);
	struct bs_str rest, line;
	unsigned long no = 0;

	for (rest = bs_share_map("gazetteers/surnames.txt"); bs_table_next(&rest, &line, &no);) {
		struct bs_str name = bs_field(&line, '\t');
		if (name.n)
			add_surname(n, name, bs_field(&line, '\t'));
	}
	for (rest = bs_share_map("gazetteers/given.txt"); bs_table_next(&rest, &line, &no);) {
		uint32_t c = bs_first(bs_field(&line, '\t'));
		if (c < 65536) {
			n->first[c] = byte(bs_field(&line, '\t'));
			n->second[c] = byte(bs_field(&line, '\t'));
			n->only[c] = byte(bs_field(&line, '\t'));
		}
	}
	for (rest = bs_share_map("gazetteers/foreign.txt"); bs_table_next(&rest, &line, &no);) {
		const char *p = line.p, *end = p + line.n;
		uint32_t c = bs_utf8_get(&p, end);
		if (end - p > 6 && memcmp(p, "\tchar\t", 6) == 0 && c < 65536) /* most are names, of no use here */
			n->foreign[c] = byte((struct bs_str){p + 6, (size_t)(end - p - 6)});
	}
	n->words = bs_share_map("gazetteers/words.txt");
	add_traditional(n);
	return n;
}

/* Compares the word of the line that starts at `at` with s. */
static int
compare_line(struct bs_str file, size_t at, struct bs_str s)
{
	const char *p = file.p + at, *end = file.p + file.n, *q = s.p, *stop = s.p + s.n;

	while (p < end && q < stop && *p == *q)
		p++, q++;
	if (p == end || *p == '\n' || *p == '\t')
		return q == stop ? 0 : -1;
	return q == stop || (unsigned char)*p > (unsigned char)*q ? 1 : -1;
}

bool
names_is_word(const struct names *n, struct bs_str s)
{
	size_t low = 0, high = n->words.n;

	while (low < high) { /* both at starts of lines */
		size_t mid = low + (high - low) / 2;
		int order;
		while (mid > low && n->words.p[mid - 1] != '\n')
			mid--;
		order = n->words.p[mid] == '#' ? -1 : compare_line(n->words, mid, s);
		if (order == 0)
			return true;
		if (order > 0) {
			high = mid;
			continue;
		}
		const char *nl = memchr(n->words.p + mid, '\n', n->words.n - mid);
		low = nl ? (size_t)(nl - n->words.p) + 1 : n->words.n;
	}
	return false;
}

void
names_free(struct names *n)
{
	free(n);
}

/* Cost of a table cell; a character that was never seen there is dear, not
 * impossible: given names are an open class. */
static int
cell(const unsigned char *table, uint32_t c)
{
	return !bs_is_han(c) ? NAMES_NO : c < 65536 && table[c] ? table[c] : 140;
}

/* Cost of the family name at c[0..]; *used is its length. */
static int
family(const struct names *n, const uint32_t *c, size_t len, size_t *used)
{
	for (size_t i = 0; len >= 3 && c[0] < 65536 && n->begins[c[0]] & 2 && i < n->twos; i++)
		if (n->two[i].a == c[0] && n->two[i].b == c[1]) {
			*used = 2;
			return n->two[i].cost;
		}
	*used = 1;
	return c[0] < 65536 && n->surname[c[0]] ? n->surname[c[0]] : NAMES_NO;
}

static int
chinese_cost(const struct names *n, const uint32_t *c, size_t len)
{
	size_t used;
	int cost = len >= 2 && len <= 4 ? family(n, c, len, &used) : NAMES_NO;

	if (cost >= NAMES_NO || len - used < 1 || len - used > 2)
		return NAMES_NO;
	if (len - used == 1)
		return cost + cell(n->only, c[used]);
	return cost + cell(n->first, c[used]) + cell(n->second, c[used + 1]);
}

/* 玛丽娜·拉古什, J·菲尔比: parts of transliteration characters or initials. */
static int
foreign_cost(const struct names *n, const uint32_t *c, size_t len)
{
	size_t dots = 0;
	int cost = 60;

	for (size_t i = 0; i < len; i++) {
		if (c[i] == 0x00b7 || c[i] == 0x2022 || c[i] == 0x30fb)
			dots++;
		else if (!bs_is_han(c[i]) && !(c[i] >= 'A' && c[i] <= 'Z') && c[i] != '.')
			return NAMES_NO;
		else
			cost += c[i] < 65536 && n->foreign[c[i]] ? 5 : 30;
	}
	return dots && len >= 4 && c[0] != 0x00b7 && c[len - 1] != 0x00b7 ? cost : NAMES_NO;
}

/* J. Smith, Mary-Ann O'Neil: two to four words, each with a capital first. */
static int
latin_cost(struct bs_str s)
{
	size_t words = 0;

	while (s.n) {
		struct bs_str w = bs_field(&s, ' ');
		if (w.n == 0)
			continue;
		uint32_t c = bs_first(w);
		if (!(c >= 'A' && c <= 'Z') && !(c >= 0xc0 && c <= 0xde && c != 0xd7) && !(bs_is(w, "de") || bs_is(w, "van") || bs_is(w, "von") || bs_is(w, "la")))
			return NAMES_NO;
		for (size_t i = 0; i < w.n; i++)
			if ((w.p[i] >= '0' && w.p[i] <= '9') || memchr(",;:!?\"()", w.p[i], 9))
				return NAMES_NO;
		words++;
	}
	return words >= 2 && words <= 4 ? 100 : NAMES_NO;
}

static size_t
decode(struct bs_str s, uint32_t *c, size_t max)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t len = 0;

	while (p < end && len < max)
		c[len++] = bs_utf8_get(&p, end);
	return p < end ? 0 : len;
}

/* The cost of s, whose characters c has. */
static int
cost_of(const struct names *n, struct bs_str s, const uint32_t *c, size_t len)
{
	int cost;

	if (len == 0)
		return NAMES_NO;
	if (c[0] < 0x250 && !bs_is_han(c[len - 1])) /* but J·菲尔比 */
		return latin_cost(s);
	cost = chinese_cost(n, c, len);
	return cost < NAMES_NO ? cost : foreign_cost(n, c, len);
}

#define LONGEST 24 /* characters of a name */

int
names_cost(const struct names *n, struct bs_str s)
{
	uint32_t c[LONGEST];

	return cost_of(n, s, c, decode(s, c, LONGEST));
}

bool
names_begin(const struct names *n, struct bs_str s)
{
	static const char *const dots[] = {"\u00b7", "\u2022", "\u30fb", NULL};
	uint32_t c = bs_first(s);

	if (!bs_is_han(c) || c >= 65536 || n->begins[c])
		return true;
	for (size_t i = 0; dots[i]; i++)
		if (bs_find(s, bs_str(dots[i])) != SIZE_MAX)
			return true;
	return false;
}

size_t
names_cut(const struct names *n, struct bs_str s, struct bs_str *out, size_t max)
{
	uint32_t c[48];
	int best[49];
	size_t from[49], at[49], len = decode(s, c, 48), count = 0;
	const char *p = s.p;

	if (len == 0)
		return 0;
	if (len <= LONGEST && cost_of(n, s, c, len) < NAMES_NO) { /* as a whole first: 欧阳修 is one name */
		out[0] = s;
		return 1;
	}
	best[0] = 0, at[0] = 0;
	for (size_t i = 1; i <= len; i++) {
		best[i] = NAMES_NO, from[i] = 0;
		bs_utf8_get(&p, s.p + s.n);
		at[i] = (size_t)(p - s.p);
		for (size_t k = 2; k <= 4 && k <= i; k++) {
			int cost = best[i - k] >= NAMES_NO ? NAMES_NO : best[i - k] + chinese_cost(n, c + i - k, k) + 40;
			if (cost < best[i])
				best[i] = cost, from[i] = i - k;
		}
		if (i >= 4 && best[i] >= NAMES_NO && best[i - 1] >= NAMES_NO && best[i - 2] >= NAMES_NO && best[i - 3] >= NAMES_NO)
			return 0; /* no name starts at any of these places */
	}
	if (best[len] >= NAMES_NO)
		return 0;
	for (size_t i = len; i > 0; i = from[i])
		count++;
	if (count > max)
		return 0;
	for (size_t i = len, k = count; i > 0; i = from[i])
		out[--k] = (struct bs_str){s.p + at[from[i]], at[i] - at[from[i]]};
	return count;
}
