/* rec.c - records: the one encoder and the one decoder of the stream, broadsheet(5). */
#include "door.h"
#include "odd.h"

#include <string.h>

#define KIND(name) {name, sizeof name - 1}

static const struct bs_str kind_names[BS_KINDS] = {
	[BS_OTHER] = KIND(""),
	[BS_HEADER] = KIND("broadsheet"),
	[BS_PAGE] = KIND("page"),
	[BS_END] = KIND("end"),
	[BS_LINE] = KIND("line"),
	[BS_NOISE] = KIND("noise"),
	[BS_JUMP] = KIND("jump"),
	[BS_PARAGRAPH] = KIND("paragraph"),
	[BS_MASTHEAD] = KIND("masthead"),
	[BS_META] = KIND("meta"),
	[BS_ARTICLE] = KIND("article"),
	[BS_SECTION] = KIND("section"),
	[BS_KICKER] = KIND("kicker"),
	[BS_HEADLINE] = KIND("headline"),
	[BS_SUBHEADLINE] = KIND("subheadline"),
	[BS_BYLINE] = KIND("byline"),
	[BS_AUTHOR] = KIND("author"),
	[BS_DATELINE] = KIND("dateline"),
	[BS_SUBHEAD] = KIND("subhead"),
	[BS_CAPTION] = KIND("caption"),
	[BS_NOTE] = KIND("note"),
	[BS_ENTITY] = KIND("entity"),
};

const char *
bs_kind_name(enum bs_kind kind)
{
	return kind_names[kind].p;
}

static bool
is(struct bs_str s, struct bs_str kind)
{
	return s.n == kind.n && memcmp(s.p, kind.p, s.n) == 0;
}

static enum bs_kind
kind_of(struct bs_str s)
{
	if (s.n == 4 && memcmp(s.p, "line", 4) == 0) /* most are */
		return BS_LINE;
	if (s.n == 9 && memcmp(s.p, "paragraph", 9) == 0) /* or, after dehyphenate, these, */
		return BS_PARAGRAPH;
	if (s.n == 6 && memcmp(s.p, "entity", 6) == 0) /* and after tag-entities those */
		return BS_ENTITY;
	for (int k = BS_HEADER; k < BS_KINDS; k++)
		if (is(s, kind_names[k]))
			return (enum bs_kind)k;
	return BS_OTHER;
}

struct bs_rec *
bs_recs_room(struct bs_recs *recs, size_t n)
{
	if (recs->cap - recs->n < n) {
		recs->cap = recs->cap ? recs->cap * 2 : 64;
		recs->cap = recs->cap < recs->n + n ? recs->n + n : recs->cap;
		recs->v = bs_realloc(recs->v, recs->cap * sizeof *recs->v);
	}
	return &recs->v[recs->n];
}

struct bs_rec *
bs_add(struct bs_recs *recs, enum bs_kind kind, struct bs_str id, struct bs_str attrs, struct bs_str text)
{
	struct bs_rec *rec = bs_recs_room(recs, 1);

	*rec = (struct bs_rec){.kind = kind, .id = id, .attrs = attrs, .text = text};
	recs->n++;
	return rec;
}

void
bs_add_rec(struct bs_recs *recs, const struct bs_rec *rec)
{
	struct bs_rec copy = *rec; /* rec may lie in the array that moves */

	*bs_recs_room(recs, 1) = copy;
	recs->n++;
}

/* What the escape letter c stands for, or 0. `\s` only in attribute values,
 * where a blank ends the value. */
static char
unescaped(char c, bool in_attr)
{
	switch (c) {
	case '\\': return '\\';
	case 't': return '\t';
	case 'n': return '\n';
	case 'r': return '\r';
	case 's': return in_attr ? ' ' : 0;
	default: return 0;
	}
}

static bool
escapes_ok(struct bs_str s, bool in_attr)
{
	for (const char *p = s.p, *end = s.p + s.n; (p = memchr(p, '\\', (size_t)(end - p))) != NULL; p += 2)
		if (end - p < 2 || !unescaped(p[1], in_attr))
			return false;
	return true;
}

