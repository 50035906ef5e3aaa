/* must.c - what a text must contain for a pattern to match. */
#include "must.h"

#include <string.h>

/* Where the reading of a pattern stands. */
struct reader {
	const char *p, *end;
	bool lost; /* something unusual: nothing is known of the whole pattern */
	bool fold; /* a letter stands for both of its cases */
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

static bool
is_none(const struct must_one *m)
{
	return m->n == 0 && !m->digit && !m->upper && !m->lower;
}

/* Takes one character into the set; false when it is full. */
static bool
add(struct must_one *m, uint32_t c)
{
	if (c >= '0' && c <= '9')
		return m->digit = true;
	if (c >= 'A' && c <= 'Z')
		return m->upper |= UINT32_C(1) << (c - 'A');
	if (c >= 'a' && c <= 'z')
		return m->lower |= UINT32_C(1) << (c - 'a');
	for (unsigned i = 0; i < m->n; i++)
		if (m->c[i] == c)
			return true;
	if (m->n == MUST_MOST)
		return false;
	m->c[m->n++] = c;
	return true;
}

/* The same for a character of the pattern, which may stand for others. Unicode folds
 * U+017F with s, U+212A with k, and much else beyond ASCII, but no Han. */
static bool
add_folded(const struct reader *r, struct must_one *m, uint32_t c)
{
	uint32_t letter = (c | 32) - 'a';

	if (!r->fold || (c < 0x80 && letter > 25) || bs_is_han(c))
		return add(m, c);
	if (c >= 0x80)
		return false;
	m->upper |= UINT32_C(1) << letter;
	m->lower |= UINT32_C(1) << letter;
	return (c | 32) == 'k' ? add(m, 0x212a) : (c | 32) == 's' ? add(m, 0x17f) : true;
}

/* Can the character be looked for? */
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
	return is_none(m) ? USELESS : m->n + m->digit + (m->upper || m->lower);
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
	a.upper |= b->upper;
	a.lower |= b->lower;
	a.reach = a.reach > b->reach ? a.reach : b->reach;
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
	struct must_one first; /* what it may begin with, unless it is empty; */
	bool open;             /* nothing is known of that */
	uint64_t last[4];
	unsigned most;   /* characters */
	unsigned digits; /* so many in a row, somewhere */
	unsigned tail;   /* so many at its end; all of it, if it is of digits only */
	bool pure;       /* of digits only */
	bool empty;
	bool to_end;     /* ends where the text does */
	unsigned bound;  /* a lookahead that does: as many characters may follow; else 0 */
};

static const struct part anything = {.last = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}, .most = 1, .open = true};
static const struct part nothing = {.empty = true, .pure = true};

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
	bool pure = m.digit && m.n == 0 && !m.upper && !m.lower;
	struct part p = {.one = m, .first = m, .most = 1, .pure = pure, .digits = pure, .tail = pure};

	p.one.reach = 1;
	for (unsigned i = 0; i < m.n; i++) {
		char bytes[4];
		unsigned char c = (unsigned char)bytes[bs_utf8_put(bytes, m.c[i]) - 1];
		p.last[c / 64] |= UINT64_C(1) << c % 64;
	}
	if (m.digit)
		p.last[0] |= UINT64_C(0x3ff) << '0';
	p.last[1] |= (uint64_t)m.upper << ('A' - 64) | (uint64_t)m.lower << ('a' - 64);
	return p;
}

