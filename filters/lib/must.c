/* must.c - what a text must contain for a pattern to match. */
#include "must.h"

#include <string.h>

/* Where the reading of a pattern stands. */
struct reader {
	const char *p, *end;
	bool lost; /* something unusual: nothing is known of the whole pattern */
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

static bool
is_none(const struct must_one *m)
{
	return m->n == 0 && !m->digit;
}

/* Takes one character into the set; false when it is full. */
static bool
add(struct must_one *m, uint32_t c)
{
	if (c >= '0' && c <= '9')
		return m->digit = true;
	for (unsigned i = 0; i < m->n; i++)
		if (m->c[i] == c)
			return true;
	if (m->n == MUST_MOST)
		return false;
	m->c[m->n++] = c;
	return true;
}

/* Has struct letters a bit of its own for the character? */
static bool
is_told(uint32_t c)
{
	return c >= 0x800 && c < 0x10000;
}

#define USELESS 1000u

/* The smaller, the less often a text has one of them. */
static unsigned
cost(const struct must_one *m)
{
	for (unsigned i = 0; i < m->n; i++)
		if (!is_told(m->c[i]))
			return USELESS;
	return is_none(m) ? USELESS : m->n + m->digit;
}

/* What one of two alternatives has. */
static struct must_one
either(struct must_one a, const struct must_one *b)
{
	if (is_none(&a) || is_none(b))
		return (struct must_one){0};
	for (unsigned i = 0; i < b->n; i++)
		if (!add(&a, b->c[i]))
			return (struct must_one){0};
	a.digit |= b->digit;
	return a;
}

/* Keeps a set of the outer sequence, the best ones in front. */
static void
keep(struct must *m, const struct must_one *set)
{
	unsigned i = m->n, price = cost(set);

	if (price == USELESS || (i == MUST_SETS && price >= cost(&m->set[--i])))
		return;
	for (; i > 0 && price < cost(&m->set[i - 1]); i--)
		if (i < MUST_SETS)
			m->set[i] = m->set[i - 1];
	m->set[i] = *set;
	m->n += m->n < MUST_SETS;
}

/* A part of a pattern: what it must have, the bytes that it may end with, and
 * whether it may be empty. */
struct part {
	struct must_one one;
	uint64_t last[4];
	bool empty;
};

static const struct part anything = {.last = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
static const struct part nothing = {.empty = true};

static void
may_end(struct part *p, const uint64_t last[4])
{
	for (int k = 0; k < 4; k++)
		p->last[k] |= last[k];
}

/* One of the characters of the set. */
static struct part
of_set(struct must_one m)
{
	struct part p = {.one = m};

	for (unsigned i = 0; i < m.n; i++) {
		char bytes[4];
		unsigned char c = (unsigned char)bytes[bs_utf8_put(bytes, m.c[i]) - 1];
		p.last[c / 64] |= UINT64_C(1) << c % 64;
	}
	if (m.digit)
		p.last[0] |= UINT64_C(0x3ff) << '0';
	return p;
}

/* a and then b. */
static struct part
followed(struct part a, const struct part *b)
{
	if (cost(&b->one) <= cost(&a.one)) /* of a sequence the better set will do */
		a.one = b->one;
	if (!b->empty)
		memset(a.last, 0, sizeof a.last);
	may_end(&a, b->last);
	a.empty &= b->empty;
	return a;
}

static struct part
either_part(struct part a, const struct part *b)
{
	a.one = either(a.one, &b->one);
	may_end(&a, b->last);
	a.empty |= b->empty;
	return a;
}

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
		add(&m, (uint32_t)c);
	else if (strchr("dDsSwWbBAzZntrhHvVNRpPx", c) == NULL)
		r->lost = true;
	r->p += r->p < r->end;
	m.digit = c == 'd';
	if (c == 'p' || c == 'P' || c == 'x')
		r->lost |= !at(r, '{');
	if (at(r, '{') && strchr("pPxN", c))
		while (r->p < r->end && *r->p++ != '}')
			;
	p.empty = strchr("bBAzZ", c) != NULL;
	return is_none(&m) ? p : of_set(m);
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
			bool digit = escape(r).one.digit;
			known = known && digit; /* \] and \- are rare */
			m.digit |= digit;
			continue;
		}
		uint32_t c = bs_utf8_get(&r->p, r->end);
		if (at(r, '-') && r->end - r->p > 1 && r->p[1] != ']') {
			known = known && c >= '0' && c <= '9' && is_digit(r->p[1]);
			r->p++; /* the end of the range comes next */
		}
		known = known && add(&m, c);
	}
	r->p++;
	return known ? of_set(m) : anything;
}

static struct part alternatives(struct reader *r);

/* The group behind a (. What stands in a lookahead stands in the text, but is no
 * part of what was matched. */