size_t
bs_unescape(char *p, size_t n, bool in_attr)
{
	char *to = memchr(p, '\\', n), *from = to, *end = p + n;

	if (to == NULL)
		return n;
	while (from < end) {
		if (*from == '\\' && end - from >= 2) {
			*to++ = unescaped(from[1], in_attr);
			from += 2;
		} else
			*to++ = *from++;
	}
	return (size_t)(to - p);
}

/* Cuts the line at its TABs into field[4]; false unless there are three at least. */
static bool
cut(char *p, size_t n, struct bs_str field[4])
{
	char *start = p, *end = p + n, *tab;

	for (int k = 0; k < 3; k++, start = tab + 1) {
		if (start == end || (tab = memchr(start, '\t', (size_t)(end - start))) == NULL)
			return false;
		field[k] = (struct bs_str){start, (size_t)(tab - start)};
	}
	field[3] = (struct bs_str){start, (size_t)(end - start)};
	return true;
}

static const char *
malformed(struct bs_rec *rec, struct bs_str raw, const char *why)
{
	*rec = (struct bs_rec){.kind = BS_OTHER, .raw = raw};
	return why;
}

const char *
bs_rec_decode(char *p, size_t n, struct bs_rec *rec)
{
	struct bs_str f[4], raw = {p, n};
	enum bs_kind kind;

	if (n && *p == '#')
		return malformed(rec, raw, NULL);
	if (!cut(p, n, f) || f[0].n == 0 || (f[3].n && memchr(f[3].p, '\t', f[3].n)))
		return malformed(rec, raw, "not a record: a kind and three TABs are wanted");
	if ((kind = kind_of(f[0])) == BS_OTHER)
		return malformed(rec, raw, NULL);
	if (!escapes_ok(f[2], true) || !escapes_ok(f[3], false))
		return malformed(rec, raw, "bad escape");
	*rec = (struct bs_rec){.kind = kind, .id = f[1], .attrs = {f[2].p, bs_is(f[2], "-") ? 0 : f[2].n}, .text = f[3]};
	if (to_odd(f[3].p, f[3].n) == f[3].n)
		rec->raw = raw; /* nothing is escaped, nor has to be */
	else
		rec->text.n = bs_unescape(p + (f[3].p - p), f[3].n, false);
	return NULL;
}

/* Where the three TABs and the line end (or `end`) of a line stand, if they are its
 * only odd bytes. */
struct seams {
	char *tab[3], *stop;
};

/* For lines that go on after their first 64 bytes, of which odd is known; wide where the
 * processor can look at 32 bytes at a time. */
static inline __attribute__((always_inline)) bool
find_seams(struct seams *s, char *line, char *end, uint64_t odd, bool wide)
{
	char *at = line - 1;

	for (int k = 0; k < 4; k++) {
		if (odd) {
			at = line + __builtin_ctzll(odd);
			odd &= odd - 1;
		} else {
			at = at + 1 > line + 64 ? at + 1 : line + 64;
			at += wide ? to_odd_wide(at, (size_t)(end - at)) : to_odd(at, (size_t)(end - at));
		}
		if (k == 3)
			break;
		if (at == end || *at != '\t')
			return false;
		s->tab[k] = at;
	}
	s->stop = at;
	return at == end || *at == '\n';
}

/* The same for lines that end there: most. */
static inline bool
find_near_seams(struct seams *s, char *line, uint64_t odd)
{
	uint64_t second = odd & (odd - 1), third = second & (second - 1), fourth = third & (third - 1);

	if (fourth == 0)
		return false;
	s->tab[0] = line + __builtin_ctzll(odd);
	s->tab[1] = line + __builtin_ctzll(second);
	s->tab[2] = line + __builtin_ctzll(third);
	s->stop = line + __builtin_ctzll(fourth);
	return *s->tab[0] == '\t' && *s->tab[1] == '\t' && *s->tab[2] == '\t' && *s->stop == '\n';
}

