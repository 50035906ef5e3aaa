/* wordlist.c - lists of words by language. */
#include "wordlist.h"

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

bool
wordlist_has(struct bs_str list, struct bs_str word)
{
	size_t low = 0, high = list.n;

	while (low < high) {
		struct bs_str line = line_at(list, low + (high - low) / 2);
		int order = compare(word, line);
		if (order == 0)
			return word.n > 0;
		if (order < 0)
			high = (size_t)(line.p - list.p);
		else
			low = (size_t)(line.p - list.p) + line.n + 1;
	}
	return false;
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
