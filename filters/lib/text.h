/* text.h - slices, buffers and characters: the part of bs.h that all the rest stands on. */
#ifndef TEXT_H
#define TEXT_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- mem.c: slices, arena, growing buffer -------------------------------- */

/* A run of bytes owned by someone else. Not NUL-terminated. */
struct bs_str {
	const char *p;
	size_t n;
};
#define BS_S(lit) ((struct bs_str){"" lit, sizeof(lit) - 1})

/* The bytes before its NUL. This and what follows is in line, for texts that stand in the code. */
static inline struct bs_str
bs_str(const char *nul_terminated)
{
	return (struct bs_str){nul_terminated, strlen(nul_terminated)};
}
/* Whether both are the same bytes, and whether a is, starts with or ends with those. */
static inline bool
bs_eq(struct bs_str a, struct bs_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool
bs_is(struct bs_str a, const char *nul_terminated)
{
	return bs_eq(a, bs_str(nul_terminated));
}
static inline bool
bs_starts(struct bs_str a, const char *prefix)
{
	size_t n = strlen(prefix);

	return a.n >= n && (n == 0 || memcmp(a.p, prefix, n) == 0);
}
static inline bool
bs_ends(struct bs_str a, const char *suffix)
{
	size_t n = strlen(suffix);

	return a.n >= n && (n == 0 || memcmp(a.p + a.n - n, suffix, n) == 0);
}
/* Eight bytes as a number, the first one lowest; written out, compilers see one load. */
static inline uint64_t
bs_eight(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	    (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}
static inline uint32_t
bs_four(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}
/* The first bytes of s, eight at most, in the same way, zeros behind. */
static inline uint64_t
bs_first_eight(struct bs_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (s.n >= 8)
		return bs_eight(s.p);
	if (s.n >= 4)
		return bs_four(s.p) | (uint64_t)bs_four(s.p + s.n - 4) << 8 * (s.n - 4);
	return s.n == 0 ? 0 : p[0] | (uint64_t)p[s.n / 2] << 8 * (s.n / 2) | (uint64_t)p[s.n - 1] << 8 * (s.n - 1);
}
/* First occurrence of needle in hay as a byte offset, or SIZE_MAX. */
size_t bs_find(struct bs_str hay, struct bs_str needle);
/* bs_trim for texts that may have blanks. */
struct bs_str bs_trim_any(struct bs_str s);
/* Without ASCII blanks and U+3000 at either end. Most texts have none: their first
 * and last byte show it. */
static inline struct bs_str
bs_trim(struct bs_str s)
{
	unsigned char first = s.n ? (unsigned char)s.p[0] : ' ', last = s.n ? (unsigned char)s.p[s.n - 1] : ' ';

	return first > ' ' && first != 0xe3 && last > ' ' && last != 0x80 ? s : bs_trim_any(s);
}

/* malloc and friends that end the program when memory runs out. */
void *bs_malloc(size_t n);
void *bs_calloc(size_t n, size_t size);
void *bs_realloc(void *p, size_t n);

/* An arena: many small pieces, given back all at once. Zero-initialise it. */
struct bs_mem {
	struct bs_chunk *chunk;
};
/* A piece of memory of which pieces are given away. */
struct bs_chunk {
	struct bs_chunk *next;
	size_t used, size;
	alignas(max_align_t) char data[];
};
static inline size_t
bs_aligned(size_t n)
{
	return (n + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
}
/* bs_get where the chunk has too little room. */
void *bs_get_more(struct bs_mem *mem, size_t n);
/* n bytes, aligned for any type, not zeroed; valid until bs_mem_reset. */
static inline void *
bs_get(struct bs_mem *mem, size_t n)
{
	struct bs_chunk *c = mem->chunk;
	void *p;

	if (c == NULL || c->size - c->used < n || c->size - c->used < bs_aligned(n))
		return bs_get_more(mem, n);
	p = c->data + c->used;
	c->used += bs_aligned(n);
	return p;
}
/* A copy of s in the arena. */
struct bs_str bs_keep(struct bs_mem *mem, struct bs_str s);
/* printf into the arena. */
struct bs_str bs_fmt(struct bs_mem *mem, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Forgets all pieces, keeps one chunk for the next page. */
void bs_mem_reset(struct bs_mem *mem);
/* Gives all of it back. */
void bs_mem_free(struct bs_mem *mem);

/* A growing buffer. Zero-initialise it; bs_buf_free when done. */
struct bs_buf {
	char *p;
	size_t n, cap;
};
/* Room for at least n more bytes; returns where they start (b->n is unchanged).
 * bs_grow is for bs_room, where there is too little yet. */
char *bs_grow(struct bs_buf *b, size_t n);
static inline char *
bs_room(struct bs_buf *b, size_t n)
{
	return b->p && b->cap - b->n >= n ? b->p + b->n : bs_grow(b, n);
}
/* Append n bytes, a string, a slice, a byte. */
static inline void
bs_put(struct bs_buf *b, const char *p, size_t n)
{
	if (n) {
		memcpy(bs_room(b, n), p, n);
		b->n += n;
	}
}
static inline void
bs_puts(struct bs_buf *b, const char *nul_terminated)
{
	bs_put(b, nul_terminated, strlen(nul_terminated));
}
static inline void
bs_putstr(struct bs_buf *b, struct bs_str s)
{
	bs_put(b, s.p, s.n);
}
static inline void
bs_putch(struct bs_buf *b, char c)
{
	*bs_room(b, 1) = c;
	b->n++;
}
/* Gives the memory back; the buffer is empty and may be used again. */
void bs_buf_free(struct bs_buf *b);

/* ---- utf8.c: strict UTF-8 and character classes -------------------------- */

/* Length in bytes of the longest well-formed prefix (Unicode 15, table 3-7:
 * no overlongs, no surrogates, nothing above U+10FFFF; glibc's iconv lets
 * U+110000 through, hence our own). */
size_t bs_utf8_valid(const char *p, size_t n);
/* Length of the maximal ill-formed subpart at p (1 to 3 bytes), as Unicode
 * section 3.9 and CPython's errors=replace cut it. Only where bs_utf8_valid
 * returned 0 for p. */
size_t bs_utf8_bad(const char *p, size_t n);
/* Appends n bytes at p to out, ill-formed subparts as U+FFFD; returns how many. */
size_t bs_utf8_fix(struct bs_buf *out, const char *p, size_t n);
/* bs_utf8_get for characters of any length. */
uint32_t bs_utf8_get_any(const char **p, const char *end);
/* Decodes one character of well-formed text at *p and moves *p past it. *p < end. */
static inline uint32_t
bs_utf8_get(const char **p, const char *end)
{
	const unsigned char *u = (const unsigned char *)*p;

	if (u[0] < 0x80) {
		*p += 1;
		return u[0];
	}
	if ((u[0] & 0xf0) == 0xe0 && end - *p >= 3) { /* nearly all of a Chinese page */
		*p += 3;
		return (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu);
	}
	const char *at = *p; /* so that the caller's own may stay in a register */
	uint32_t c = bs_utf8_get_any(&at, end);
	*p = at;
	return c;
}
/* The character that ends just before *p, *p moved back to its start. *p > begin. */
static inline uint32_t
bs_utf8_back(const char **p, const char *begin)
{
	const char *end = *p, *q = end - 1;

	while (q > begin && ((unsigned char)*q & 0xc0) == 0x80)
		q--;
	*p = q;
	return bs_utf8_get(&q, end);
}
/* Encodes cp (a scalar value) into out; returns the number of bytes. */
size_t bs_utf8_put(char out[4], uint32_t cp);
/* The same, appended. */
void bs_putcp(struct bs_buf *b, uint32_t cp);
/* The first n bytes of well-formed text at most, without half of a character. */
static inline struct bs_str
bs_cut(struct bs_str s, size_t n)
{
	if (s.n <= n)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return (struct bs_str){s.p, n};
}
/* Number of code points in well-formed text. */
size_t bs_utf8_count(struct bs_str s);
/* First and last character of s, 0 when s is empty. */
static inline uint32_t
bs_first(struct bs_str s)
{
	const char *p = s.p;

	return s.n ? bs_utf8_get(&p, s.p + s.n) : 0;
}
static inline uint32_t
bs_last(struct bs_str s)
{
	const char *p = s.p + s.n;

	return s.n ? bs_utf8_back(&p, s.p) : 0;
}

/* Unified ideographs of all planes, compatibility ideographs, U+3007. */
static inline bool
bs_is_han(uint32_t c)
{
	if (c < 0x3007)
		return false;
	return (c >= 0x4e00 && c <= 0x9fff) || c == 0x3007 || (c >= 0x3400 && c <= 0x4dbf) ||
	    (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x323af);
}
/* Columns on a Chinese page: 2 for wide and full-width characters, 0 for
 * combining and zero-width ones, else 1 (utf8proc, with ambiguous quotes,
 * dashes and ellipses taken as wide when `cjk`). */
unsigned bs_width(uint32_t cp, bool cjk);
/* Width of a whole slice, as bs_width with cjk. */
size_t bs_columns(struct bs_str s);

#endif
