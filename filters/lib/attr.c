/* attr.c - attributes of records, broadsheet(5): found, set, and built by hand. */
#include "door.h"

#include <string.h>

/* Whether some of eight bytes are blanks, controls or backslashes. */
static inline bool
is_odd(const char *p)
{
	const uint64_t ones = 0x0101010101010101u, low = 0x7f * ones;
	uint64_t w, slash, visible;

	memcpy(&w, p, sizeof w);
	slash = w ^ '\\' * ones;
	slash = ((slash & low) + low) | slash;        /* the top bit of a byte is set: none */
	visible = ((w & low) + 0x5f * ones) | w; /* above a blank */
	return ~(slash & visible) & 0x80 * ones;
}

/* Whether nothing of a value need be escaped: most are short and simple. */
static inline bool
is_simple(struct bs_str s)
{
	bool odd = false;

	if (s.n >= 8) {
		for (size_t i = 0; i + 8 < s.n; i += 8)
			odd |= is_odd(s.p + i);
		return !(odd | is_odd(s.p + s.n - 8));
	}
	for (size_t i = 0; i < s.n; i++)
		odd |= (unsigned char)s.p[i] <= ' ' || s.p[i] == '\\';
	return !odd;
}

/* The same for the value of an attribute, where blanks are escaped, too. */
static void
put_value(struct bs_buf *out, struct bs_str s)
{
	const char *blank;

	if (s.n < 64 && is_simple(s)) {
		bs_putstr(out, s);
		return;
	}
	for (; s.n && (blank = memchr(s.p, ' ', s.n)) != NULL; s.n -= (size_t)(blank + 1 - s.p), s.p = blank + 1) {
		bs_put_escaped(out, (struct bs_str){s.p, (size_t)(blank - s.p)});
		bs_put(out, "\\s", 2);
	}
	bs_put_escaped(out, s);
}

/* Finds key in attrs; *at is where "key=value" starts, *val the escaped value. */
static bool
find_attr(struct bs_str attrs, const char *key, size_t *at, struct bs_str *val)
{
	size_t klen = strlen(key), i = 0;

	while (i < attrs.n) {
		const char *p = attrs.p + i, *blank = memchr(p, ' ', attrs.n - i);
		size_t n = blank ? (size_t)(blank - p) : attrs.n - i;
		if (n > klen && p[klen] == '=' && memcmp(p, key, klen) == 0) {
			*at = i;
			*val = (struct bs_str){p + klen + 1, n - klen - 1};
			return true;
		}
		i += n + 1;
	}
	return false;
}

bool
bs_attr(struct bs_mem *mem, const struct bs_rec *rec, const char *key, struct bs_str *value)
{
	size_t at;

	if (!find_attr(rec->attrs, key, &at, value))
		return false;
	if (value->n && memchr(value->p, '\\', value->n)) {
		char *p = bs_get(mem, value->n);
		memcpy(p, value->p, value->n);
		*value = (struct bs_str){p, bs_unescape(p, value->n, true)};
	}
	return true;
}

struct bs_buf *
bs_scratch(void)
{
	static struct bs_buf b;

	b.n = 0;
	return &b;
}

void
bs_put_attr(struct bs_buf *b, const char *key, struct bs_str value)
{
	size_t n = strlen(key);
	char *p = bs_room(b, n + 2);

	if (b->n)
		*p++ = ' ', b->n++;
	memcpy(p, key, n);
	p[n] = '=';
	b->n += n + 1;
	put_value(b, value);
}

void
bs_set_attr(struct bs_mem *mem, struct bs_rec *rec, const char *key, struct bs_str value)
{
	struct bs_buf *b = bs_scratch();
	size_t at, n = strlen(key);
	struct bs_str old;

	if (rec->attrs.n == 0 && value.n > 0 && value.n < 64 && is_simple(value)) { /* nearly always */
		char *p = bs_get(mem, n + 1 + value.n);
		memcpy(p, key, n);
		p[n] = '=';
		memcpy(p + n + 1, value.p, value.n);
		rec->attrs = (struct bs_str){p, n + 1 + value.n};
		return;
	}
	if (find_attr(rec->attrs, key, &at, &old)) {
		bs_put(b, rec->attrs.p, (size_t)(old.p - rec->attrs.p));
		put_value(b, value);
		bs_put(b, old.p + old.n, (size_t)(rec->attrs.p + rec->attrs.n - (old.p + old.n)));
	} else {
		bs_putstr(b, rec->attrs);
		bs_put_attr(b, key, value);
	}
	rec->attrs = bs_keep(mem, (struct bs_str){b->p, b->n});
}
