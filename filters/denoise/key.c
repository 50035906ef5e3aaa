/* key.c - the simple form in which lines and rules are compared. */
#include "key.h"

#include <string.h>

/* The ASCII mark for a full-width or curly one; other characters as they are. */
static uint32_t
fold(uint32_t cp)
{
	switch (cp) {
	case 0xff0c: return ',';
	case 0xff1a: return ':';
	case 0xff1b: return ';';
	case 0xff1f: return '?';
	case 0xff01: return '!';
	case 0xff08: return '(';
	case 0xff09: return ')';
	case 0x201c: case 0x201d: return '"';
	case 0x2018: case 0x2019: return '\'';
	default: return cp;
	}
}

static bool
is_wide(uint32_t cp)
{
	return cp >= 0x2e80;
}

/* U+4000 to U+9FFF by the first of three bytes. */
static bool
is_ideograph(const char *p, const char *end)
{
	return end - p >= 3 && (unsigned char)*p >= 0xe4 && (unsigned char)*p <= 0xe9;
}

/* ASCII that a key keeps as it is; points and hyphens may be runs. */
static bool
is_plain(char c)
{
	return (unsigned char)c < 0x80 && c > ' ' && c != '.' && c != '-';
}

/* Moves *p over a run of dots or hyphens that punct.c may restore; returns what
 * stands for it, or 0 if it is none. */
static uint32_t
run(const char **p, const char *end)
{
	const char *q = *p;
	bool ellipsis = false;

	if (*q != '-' && *q != '.' && (unsigned char)*q != 0xe2)
		return 0;
	if (q < end && *q == '-') {
		while (q < end && *q == '-')
			q++;
		if (q - *p != 2)
			return 0;
		*p = q;
		return 0x2014;
	}
	for (;; ellipsis = true) {
		if (q < end && *q == '.')
			q++;
		else if (end - q >= 3 && memcmp(q, "…", 3) == 0)
			q += 3;
		else
			break;
	}
	if (!ellipsis || q - *p < 3)
		return 0;
	*p = q;
	return 0x2026;
}

static bool
skip_blanks(const char **p, const char *end)
{
	const char *start = *p;

	while (*p < end && **p == ' ')
		++*p;
	return *p > start;
}

void
dn_key(struct bs_buf *out, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	char *to = bs_room(out, 3 * text.n + 4); /* -- becomes six bytes, nothing grows more */
	bool wide = true;

	for (;;) {
		bool blank = skip_blanks(&p, end);
		uint32_t cp;
		if (p == end)
			break;
		if (is_ideograph(p, end)) { /* the most of it, quickly */
			do {
				memcpy(to, p, 3);
				to += 3, p += 3;
			} while (is_ideograph(p, end));
			wide = true;
			continue;
		}
		if (is_plain(*p)) { /* and ASCII */
			if (blank && !wide)
				*to++ = ' ';
			do
				*to++ = *p++;
			while (p < end && is_plain(*p));
			wide = false;
			continue;
		}
		if ((cp = run(&p, end)) == 0)
			cp = fold(bs_utf8_get(&p, end));
		if (blank && !wide && !is_wide(cp))
			*to++ = ' ';
		to += bs_utf8_put(to, cp);
		if (cp == 0x2014 && p[-1] == '-')
			to += bs_utf8_put(to, cp);
		wide = is_wide(cp);
	}
	out->n = (size_t)(to - out->p);
}

/* In a pattern ( and ? mean something else. */
static void
put_pattern(struct bs_buf *out, struct bs_str pattern)
{
	const char *p = pattern.p, *end = pattern.p + pattern.n;
	uint32_t before = 0;

	while (p < end) {
		bool blank = skip_blanks(&p, end);
		uint32_t cp, plain;
		if (p == end)
			return;
		cp = bs_utf8_get(&p, end);
		plain = fold(cp);
		if (blank && !is_wide(before) && !is_wide(plain))
			bs_putch(out, ' ');
		if (cp == 0x2026 && before == 0x2026)
			continue;
		if (plain != cp && strchr("()?", (int)plain))
			bs_putch(out, '\\');
		bs_putcp(out, plain);
		before = plain;
	}
}

void
dn_key_rules(struct bs_buf *out, struct bs_str file)
{
	while (file.n) {
		const char *nl = memchr(file.p, '\n', file.n);
		struct bs_str line = {file.p, nl ? (size_t)(nl - file.p) : file.n};
		file.p += line.n + (nl != NULL);
		file.n -= line.n + (nl != NULL);
		if (line.n && line.p[0] != '#' && bs_utf8_valid(line.p, line.n) == line.n) {
			bs_putstr(out, bs_field(&line, ' '));
			bs_putch(out, ' ');
			put_pattern(out, line);
		} else {
			bs_putstr(out, line);
		}
		bs_putch(out, '\n'); /* line numbers stay what they were */
	}
}
