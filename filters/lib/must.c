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
	char bytes[4];
	unsigned n = (unsigned)bs_utf8_put(bytes, c);

	if (c >= '0' && c <= '9')
		return m->digit = true;
	for (unsigned i = 0; i < m->n; i++)
		if (m->of[i].n == n && memcmp(m->of[i].bytes, bytes, n) == 0)
			return true;
	if (m->n == MUST_MOST)
		return false;
	memcpy(m->of[m->n].bytes, bytes, n);
	m->of[m->n++].n = n;
	return true;
}

static unsigned
cost(const struct must_one *m)
{
	return m->n + m->digit;
}

/* The better of two sets of a sequence: that which is sooner looked for. */
static struct must_one
better(struct must_one a, struct must_one b)
{
	if (is_none(&a) || is_none(&b))
		return is_none(&a) ? b : a;
	return cost(&b) <= cost(&a) ? b : a;
}

/* What one of two alternatives has. */
static struct must_one
either(struct must_one a, struct must_one b)
{
	if (is_none(&a) || is_none(&b))
		return (struct must_one){0};
	for (unsigned i = 0; i < b.n; i++)
		if (!add(&a, bs_utf8_get(&(const char *){b.of[i].bytes}, b.of[i].bytes + b.of[i].n)))
			return (struct must_one){0};
	a.digit |= b.digit;
	return a;
}

/* Keeps a set of the outer sequence, the best ones in front. */
static void
keep(struct must *m, struct must_one set)
{
	unsigned i = m->n;

	if (is_none(&set) || (i == MUST_SETS && cost(&set) >= cost(&m->set[--i])))
		return;
	for (; i > 0 && cost(&set) < cost(&m->set[i - 1]); i--)
		if (i < MUST_SETS)
			m->set[i] = m->set[i - 1];
	m->set[i] = set;
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
		unsigned char c = (unsigned char)m.of[i].bytes[m.of[i].n - 1];
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
	a.one = better(a.one, b->one);
	if (!b->empty)
		memset(a.last, 0, sizeof a.last);
	may_end(&a, b->last);
	a.empty &= b->empty;
	return a;
}

static struct part
either_part(struct part a, const struct part *b)
{
	a.one = either(a.one, b->one);
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
			keep(outer, p.one);
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
		m.set[0] = p.one;
		m.n = !is_none(&p.one);
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

/* Of a character's bytes the last one tells most: it is looked for first. */
static bool
has(struct bs_str s, const char *bytes, size_t n)
{
	const char *p = s.p + n - 1, *end = s.p + s.n;

	if (s.n < n)
		return false;
	while (p < end && (p = memchr(p, bytes[n - 1], (size_t)(end - p))) != NULL) {
		if (n == 1 || memcmp(p - n + 1, bytes, n - 1) == 0)
			return true;
		p++;
	}
	return false;
}

#ifdef __SSE2__
#include <emmintrin.h>

/* Sixteen bytes at a time: most lines have no digit, and each is asked. */
static bool
digit_in_sixteen(const char *p)
{
	__m128i v = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8('0'));

	return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(9)), v)) != 0;
}
#else
static bool
digit_in_sixteen(const char *p)
{
	bool there = false;

	for (int k = 0; k < 16; k++)
		there |= (unsigned char)(p[k] - '0') < 10;
	return there;
}
#endif

static bool
has_digit(struct bs_str s)
{
	const char *p = s.p, *end = s.p + s.n;

	for (; end - p >= 16; p += 16)
		if (digit_in_sixteen(p))
			return true;
	if (p < end && s.n >= 16)
		return digit_in_sixteen(end - 16);
	while (p < end)
		if (is_digit(*p++))
			return true;
	return false;
}

static bool
has_one(const struct must_one *m, struct bs_str text)
{
	if (m->digit && has_digit(text))
		return true;
	for (unsigned i = 0; i < m->n; i++)
		if (has(text, m->of[i].bytes, m->of[i].n))
			return true;
	return false;
}

bool
must_hold(const struct must *m, struct bs_str text)
{
	unsigned char last = text.n ? (unsigned char)text.p[text.n - 1] : '\n';

	if (!(m->last[last / 64] >> last % 64 & 1))
		return false;
	for (unsigned i = 0; i < m->n; i++)
		if (!has_one(&m->set[i], text))
			return false;
	return true;
}
