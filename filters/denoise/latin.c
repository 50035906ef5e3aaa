/* latin.c - lines of another language between Chinese ones. */
#include "latin.h"

#define FEW_WORDS 3

static bool
is_letter(uint32_t cp)
{
	return ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z') || (cp >= 0xc0 && cp < 0x250);
}

/* Words of two letters and more. */
static size_t
words(struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t n = 0, letters = 0;

	while (p < end) {
		letters = is_letter(bs_utf8_get(&p, end)) ? letters + 1 : 0;
		n += letters == 2;
	}
	return n;
}

/* Before closing quotes and brackets. */
static bool
ends_sentence(struct bs_str text)
{
	struct bs_str s = bs_trim(text);
	const char *p = s.p + s.n;

	while (p > s.p) {
		uint32_t cp = bs_utf8_back(&p, s.p);
		enum dn_class class = dn_class(cp);
		if (class != DN_QUOTE && class != DN_CLOSE)
			return class == DN_STOP || cp == '.';
	}
	return false;
}

size_t
dn_latin_pieces(const struct dn_piece *v, size_t n, size_t i)
{
	size_t k, sum = 0;

	if (i > 0 && !v[i].first && !ends_sentence(v[i - 1].text))
		return 0;
	for (k = i; k < n && !v[k].wide && !v[k].hangul && (k == i || !v[k].first); k++)
		sum += words(v[k].text);
	if (sum < FEW_WORDS || !(k == n || v[k].first || ends_sentence(v[k - 1].text)))
		return 0;
	return k - i;
}