static unsigned
larger(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static unsigned
smaller(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Lets a begin as b may. */
static void
may_begin(struct part *a, const struct part *b)
{
	bool fits = true;

	for (unsigned i = 0; i < b->first.n; i++)
		fits = fits && add(&a->first, b->first.c[i]);
	a->first.digit |= b->first.digit;
	a->first.upper |= b->first.upper;
	a->first.lower |= b->first.lower;
	a->open |= b->open || !fits;
}

/* The same set, of what comes after so many characters at most. */
static struct must_one
after(unsigned most, struct must_one m)
{
	m.reach = smaller(most + m.reach, MUST_FAR);
	return m;
}

/* a and then b. */
static struct part
followed(struct part a, const struct part *b)
{
	if (cost(&b->one) <= cost(&a.one)) /* of a sequence the better set will do */
		a.one = after(a.most, b->one);
	if (!b->empty)
		memset(a.last, 0, sizeof a.last);
	may_end(&a, b->last);
	if (a.empty)
		may_begin(&a, b);
	a.empty &= b->empty;
	a.most = smaller(a.most + b->most, MUST_FAR);
	a.tail = b->pure ? a.tail + b->tail : b->tail;
	a.digits = larger(larger(a.digits, b->digits), a.tail);
	a.pure &= b->pure;
	a.to_end = b->to_end;
	return a;
}

static struct part
either_part(struct part a, const struct part *b)
{
	a.one = either(a.one, &b->one);
	may_end(&a, b->last);
	may_begin(&a, b);
	a.empty |= b->empty;
	a.most = larger(a.most, b->most);
	a.digits = smaller(a.digits, b->digits);
	a.tail = smaller(a.tail, b->tail);
	a.pure &= b->pure;
	a.to_end &= b->to_end;
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
		add(&m, (uint32_t)c); /* no letter */
	else if (strchr("dDsSwWbBAzZntrhHvVNRpPx", c) == NULL)
		r->lost = true;
	r->p += r->p < r->end;
	m.digit = c == 'd';
	if (c == 'p' || c == 'P' || c == 'x')
		r->lost |= !at(r, '{');
	if (at(r, '{') && strchr("pPxN", c))
		while (r->p < r->end && *r->p++ != '}')
			;
	if (strchr("bBAzZ", c) != NULL)
		p.empty = true, p.most = 0, p.pure = true;
	p.most += c == 'R';
	p.to_end = c == 'z';
	return is_none(&m) ? p : of_set(m);
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
	return known ? of_set(m) : anything;
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
	return add_folded(r, &m, bs_utf8_get(&r->p, r->end)) ? of_set(m) : anything;
}

static unsigned
number(struct reader *r)
{
	unsigned v = 0;

	for (; r->p < r->end && is_digit(*r->p); r->p++)
		v = smaller(v * 10 + (unsigned)(*r->p - '0'), MUST_FAR);
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

/* The part as often as its quantifier says. */
static struct part
repeated(struct part p, unsigned least, unsigned most)
{
	p.most = smaller(p.most * most, MUST_FAR);
	p.bound = 0;
	p.to_end = false;
	if (p.pure)
		p.tail = p.digits = smaller(p.tail * least, MUST_FAR);
	if (least == 0) {
		p.one = (struct must_one){0};
		p.empty = true;
		p.tail = p.digits = 0;
	}
	return p;
}

/* All sets of the sequence are also kept in outer, if it is there. */
static struct part
sequence(struct reader *r, struct must *outer)
{
	struct part all = nothing;

	while (r->p < r->end && *r->p != '|' && *r->p != ')' && !r->lost) {
		struct part p = atom(r);
		unsigned least, most;
		if (quantity(r, &least, &most))
			p = repeated(p, least, most);
		if (outer && p.bound)
			r->bound = smaller(r->bound, all.most + p.bound);
		if (outer) {
			struct must_one one = after(all.most, p.one);
			keep(outer, &one);
		}
		all = followed(all, &p);
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
	static const char no_jit[] = "(*NO_JIT)"; /* says nothing of what matches */
	size_t skip = bs_starts(pattern, no_jit) ? strlen(no_jit) : 0;
	struct reader r = {.p = pattern.p + skip, .end = pattern.p + pattern.n, .bound = MUST_FAR};
	bool from_start = whole || at(&r, '^');
	struct must m = {0};
	struct part p = sequence(&r, &m);
	/* Each alternative would need a $ of its own. */
	bool to_end = whole || (!at(&r, '|') && bs_ends(pattern, "$") && !bs_ends(pattern, "\\$"));

	if (at(&r, '|')) {
		r = (struct reader){.p = pattern.p + skip, .end = pattern.p + pattern.n, .bound = MUST_FAR};
		from_start = whole;
		p = alternatives(&r);
		m.n = 0;
		keep(&m, &p.one);
	}
	for (unsigned i = 0; i < m.n && !from_start; i++)
		m.set[i].reach = MUST_FAR;
	m.digits = p.digits;
	m.most = from_start ? smaller(r.bound, to_end ? p.most + 1 : MUST_FAR) : MUST_FAR; /* and the line end that $ passes over */
	if (r.lost || r.p < r.end) {
		m.n = 0;
		m.digits = 0;
		m.most = MUST_FAR;
		p = anything;
	}
	if (!p.open && !p.empty && cost(&p.first) != USELESS)
		m.first = p.first;
	if (p.empty || !to_end)
		p = anything;
	memcpy(m.last, p.last, sizeof m.last);
	m.last[0] |= UINT64_C(1) << '\n'; /* $ passes over a line end */
	return m;
}