/* The record at p (64 bytes at least before end) if it is one of a known kind
 * without escapes. Returns where it ends, or NULL. */
static inline __attribute__((always_inline)) char *
read_plain(char *p, char *end, struct bs_rec *rec, bool wide)
{
	uint64_t odd = wide ? odd_64_wide(p) : odd_64(p);
	struct seams s;
	char *attrs, *text;

	if (!find_near_seams(&s, p, odd) && !find_seams(&s, p, end, odd, wide))
		return NULL;
	attrs = s.tab[1] + 1, text = s.tab[2] + 1;
	rec->kind = s.tab[0] - p == 4 && memcmp(p, "line", 4) == 0 ? BS_LINE : kind_of((struct bs_str){p, (size_t)(s.tab[0] - p)});
	if (rec->kind == BS_OTHER)
		return NULL;
	rec->id = (struct bs_str){s.tab[0] + 1, (size_t)(s.tab[1] - s.tab[0] - 1)};
	rec->attrs = (struct bs_str){attrs, text - attrs == 2 && *attrs == '-' ? 0 : (size_t)(text - attrs - 1)};
	rec->text = (struct bs_str){text, (size_t)(s.stop - text)};
	rec->raw = (struct bs_str){p, (size_t)(s.stop - p)};
	return s.stop;
}

static inline __attribute__((always_inline)) char *
decode(struct bs_recs *recs, char *p, char *end, const char **why, bool wide)
{
	struct bs_rec *rec = bs_recs_room(recs, 1), *last = recs->v + recs->cap;

	for (; p < end && *why == NULL; rec++) {
		char *stop;
		if (rec == last) {
			recs->n = recs->cap;
			rec = bs_recs_room(recs, 1);
			last = recs->v + recs->cap;
		}
		stop = end - p >= 64 ? read_plain(p, end, rec, wide) : NULL;
		if (stop == NULL) {
			stop = memchr(p, '\n', (size_t)(end - p));
			if (stop == NULL)
				stop = end;
			*why = bs_rec_decode(p, (size_t)(stop - p), rec);
		}
		p = stop < end ? stop + 1 : end;
	}
	recs->n = (size_t)(rec - recs->v);
	return p;
}

ODD_WIDE static char *
decode_wide(struct bs_recs *recs, char *p, char *end, const char **why)
{
	return decode(recs, p, end, why, true);
}

char *
bs_recs_decode(struct bs_recs *recs, char *p, char *end, const char **why)
{
	*why = NULL;
	return odd_can_wide() ? decode_wide(recs, p, end, why) : decode(recs, p, end, why, false);
}

/* The letter that stands for c after a backslash, or 0. */
static char
escaped(char c)
{
	return c == '\\' ? '\\' : c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : 0;
}

/* Appends s with its escapes. */
static void
put_escaped(struct bs_buf *out, struct bs_str s)
{
	while (s.n) {
		size_t n = to_odd(s.p, s.n);
		bs_put(out, s.p, n);
		if (n == s.n)
			return;
		if (escaped(s.p[n]))
			bs_putch(out, '\\');
		bs_putch(out, escaped(s.p[n]) ? escaped(s.p[n]) : s.p[n]);
		s.p += n + 1;
		s.n -= n + 1;
	}
}

void
bs_put_escaped(struct bs_buf *out, struct bs_str text)
{
	put_escaped(out, text);
}

static char *
copy(char *to, struct bs_str s)
{
	if (s.n)
		memcpy(to, s.p, s.n);
	return to + s.n;
}

/* Whether the fields stand one after the other as they were read: id, TAB,
 * attributes, TAB, text. */
static bool
is_in_place(const struct bs_rec *rec)
{
	const char *attrs = rec->attrs.p, *text = rec->text.p;

	if (rec->id.n == 0 || attrs != rec->id.p + rec->id.n + 1 || attrs[-1] != '\t')
		return false;
	if (rec->attrs.n == 0)
		return text == attrs + 2 && attrs[0] == '-' && attrs[1] == '\t';
	return text == attrs + rec->attrs.n + 1 && text[-1] == '\t';
}