static struct part
group(struct reader *r)
{
	struct part p, look = nothing;
	bool drop = false, ahead = false;

	r->lost |= at(r, '*');
	if (take(r, '?')) {
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
	if (ahead)
		look.one = p.one;
	return drop || ahead ? look : p;
}

static struct part
atom(struct reader *r)
{
	struct must_one m = {0};
	char c = *r->p;

	if (take(r, '^') || take(r, '$'))
		return nothing;
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
	add(&m, bs_utf8_get(&r->p, r->end));
	return of_set(m);
}

/* The quantifier of an atom, if it has one. Returns whether the atom may be left out. */
static bool
may_be_left_out(struct reader *r)
{
	bool out = false;

	if (take(r, '{')) {
		r->lost |= r->p >= r->end || !is_digit(*r->p);
		out = at(r, '0');
		while (r->p < r->end && *r->p++ != '}')
			;
	} else if (take(r, '*') || take(r, '?')) {
		out = true;
	} else if (!take(r, '+')) {
		return false;
	}
	if (!take(r, '?')) /* lazy */
		take(r, '+'); /* possessive */
	return out;
}

/* All sets of the sequence are also kept in outer, if it is there. */
static struct part
sequence(struct reader *r, struct must *outer)
{
	struct part all = nothing;

	while (r->p < r->end && *r->p != '|' && *r->p != ')' && !r->lost) {
		struct part p = atom(r);
		if (may_be_left_out(r)) {
			p.one = (struct must_one){0};
			p.empty = true;
		}
		all = followed(all, &p);
		if (outer)
			keep(outer, &p.one);
	}
	return all;
}

static struct part
alternatives(struct reader *r)
{
	struct part all = sequence(r, NULL);

	while (!r->lost && take(r, '|')) {
		struct part p = sequence(r, NULL);
		all = either_part(all, &p);
	}
	return all;
}

struct must
must_of(struct bs_str pattern, bool whole)
{
	struct reader r = {.p = pattern.p, .end = pattern.p + pattern.n};
	struct must m = {0};
	struct part p = sequence(&r, &m);
	/* Each alternative would need a $ of its own. */
	bool to_end = whole || (!at(&r, '|') && bs_ends(pattern, "$") && !bs_ends(pattern, "\\$"));

	if (at(&r, '|')) {
		r.p = pattern.p;
		p = alternatives(&r);
		m.n = 0;
		keep(&m, &p.one);
	}
	if (r.lost || r.p < r.end)
		m.n = 0;
	if (r.lost || r.p < r.end || p.empty || !to_end)
		p = anything;
	memcpy(m.last, p.last, sizeof m.last);
	m.last[0] |= UINT64_C(1) << '\n'; /* $ passes over a line end */
	return m;
}

/* ---- the search -------------------------------------------------------------- */

enum { DIGIT_BIT, OTHER_BIT, FIRST_BIT };

static size_t
slot(const char *last_two)
{
	return ((unsigned char)last_two[0] & 63u) << 6 | ((unsigned char)last_two[1] & 63u);
}

uint64_t
letters_mask(struct letters *t, const struct must_one *set)
{
	uint64_t mask = set->digit ? UINT64_C(1) << DIGIT_BIT : 0;

	for (unsigned i = 0; i < set->n; i++) {
		char bytes[4];
		unsigned char *bit;
		if (!is_told(set->c[i])) {
			mask |= UINT64_C(1) << OTHER_BIT;
			continue;
		}
		bs_utf8_put(bytes, set->c[i]);
		bit = &t->bit[slot(bytes + 1)];
		if (*bit == 0)
			*bit = (unsigned char)(FIRST_BIT + t->n++ % (64 - FIRST_BIT));
		mask |= UINT64_C(1) << *bit;
	}
	return mask;
}

uint64_t
letters_in(const struct letters *t, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	/* What no pattern asks for has bit 0 in the table: kept apart, it says no digit. */
	uint64_t han = 0, digit = 0;

	while (p < end) {
		unsigned char c = (unsigned char)*p;
		if (c >= 0xe0 && end - p >= 3) { /* of four bytes: the last is passed over, as a trailing byte */
			han |= UINT64_C(1) << t->bit[slot(p + 1)];
			p += 3;
		} else {
			digit |= (unsigned)(c - '0') < 10;
			p++;
		}
	}
	return (han & ~UINT64_C(1)) | digit << DIGIT_BIT | UINT64_C(1) << OTHER_BIT;
}

struct sought
sought_of(const struct must_one *set)
{
	struct sought s = {.n = set->n, .digit = set->digit};

	for (unsigned i = 0; i < set->n; i++) {
		char bytes[4];
		bs_utf8_put(bytes, set->c[i]);
		memset(&s.last[i][0], bytes[1], 16);
		memset(&s.last[i][1], bytes[2], 16);
	}
	return s;
}

/* Adds to *found the places among p[0] to p[15], of which p[16] is to be readable,
 * where one of the n characters or a digit stands. */
static inline must_lanes
seek(const struct sought *s, unsigned n, bool digit, const char *p, must_lanes found)
{
	must_lanes a, b;

	memcpy(&a, p, sizeof a);
	memcpy(&b, p + 1, sizeof b);
	if (digit)
		found |= (must_lanes)((must_lanes)(a - '0') < 10);
	for (unsigned i = 0; i < n; i++)
		found |= (must_lanes)(a == s->last[i][0]) & (must_lanes)(b == s->last[i][1]);
	return found;
}

/* The search itself; put in line, with constant n and digit, it keeps all in registers. */
__attribute__((always_inline)) static inline bool
seek_all(const struct sought *s, unsigned n, bool digit, struct bs_str text)
{
	const char *p = text.p, *end = text.p + text.n;
	must_lanes found = {0};
	uint64_t half[2];

	for (; end - p > 16; p += 16)
		found = seek(s, n, digit, p, found);
	if (text.n > 16) {
		found = seek(s, n, digit, end - 17, found);
	} else {
		char rest[17] = {0};
		memcpy(rest, p, text.n);
		found = seek(s, n, digit, rest, found);
	}
	memcpy(half, &found, sizeof half);
	return (half[0] | half[1]) != 0 || (digit && text.n > 16 && is_digit(end[-1]));
}

bool
sought_in(const struct sought *s, struct bs_str text)
{
	if (s->n == 0)
		return seek_all(s, 0, true, text);
	if (s->n == 1 && !s->digit)
		return seek_all(s, 1, false, text);
	return seek_all(s, s->n, s->digit, text);
}
