/* parts.c - what is known of parts of patterns, put together. */
#include "parts.h"

#include <string.h>

bool
part_is_none(const struct must_one *m)
{
	return m->n == 0 && !m->digit && !m->upper && !m->lower;
}

bool
part_add(struct must_one *m, uint32_t c)
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

/* Can the character be looked for? */
static bool
is_told(uint32_t c)
{
	return c >= 0x800 && c < 0x10000;
}

unsigned
part_cost(const struct must_one *m)
{
	for (unsigned i = 0; i < m->n; i++)
		if (!is_told(m->c[i]))
			return PART_USELESS;
	return part_is_none(m) ? PART_USELESS : m->n + 6u * m->digit + (m->upper || m->lower); /* digits are common, and asked for by themselves */
}

/* The bits of a set that is nothing but marks of ASCII and blanks; 0 for any other. */
static uint64_t
marks_of(const struct must_one *m)
{
	uint64_t marks = 0;

	for (unsigned i = 0; i < m->n; i++) {
		if (m->c[i] < ' ' || m->c[i] > '~')
			return 0;
		marks |= UINT64_C(1) << m->c[i] % 64;
	}
	return m->digit || m->upper || m->lower ? 0 : marks;
}

/* Which of two tells more: the fewer, but a blank is nearly everywhere. */
static uint64_t
better_marks(uint64_t a, uint64_t b)
{
	const uint64_t blank = UINT64_C(1) << ' ';
	int x = __builtin_popcountll(a) + (a & blank ? 9 : 0), y = __builtin_popcountll(b) + (b & blank ? 9 : 0);

	return a == 0 || (b && y < x) ? b : a;
}

/* What one of two alternatives has. */
static struct must_one
either(struct must_one a, const struct must_one *b)
{
	if (part_is_none(&a) || part_is_none(b))
		return (struct must_one){0};
	for (unsigned i = 0; i < b->n; i++)
		if (!part_add(&a, b->c[i]))
			return (struct must_one){0};
	a.digit |= b->digit;
	a.upper |= b->upper;
	a.lower |= b->lower;
	a.reach = a.reach > b->reach ? a.reach : b->reach;
	return a;
}

void
part_keep(struct must *m, const struct must_one *set)
{
	unsigned i = m->n, price = part_cost(set);

	if (price == PART_USELESS || (i == MUST_SETS && price >= part_cost(&m->set[--i])))
		return;
	for (; i > 0 && price < part_cost(&m->set[i - 1]); i--)
		if (i < MUST_SETS)
			m->set[i] = m->set[i - 1];
	m->set[i] = *set;
	m->n += m->n < MUST_SETS;
}

static void
may_end(struct part *p, const struct part *b)
{
	for (int k = 0; k < 4; k++) {
		p->last[k] |= b->last[k];
		p->before_last[k] |= b->before_last[k];
	}
}

static void
add_bit(uint64_t bits[4], unsigned char c)
{
	bits[c / 64] |= UINT64_C(1) << c % 64;
}

