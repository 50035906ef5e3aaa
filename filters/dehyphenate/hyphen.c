/* hyphen.c - hyphens at line ends in Latin script. */
#include "hyphen.h"

#include <string.h>

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xc3;
}

/* Longer words are not looked up. */
#define LONGEST 160

/* The last word of s, up to a blank or a mark; bytes above ASCII count as letters. */
static struct bs_str
last_word(struct bs_str s)
{
	size_t n = s.n, least = s.n > LONGEST ? s.n - LONGEST : 0;

	while (n > least && (is_letter(s.p[n - 1]) || (unsigned char)s.p[n - 1] >= 0x80 || s.p[n - 1] == '\''))
		n--;
	return (struct bs_str){s.p + n, s.n - n};
}

static struct bs_str
first_word(struct bs_str s)
{
	size_t n = 0;

	while (n < s.n && (is_letter(s.p[n]) || (unsigned char)s.p[n] >= 0x80 || s.p[n] == '\''))
		n++;
	return (struct bs_str){s.p, n};
}

/* Length of the hyphen that ends s: ASCII, U+00AD, U+2010, or the ¬ that some
 * OCR engines print for a divided word. */
static size_t
hyphen_length(struct bs_str s, bool *soft)
{
	*soft = bs_ends(s, "\xc2\xad") || bs_ends(s, "\xc2\xac");
	if (*soft)
		return 2;
	if (bs_ends(s, "\xe2\x80\x90"))
		return 3;
	return bs_ends(s, "-") && !bs_ends(s, "--");
}

/* Prefixes after which English keeps its hyphen (Hart's Rules, 4.5.2). */
static bool
keeps_hyphen(struct bs_str prefix)
{
	static const char *const list[] = {"self", "ex", "non", "well", "half", "all", "cross", "mid", "vice",
	    "quasi", "semi", "anti", "pro", "post", "pre", "so", "twenty", "thirty", "forty", "fifty", "sixty",
	    "seventy", "eighty", "ninety", NULL};

	for (size_t i = 0; list[i]; i++)
		if (bs_is(prefix, list[i]))
			return true;
	return false;
}

/* How often a+middle+b stands in the page as a word. */
static size_t
occurrences(struct bs_str page, struct bs_str a, const char *middle, struct bs_str b)
{
	char word[LONGEST];
	size_t m = strlen(middle), n = a.n + m + b.n, count = 0, at;

	if (n > sizeof word)
		return 0;
	memcpy(word, a.p, a.n);
	memcpy(word + a.n, middle, m);
	memcpy(word + a.n + m, b.p, b.n);
	while ((at = bs_find(page, (struct bs_str){word, n})) != SIZE_MAX) {
		bool starts = at == 0 || !is_letter(page.p[at - 1]);
		bool ends = at + n == page.n || !is_letter(page.p[at + n]);
		count += starts && ends;
		page.p += at + n;
		page.n -= at + n;
	}
	return count;
}

enum hyphen
hyphen_at(struct bs_str left, struct bs_str right, struct bs_str page, size_t *cut)
{
	bool soft;
	struct bs_str a, b = first_word(right);

	*cut = hyphen_length(left, &soft);
	if (*cut == 0 || left.n == *cut || right.n == 0)
		return HYPHEN_NONE;
	a = last_word((struct bs_str){left.p, left.n - *cut});
	if (soft)
		return HYPHEN_DROP;
	if (b.n == 0 || a.n == 0)
		return b.n == 0 && a.n == 0 && left.p[left.n - *cut - 1] == ' ' ? HYPHEN_NONE : HYPHEN_KEEP;
	if (occurrences(page, a, "", b))
		return HYPHEN_DROP;
	if (occurrences(page, a, "-", b) || keeps_hyphen(a) || (b.p[0] >= 'A' && b.p[0] <= 'Z' && !(a.p[0] >= 'A' && a.p[a.n - 1] <= 'Z')))
		return HYPHEN_KEEP;
	return HYPHEN_DROP;
}
