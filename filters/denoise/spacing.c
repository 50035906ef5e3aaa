/*
 * spacing.c - letter-spaced text closed up.
 *
 * Section labels and notices are set with space between the characters, and the
 * text layer makes a blank of it.  Two characters so set are left alone: 程 龙
 * may be a name, and whoever reads bylines needs the blank.
 */
#include "spacing.h"

#define MIN_HAN 3

static bool
is_letter(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
}

static size_t
skip_blanks(const char **p, const char *end)
{
	const char *start = *p;

	while (*p < end && **p == ' ')
		++*p;
	return (size_t)(*p - start);
}

/* A gap of one blank is letter space, a wider one word space. The words of such a
 * line have two characters at least: `李  刚 王  芳` is two names. */
static bool
is_spaced(struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t gap, in_word = 0, han = 0;
	bool wide_gap = false;

	skip_blanks(&p, end);
	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (is_letter(cp) || (p < end && *p != ' '))
			return false;
		han += bs_is_han(cp);
		in_word++;
		gap = skip_blanks(&p, end);
		if (gap <= 1 && p < end)
			continue;
		wide_gap |= p < end;
		if (wide_gap && in_word < 2)
			return false;
		in_word = 0;
	}
	return han >= MIN_HAN;
}

struct bs_str
dn_spacing(struct bs_mem *mem, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	struct bs_buf out = {0};
	struct bs_str done;

	if (!is_spaced(text))
		return text;
	skip_blanks(&p, end);
	bs_put(&out, text.p, (size_t)(p - text.p)); /* the indent */
	while (p < end) {
		const char *start = p;
		bs_utf8_get(&p, end);
		bs_put(&out, start, (size_t)(p - start));
		if (skip_blanks(&p, end) > 1 && p < end)
			bs_putch(&out, ' ');
	}
	done = bs_keep(mem, (struct bs_str){out.p, out.n});
	bs_buf_free(&out);
	return done;
}
