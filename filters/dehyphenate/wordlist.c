/* wordlist.c - lists of words by language. */
#include "wordlist.h"
#include "seen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The line around byte `at` of the list, without its LF. */
static struct bs_str
line_at(struct bs_str list, size_t at)
{
	const char *lf = memchr(list.p + at, '\n', list.n - at);
	size_t from = at, to = lf ? (size_t)(lf - list.p) : list.n;

	while (from && list.p[from - 1] != '\n')
		from--;
	return (struct bs_str){list.p + from, to - from};
}

static int
compare(struct bs_str a, struct bs_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* The first line of list[low..high) that is not less than word, as an offset. */
static size_t
lower_bound(struct bs_str list, size_t low, size_t high, struct bs_str word)
{
	while (low < high) {
		struct bs_str line = line_at(list, low + (high - low) / 2);
		if (compare(word, line) <= 0)
			high = (size_t)(line.p - list.p);
		else
			low = (size_t)(line.p - list.p) + line.n + 1;
	}
	return low;
}

/* Where the words stand that begin with the three bytes of head. The whole list is
 * long and most of a search in it is the same from word to word. */
struct range {
	const char *list;
	size_t low, high;
	unsigned char head[3];
};

static const struct range *
range_of(struct bs_str list, const char *p)
{
	static struct range known[1024];
	unsigned char head[3] = {(unsigned char)p[0], (unsigned char)p[1], (unsigned char)p[2]};
	struct range *r = &known[(head[0] * 31u * 31u + head[1] * 31u + head[2]) % 1024];

	if (r->list == list.p && memcmp(r->head, head, 3) == 0)
		return r;
	*r = (struct range){.list = list.p, .head = {head[0], head[1], head[2]}};
	r->low = lower_bound(list, 0, list.n, (struct bs_str){p, 3});
	head[2]++; /* no word of UTF-8 has 0xff */
	r->high = lower_bound(list, r->low, list.n, (struct bs_str){(const char *)head, 3});
	return r;
}

static bool
search(struct bs_str list, struct bs_str word)
{
	const struct range *r = word.n >= 3 ? range_of(list, word.p) : NULL;
	size_t at = lower_bound(list, r ? r->low : 0, r ? r->high : list.n, word);

	return word.n > 0 && at < list.n && bs_eq(line_at(list, at), word);
}

/* Whether a word of the list begins so. */
static bool
search_begin(struct bs_str list, struct bs_str begin)
{
	const struct range *r = begin.n >= 3 ? range_of(list, begin.p) : NULL;
	size_t at = lower_bound(list, r ? r->low : 0, r ? r->high : list.n, begin);

	return begin.n > 0 && list.n - at >= begin.n && memcmp(list.p + at, begin.p, begin.n) == 0;
}

/* A text says the same words again and again: short ones are remembered with the
 * answer, the last one asked for in each slot. */
struct answer {
	const char *list;
	uint64_t word[2]; /* zeros behind */
	bool begins, known;
};

static bool
ask(struct bs_str list, struct bs_str word, bool begins)
{
	static struct answer answers[2048];
	struct answer *a;
	uint64_t first = bs_first_eight(word), last = 0;

	if (word.n > sizeof a->word)
		return begins ? search_begin(list, word) : search(list, word);
	if (word.n > 8)
		last = bs_first_eight((struct bs_str){word.p + 8, word.n - 8});
	a = &answers[((first ^ last * 0x9e3779b97f4a7c15u) + begins) * 0xbf58476d1ce4e5b9u >> 53];
	if (a->list != list.p || a->word[0] != first || a->word[1] != last || a->begins != begins)
		*a = (struct answer){list.p, {first, last}, begins, begins ? search_begin(list, word) : search(list, word)};
	return a->known;
}

bool
wordlist_has(struct bs_str list, struct bs_str word)
{
	return ask(list, word, false);
}

bool
wordlist_begins(struct bs_str list, struct bs_str begin)
{
	return ask(list, begin, true);
}

/* The list beside en.txt; one that a user took away is no fault. */
static struct bs_str
load(const char *lang)
{
	char *path = bs_share_path("words/en.txt");
	struct bs_str list = {0};

	memcpy(path + strlen(path) - strlen("en.txt"), lang, 2);
	if (access(path, R_OK) == 0)
		list = bs_map(path);
	free(path);
	return list;
}

struct bs_str
wordlist_of(const char *lang)
{
	static struct {
		char lang[3];
		struct bs_str list;
	} known[16];
	size_t i = 0;

	while (i < 15 && known[i].lang[0] && strcmp(known[i].lang, lang) != 0)
		i++;
	if (known[i].lang[0] == '\0') {
		memcpy(known[i].lang, lang, 2);
		known[i].list = load(lang);
	}
	return known[i].list;
}