/* Whether the line can go out as it came in. */
static bool
is_as_read(const struct bs_rec *rec)
{
	struct bs_str kind = kind_names[rec->kind];
	const char *raw = rec->raw.p;

	if (rec->kind == BS_OTHER)
		return true;
	/* texts are what changes most */
	if (raw == NULL || rec->text.p + rec->text.n != raw + rec->raw.n || rec->id.p != raw + kind.n + 1 || !is_in_place(rec))
		return false;
	if (rec->kind == BS_LINE || rec->kind == BS_PARAGRAPH) /* most are; compared in line */
		return rec->kind == BS_LINE ? memcmp(raw, "line", 4) == 0 : memcmp(raw, "paragraph", 9) == 0;
	return memcmp(raw, kind.p, kind.n) == 0;
}

/* Copies s as far as it is not odd; returns how far. */
static size_t
copy_plain(char *to, struct bs_str s)
{
	size_t i = 0;

	for (; s.n - i >= 16; i += 16) {
		memcpy(to + i, s.p + i, 16);
		if (odd_16(s.p + i))
			return i;
	}
	if (s.n >= 16) {
		memcpy(to + s.n - 16, s.p + s.n - 16, 16);
		return odd_16(s.p + s.n - 16) ? i : s.n;
	}
	if (to_odd(s.p, s.n) < s.n)
		return 0;
	copy(to, s);
	return s.n;
}

/* Whether the text is the end of a line that was read, in which nothing is odd but the
 * TABs, and the attributes stand before it. */
static inline bool
is_tail(const struct bs_rec *rec)
{
	return rec->raw.p && rec->attrs.n && rec->text.p + rec->text.n == rec->raw.p + rec->raw.n && rec->attrs.p > rec->raw.p &&
	    rec->text.p == rec->attrs.p + rec->attrs.n + 1;
}

/* The kind, TAB, the id, TAB; returns the end. */
static inline char *
put_front(char *p, const struct bs_rec *rec)
{
	p = copy(p, kind_names[rec->kind]);
	*p++ = '\t';
	p = copy(p, rec->id);
	*p++ = '\t';
	return p;
}

static void
encode(struct bs_buf *out, const struct bs_rec *rec)
{
	char *p = bs_room(out, kind_names[rec->kind].n + rec->id.n + rec->attrs.n + rec->text.n + 5);
	size_t n;

	p = put_front(p, rec);
	if (is_tail(rec)) {
		p = copy(p, (struct bs_str){rec->attrs.p, rec->attrs.n + 1 + rec->text.n});
		*p++ = '\n';
		out->n = (size_t)(p - out->p);
		return;
	}
	p = copy(p, rec->attrs.n ? rec->attrs : BS_S("-"));
	*p++ = '\t';
	n = copy_plain(p, rec->text);
	p += n;
	if (n == rec->text.n)
		*p++ = '\n';
	out->n = (size_t)(p - out->p);
	if (n == rec->text.n)
		return;
	put_escaped(out, (struct bs_str){rec->text.p + n, rec->text.n - n});
	bs_putch(out, '\n');
}

/* Lines that go out as they came in, one after the other, are one piece. */
void
bs_recs_encode(struct bs_buf *out, const struct bs_rec *v, size_t n)
{
	for (size_t i = 0; i < n;) {
		struct bs_str run = v[i].raw;
		if (!is_as_read(&v[i])) {
			encode(out, &v[i++]);
			continue;
		}
		while (++i < n && run.n && v[i].raw.p == run.p + run.n + 1 && is_as_read(&v[i]))
			run.n += v[i].raw.n + 1;
		bs_putstr(out, run);
		bs_putch(out, '\n');
	}
}

void
bs_rec_encode(struct bs_buf *out, const struct bs_rec *rec)
{
	bs_recs_encode(out, rec, 1);
}
