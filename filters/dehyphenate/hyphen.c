/* hyphen.c - hyphens at line ends in Latin script. */
#include "hyphen.h"

#include <string.h>

/* Latin, Greek and Cyrillic; not the apostrophe, which parts l'apres-midi and company's
 * from the words that may stand elsewhere on the page. */
static bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c < 0x530 && c != 0xd7 && c != 0xf7);
}

static bool
is_capital(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7);
}

/* Longer words are not looked up. */
#define LONGEST 160

static struct bs_str
last_word(struct bs_str s)
{
	const char *p = s.p + s.n, *start = p, *least = s.n > LONGEST ? p - LONGEST : s.p;

	while (p > least && is_letter(bs_utf8_back(&p, s.p)))
		start = p;
	return (struct bs_str){start, (size_t)(s.p + s.n - start)};
}

static struct bs_str
first_word(struct bs_str s)
{
	const char *p = s.p, *end = s.p, *most = s.p + (s.n > LONGEST ? LONGEST : s.n);

	while (p < most && is_letter(bs_utf8_get(&p, s.p + s.n)))
		end = p;
	return (struct bs_str){s.p, (size_t)(end - s.p)};
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

/* Compounds that English sets off (Hart's Rules, 4.5.2): by their first part, or
 * by both where the first also begins many plain words (ex-pect, pro-gram). */
static bool
is_compound(struct bs_str a, struct bs_str b)
{
	static const char *const list[][2] = {{"self"}, {"non"}, {"well"}, {"half"}, {"all"}, {"cross"}, {"vice"},
	    {"quasi"}, {"semi"}, {"anti"}, {"post"}, {"twenty"}, {"thirty"}, {"forty"}, {"fifty"}, {"sixty"}, {"seventy"},
	    {"eighty"}, {"ninety"}, {"so", "called"}, {"pre", "war"}, {"mid", "week"}, {"ex", "president"}, {"ex", "minister"},
	    {"ex", "mayor"}, {"ex", "governor"}, {"ex", "wife"}, {"ex", "husband"}, {"ex", "partner"}, {"ex", "soldier"}};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (bs_is(a, list[i][0]) && (list[i][1] == NULL || bs_is(b, list[i][1])))
			return true;
	return false;
}

/* Whether capitals or single letters say that the hyphen is the word's own:
 * Anglo-Norman, NATO-led, U-boat. Not in a headline set in capitals. */
static bool
is_set_off(struct bs_str a, struct bs_str b)
{
	bool a_low = false, b_low = false;

	for (const char *p = a.p; p < a.p + a.n;)
		a_low |= !is_capital(bs_utf8_get(&p, a.p + a.n));
	for (const char *p = b.p; p < b.p + b.n;)
		b_low |= !is_capital(bs_utf8_get(&p, b.p + b.n));
	if (bs_utf8_count(a) == 1) /* no printer divides after one letter */
		return true;
	return a_low ? is_capital(bs_first(b)) : b_low;
}

/* Whether a+middle+b stands in the page as a word. */
static bool
stands(struct bs_str page, struct bs_str a, const char *middle, struct bs_str b)
{
	char word[LONGEST];
	size_t m = strlen(middle), n = a.n + m + b.n, at;

	if (n > sizeof word)
		return false;
	memcpy(word, a.p, a.n);
	memcpy(word + a.n, middle, m);
	memcpy(word + a.n + m, b.p, b.n);
	while ((at = bs_find(page, (struct bs_str){word, n})) != SIZE_MAX) {
		bool starts = !is_letter(bs_last((struct bs_str){page.p, at}));
		bool ends = !is_letter(bs_first((struct bs_str){page.p + at + n, page.n - at - n}));
		if (starts && ends)
			return true;
		page.p += at + n;
		page.n -= at + n;
	}
	return false;
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
	if (left.p[left.n - *cut - 1] == ' ')
		return HYPHEN_NONE; /* a dash between blanks */
	if (b.n == 0 || a.n == 0)
		return HYPHEN_KEEP;
	if (stands(page, a, "", b))
		return HYPHEN_DROP;
	if (stands(page, a, "-", b) || is_compound(a, b) || is_set_off(a, b))
		return HYPHEN_KEEP;
	return HYPHEN_DROP;
}