struct part
part_of_set(struct must_one m)
{
	bool pure = m.digit && m.n == 0 && !m.upper && !m.lower;
	struct part p = {.one = m, .first = m, .ends = m, .most = 1, .pure = pure, .digits = pure, .tail = pure};

	p.one.reach = 1;
	p.marks = marks_of(&m);
	for (unsigned i = 0; i < m.n; i++) {
		char bytes[4];
		size_t n = bs_utf8_put(bytes, m.c[i]);
		add_bit(p.last, (unsigned char)bytes[n - 1]);
		if (n > 1)
			add_bit(p.before_last, (unsigned char)bytes[n - 2]);
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

/* Adds the characters of b to a; false where there are too many. */
static bool
add_all(struct must_one *a, const struct must_one *b)
{
	bool fits = true;

	for (unsigned i = 0; i < b->n; i++)
		fits = fits && part_add(a, b->c[i]);
	a->digit |= b->digit;
	a->upper |= b->upper;
	a->lower |= b->lower;
	return fits;
}

/* Lets a begin as b may. */
static void
may_begin(struct part *a, const struct part *b)
{
	a->open |= !add_all(&a->first, &b->first) || b->open;
}

/* Lets a end as b may. */
static void
may_end_so(struct part *a, const struct part *b)
{
	a->any_end |= !add_all(&a->ends, &b->ends) || b->any_end;
}

#define SEAM 40 /* pairs of two sets, at most; sets have fewer characters */

/* The characters of a set, in c; SEAM + 1 if there are as many or more. */
_Static_assert(MUST_MOST < SEAM, "listed ones have room");
static unsigned
write_out(const struct must_one *m, uint32_t c[SEAM])
{
	unsigned n = 0;

	for (; n < m->n; n++)
		c[n] = m->c[n];
	for (unsigned k = 0; k < 10u * m->digit && n < SEAM; k++)
		c[n++] = '0' + k;
	for (uint32_t left = m->upper; left && n < SEAM; left &= left - 1)
		c[n++] = 'A' + (unsigned)__builtin_ctz(left);
	for (uint32_t left = m->lower; left && n < SEAM; left &= left - 1)
		c[n++] = 'a' + (unsigned)__builtin_ctz(left);
	return n < SEAM ? n : SEAM + 1;
}

/* The smaller, the less often texts have it: letters stand beside each other in every
 * word, and digits, marks and blanks in most lines. b is 0 for a alone. */
static unsigned
pair_cost(uint32_t a, uint32_t b)
{
	if (b == 0)
		return is_told(a) ? 40 : 80; /* nearly as often as the sets of must_of, which are asked for anyway */
	bool letters = (a | 32) - 'a' < 26 && (b | 32) - 'a' < 26;

	return is_told(a) || is_told(b) ? 1 : letters ? 2 : 6;
}

static struct list
list_of(struct pool *pool, uint32_t a, uint32_t b)
{
	if (pool->used == POOL)
		return (struct list){0};
	pool->v[pool->used].pair[0] = a;
	pool->v[pool->used].pair[1] = b;
	pool->v[pool->used++].next = 0;
	return (struct list){pool->used, pool->used, pair_cost(a, b)};
}

static struct list
either_list(struct pool *pool, struct list a, struct list b)
{
	if (a.cost == 0 || b.cost == 0)
		return (struct list){0};
	pool->v[a.tail - 1].next = b.head;
	return (struct list){a.head, b.tail, a.cost + b.cost};
}

static struct list
better_list(struct list a, struct list b)
{
	return a.cost == 0 || (b.cost && b.cost < a.cost) ? b : a;
}

void
part_list_set(struct pool *pool, struct part *p)
{
	const struct must_one *m = &p->one;

	if (m->n == 0 || m->digit || m->upper || m->lower)
		return;
	p->only = m->n == 1 ? m->c[0] : 0;
	p->pairs = list_of(pool, m->c[0], 0);
	p->begin = list_of(pool, m->c[0], 0);
	for (unsigned i = 1; i < m->n; i++) {
		p->pairs = either_list(pool, p->pairs, list_of(pool, m->c[i], 0));
		p->begin = either_list(pool, p->begin, list_of(pool, m->c[i], 0));
	}
}

/* The pairs where b meets what comes before it, if neither may be empty and they are few. */
static struct list
seam(struct pool *pool, const struct part *a, const struct part *b)
{
	uint32_t left[SEAM], right[SEAM];
	unsigned x, y;
	struct list list = {0};

	if (a->empty || a->any_end || b->empty || b->open)
		return list;
	x = write_out(&a->ends, left);
	y = write_out(&b->first, right);
	if (x == 0 || y == 0 || x * y > SEAM || (a->pairs.cost && a->pairs.cost <= x * y)) /* or cannot be better */
		return list;
	for (unsigned i = 0; i < x * y; i++) {
		struct list one = list_of(pool, left[i / y], right[i % y]);
		list = i ? either_list(pool, list, one) : one;
	}
	return list;
}

/* What lists say of a and then b: sets a's. */
static void
list_followed(struct pool *pool, struct part *a, const struct part *b)
{
	bool fresh = a->most == 0;

	a->pairs = better_list(a->pairs, b->pairs);
	a->pairs = better_list(a->pairs, seam(pool, a, b));
	if (fresh)
		a->begin = b->begin;
	else if (a->empty)
		a->begin = either_list(pool, a->begin, b->begin);
	else if (a->only && b->only)
		a->begin = list_of(pool, a->only, b->only);
	if (b->most > 0 || b->empty)
		a->only = fresh ? b->only : 0;
}

struct must_one
part_after(unsigned most, struct must_one m)
{
	m.reach = part_smaller(most + m.reach, MUST_FAR);
	return m;
}

void
part_followed(struct pool *pool, struct part *a, const struct part *b)
{
	list_followed(pool, a, b);
	if (part_cost(&b->one) <= part_cost(&a->one)) /* of a sequence the better set will do */
		a->one = part_after(a->most, b->one);
	a->marks = better_marks(a->marks, b->marks);
	if (!b->empty) {
		memset(a->last, 0, sizeof a->last);
		memset(a->before_last, 0, sizeof a->before_last);
	}
	may_end(a, b);
	if (!b->empty) {
		a->ends = (struct must_one){0};
		a->any_end = false;
	}
	may_end_so(a, b);
	if (a->empty)
		may_begin(a, b);
	a->empty &= b->empty;
	a->tail = b->pure ? a->tail + b->tail : b->tail;
	if (b->digits > a->digits) {
		a->digits = b->digits;
		a->before = part_smaller(a->most + b->before, MUST_FAR);
	}
	a->most = part_smaller(a->most + b->most, MUST_FAR);
	if (a->tail > a->digits) {
		a->digits = a->tail;
		a->before = a->most < MUST_FAR ? a->most - a->tail : MUST_FAR;
	}
	a->pure &= b->pure;
	a->to_end = b->to_end;
}

void
part_either(struct pool *pool, struct part *a, const struct part *b)
{
	a->pairs = either_list(pool, a->pairs, b->pairs);
	a->begin = either_list(pool, a->begin, b->begin);
	a->only = 0;
	a->marks = a->marks && b->marks ? a->marks | b->marks : 0;
	a->one = either(a->one, &b->one);
	may_end(a, b);
	may_begin(a, b);
	may_end_so(a, b);
	a->empty |= b->empty;
	a->most = larger(a->most, b->most);
	a->digits = part_smaller(a->digits, b->digits);
	a->before = larger(a->before, b->before);
	a->tail = part_smaller(a->tail, b->tail);
	a->pure &= b->pure;
	a->to_end &= b->to_end;
}

void
part_repeated(struct part *p, unsigned least, unsigned most)
{
	p->most = part_smaller(p->most * most, MUST_FAR);
	p->bound = 0;
	p->to_end = false;
	p->only = 0;
	if (p->pure)
		p->tail = p->digits = part_smaller(p->tail * least, MUST_FAR);
	if (least == 0) {
		p->one = (struct must_one){0};
		p->marks = 0;
		p->pairs = (struct list){0};
		p->empty = true;
		p->tail = p->digits = 0;
	}
}

void
part_list_write(const struct pool *pool, struct list list, struct must_pairs *out)
{
	for (unsigned i = list.cost ? list.head : 0; i; i = pool->v[i - 1].next) {
		if (out->n == MUST_PAIRS) {
			out->n = 0;
			return;
		}
		memcpy(out->v[out->n++], pool->v[i - 1].pair, sizeof *out->v);
	}
}
