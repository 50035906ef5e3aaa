/* must.c - what a text must contain for a pattern to match. */
#include "parts.h"

#include <string.h>

/* Where the reading of a pattern stands. */
struct reader {
	const char *p, *end;
	bool lost; /* something unusual: nothing is known of the whole pattern */
	bool fold; /* a letter stands for both of its cases */
	struct pool *pool;
	unsigned bound; /* no text has more characters, says a lookahead at the beginning */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
at(const struct reader *r, char c)
{
	return r->p < r->end && *r->p == c;
}

static bool
take(struct reader *r, char c)
{
	bool there = at(r, c);

	r->p += there;
	return there;
}

/* The same for a character of the pattern, which may stand for others. Unicode folds
 * U+017F with s, U+212A with k, and much else beyond ASCII, but no Han. */
static bool
add_folded(const struct reader *r, struct must_one *m, uint32_t c)
{
	uint32_t letter = (c | 32) - 'a';

	if (!r->fold || (c < 0x80 && letter > 25) || bs_is_han(c))
		return part_add(m, c);
	if (c >= 0x80)
		return false;
	m->upper |= UINT32_C(1) << letter;
	m->lower |= UINT32_C(1) << letter;
	return (c | 32) == 'k' ? part_add(m, 0x212a) : (c | 32) == 's' ? part_add(m, 0x17f) : true;
}

#define LETTERS ((UINT32_C(1) << 26) - 1)

/* The escape behind a backslash. Those with a letter are classes and places, of
 * which only \d is of use; what may change the reading of the rest is unusual. */
static struct part
escape(struct reader *r)
{
	struct must_one m = {0};
	struct part p = anything;
	char c = r->p < r->end ? *r->p : '\0';

	if ((unsigned char)c >= 0x80 || c == '\0')
		r->lost = true;
	else if (!is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'))
		part_add(&m, (uint32_t)c); /* no letter */
	else if (strchr("dDsSwWbBAzZntrhHvVNRpPx", c) == NULL)
		r->lost = true;
	r->p += r->p < r->end;
	m.digit = c == 'd' || c == 'w';
	if (c == 'w') /* ASCII only, as long as nobody asks PCRE2 for more */
		m.upper = m.lower = LETTERS, part_add(&m, '_');
	if (c == 'p' || c == 'P' || c == 'x')
		r->lost |= !at(r, '{');
	if (at(r, '{') && strchr("pPxN", c))
		while (r->p < r->end && *r->p++ != '}')
			;
	if (strchr("bBAzZ", c) != NULL)
		p = nothing;
	p.most += c == 'R';
	p.to_end = c == 'z';
	return part_is_none(&m) ? p : part_of_set(m);
}

/* From the character a to z. */
static bool
add_range(const struct reader *r, struct must_one *m, uint32_t a, uint32_t z)
{
	if (z < a || z - a > 26)
		return false;
	for (; a <= z; a++)
		if (!add_folded(r, m, a))
			return false;
	return true;
}

/* What \d or \w has, to a class. */
static bool
add_class(struct must_one *m, const struct must_one *more)
{
	m->digit |= more->digit;
	m->upper |= more->upper;
	m->lower |= more->lower;
	return more->n == 0 || part_add(m, more->c[0]);
}

/* The class behind a [: the characters in it if they are few. */
static struct part
class(struct reader *r)
{
	struct must_one m = {0};
	bool known = !take(r, '^');

	for (bool first = true; first || !at(r, ']'); first = false) {
		if (r->p >= r->end || at(r, '[')) { /* [:alpha:] and the like */
			r->lost = true;
			return anything;
		}
		if (take(r, '\\')) {
			struct part p = escape(r);
			known = known && p.one.digit && add_class(&m, &p.one); /* \] and \- are rare */
			continue;
		}
		uint32_t c = bs_utf8_get(&r->p, r->end);
		if (at(r, '-') && r->end - r->p > 1 && r->p[1] != ']') {
			r->p++;
			if (at(r, '\\') || at(r, '[')) { /* is taken by itself */
				known = false;
				continue;
			}
			known = add_range(r, &m, c, bs_utf8_get(&r->p, r->end)) && known;
			continue;
		}
		known = known && add_folded(r, &m, c);
	}
	r->p++;
	return known ? part_of_set(m) : anything;
}

static struct part alternatives(struct reader *r);

/* The group behind a (. What stands in a lookahead stands in the text, but is no
 * part of what was matched. */
static struct part
group(struct reader *r)
{
	struct part p, look = nothing;
	bool drop = false, ahead = false, fold = r->fold;

	r->lost |= at(r, '*');
	if (r->end - r->p > 2 && memcmp(r->p, "?i)", 3) == 0) { /* to the end of the group around it, or further */
		r->p += 3;
		r->fold = true;
		return nothing;
	}
	if (r->end - r->p > 2 && memcmp(r->p, "?i:", 3) == 0) {
		r->p += 3;
		r->fold = true;
	} else if (take(r, '?')) {
		ahead = at(r, '=');
		if (take(r, '<') && (at(r, '=') || at(r, '!')))
			drop = true;
		else if (r->p == r->end || strchr(":=!>", *r->p) == NULL)
			while (r->p < r->end && *r->p != '>') { /* a name; all else is unusual */
				char c = *r->p++;
				r->lost |= !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') || r->p == r->end;
			}
		drop |= at(r, '!');
		r->p += r->p < r->end;
	}
	p = alternatives(r);
	r->lost |= !take(r, ')');
	r->fold = fold;
	if (ahead) {
		look.one = p.one;
		look.bound = p.to_end ? p.most + 1 : 0; /* the text may end with a line end */
	}
	return drop || ahead ? look : p;
}

static struct part
atom(struct reader *r)
{
	struct must_one m = {0};
	char c = *r->p;

	if (take(r, '^'))
		return nothing;
	if (take(r, '$')) {
		struct part p = nothing;
		p.to_end = true;
		return p;
	}
	if (take(r, '.'))
		return anything;
	if (take(r, '\\'))
		return escape(r);
	if (take(r, '['))
		return class(r);
	if (take(r, '('))
		return group(r);
	if (c == '{' || c == '*' || c == '+' || c == '?')
		r->lost = true;
	return add_folded(r, &m, bs_utf8_get(&r->p, r->end)) ? part_of_set(m) : anything;
}

static unsigned
number(struct reader *r)
{
	unsigned v = 0;

	for (; r->p < r->end && is_digit(*r->p); r->p++)
		v = part_smaller(v * 10 + (unsigned)(*r->p - '0'), MUST_FAR);
	return v;
}

/* How often an atom stands, by the quantifier behind it; false if it has none. */
static bool
quantity(struct reader *r, unsigned *least, unsigned *most)
{
	*least = 0, *most = MUST_FAR;
	if (take(r, '{')) {
		r->lost |= r->p >= r->end || !is_digit(*r->p);
		*least = *most = number(r);
		if (take(r, ','))
			*most = r->p < r->end && is_digit(*r->p) ? number(r) : MUST_FAR;
		r->lost |= !take(r, '}');
	} else if (take(r, '?')) {
		*most = 1;
	} else if (take(r, '+')) {
		*least = 1;
	} else if (!take(r, '*')) {
		*least = *most = 1;
		return false;
	}
	if (!take(r, '?')) /* lazy */
		take(r, '+'); /* possessive */
	return true;
}

/* All sets of the sequence are also kept in outer, if it is there. */
static struct part
sequence(struct reader *r, struct must *outer)
{
	struct part all = nothing;

	while (r->p < r->end && *r->p != '|' && *r->p != ')' && !r->lost) {
		struct part p = atom(r);
		unsigned least, most;
		if (!p.pairs.cost && p.most == 1)
			part_list_set(r->pool, &p);
		if (quantity(r, &least, &most))
			part_repeated(&p, least, most);
		if (outer && p.bound)
			r->bound = part_smaller(r->bound, all.most + p.bound);
		if (outer) {
			struct must_one one = part_after(all.most, p.one);
			part_keep(outer, &one);
		}
		part_followed(r->pool, &all, &p);
	}
	return all;
}

static struct part
alternatives(struct reader *r)
{
	struct part all = sequence(r, NULL);

	while (!r->lost && take(r, '|')) {
		struct part p = sequence(r, NULL);
		part_either(r->pool, &all, &p);
	}
	return all;
}

struct must
must_of(struct bs_str pattern, bool whole)
{
	struct pool pool;
	static const char no_jit[] = "(*NO_JIT)"; /* says nothing of what matches */
	size_t skip = bs_starts(pattern, no_jit) ? strlen(no_jit) : 0;
	struct reader r = {.p = pattern.p + skip, .end = pattern.p + pattern.n, .bound = MUST_FAR, .pool = &pool};
	bool from_start = whole || at(&r, '^');
	struct must m = {0};
	struct part p;
	bool to_end;

	pool.used = 0;
	p = sequence(&r, &m);
	/* Each alternative would need a $ of its own. */
	to_end = whole || (!at(&r, '|') && bs_ends(pattern, "$") && !bs_ends(pattern, "\\$"));

	if (at(&r, '|')) {
		r = (struct reader){.p = pattern.p + skip, .end = pattern.p + pattern.n, .bound = MUST_FAR, .pool = &pool};
		from_start = whole;
		pool.used = 0;
		p = alternatives(&r);
		m.n = 0;
		part_keep(&m, &p.one);
	}
	for (unsigned i = 0; i < m.n && !from_start; i++)
		m.set[i].reach = MUST_FAR;
	m.digits = p.digits;
	m.marks = p.marks;
	m.before = from_start ? p.before : MUST_FAR;
	m.most = from_start ? part_smaller(r.bound, to_end ? p.most + 1 : MUST_FAR) : MUST_FAR; /* and the line end that $ passes over */
	m.tail = to_end && !from_start ? part_smaller(p.most + 1, MUST_FAR) : MUST_FAR;
	if (r.lost || r.p < r.end) {
		m.tail = MUST_FAR;
		m.n = 0;
		m.marks = 0;
		m.digits = 0;
		m.most = MUST_FAR;
		p = anything;
	}
	if (!p.open && !p.empty)
		m.first = p.first;
	if (!p.empty)
		part_list_write(&pool, p.begin, &m.begin);
	part_list_write(&pool, p.pairs, &m.pairs);
	if (p.empty || !to_end)
		p = anything;
	memcpy(m.last, p.last, sizeof m.last);
	memcpy(m.before_last, p.before_last, sizeof m.before_last);
	m.last[0] |= UINT64_C(1) << '\n'; /* $ passes over a line end */
	return m;
}
