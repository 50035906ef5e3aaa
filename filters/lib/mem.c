/* mem.c - slices, the page's arena, growing buffers. */
#include "bs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t
bs_find(struct bs_str hay, struct bs_str needle)
{
	size_t from = 0;

	if (needle.n == 0)
		return 0;
	while (hay.n - from >= needle.n) {
		const char *q = memchr(hay.p + from, needle.p[0], hay.n - from - needle.n + 1);
		if (q == NULL)
			break;
		if (memcmp(q, needle.p, needle.n) == 0)
			return (size_t)(q - hay.p);
		from = (size_t)(q - hay.p) + 1;
	}
	return SIZE_MAX;
}

/* Bytes of blank at p: 1 for an ASCII blank, 3 for U+3000, else 0. */
static size_t
blank_at(const char *p, size_t n)
{
	if (n && (*p == ' ' || *p == '\t' || *p == '\r'))
		return 1;
	return n >= 3 && memcmp(p, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

struct bs_str
bs_trim_any(struct bs_str s)
{
	size_t k;

	while ((k = blank_at(s.p, s.n)) > 0)
		s.p += k, s.n -= k;
	for (;;) {
		if (s.n && blank_at(s.p + s.n - 1, 1))
			s.n--;
		else if (s.n >= 3 && blank_at(s.p + s.n - 3, 3) == 3)
			s.n -= 3;
		else
			return s;
	}
}

void *
bs_malloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (p == NULL)
		bs_die(BS_BROKEN, "out of memory (%zu bytes wanted)", n);
	return p;
}

void *
bs_calloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (p == NULL)
		bs_die(BS_BROKEN, "out of memory (%zu times %zu bytes wanted)", n, size);
	return p;
}

void *
bs_realloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (p == NULL)
		bs_die(BS_BROKEN, "out of memory (%zu bytes wanted)", n);
	return p;
}

static struct bs_chunk *
chunk_new(size_t size, struct bs_chunk *next)
{
	struct bs_chunk *c = bs_malloc(sizeof *c + size);

	c->next = next;
	c->used = 0;
	c->size = size;
	return c;
}

#define CHUNK 122880 /* bytes: what most pages need; malloc does not ask the system for each */

void *
bs_get_more(struct bs_mem *mem, size_t n)
{
	struct bs_chunk *c;

	if (n > SIZE_MAX / 2)
		bs_die(BS_BROKEN, "out of memory (%zu bytes wanted)", n);
	n = bs_aligned(n);
	c = mem->chunk = chunk_new(n > CHUNK ? n : CHUNK, mem->chunk);
	c->used = n;
	return c->data;
}

struct bs_str
bs_keep(struct bs_mem *mem, struct bs_str s)
{
	char *p = bs_get(mem, s.n);

	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct bs_str){p, s.n};
}

struct bs_str
bs_fmt(struct bs_mem *mem, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	char *p, most[256]; /* of them fit there */

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(most, sizeof most, fmt, ap);
	va_end(ap);
	if (n < 0)
		bs_die(BS_BROKEN, "cannot format a message");
	p = bs_get(mem, (size_t)n + 1);
	if ((size_t)n < sizeof most)
		memcpy(p, most, (size_t)n + 1);
	else
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct bs_str){p, (size_t)n};
}

void
bs_mem_reset(struct bs_mem *mem)
{
	struct bs_chunk *c = mem->chunk;

	if (c == NULL)
		return;
	while (c->next) {
		struct bs_chunk *next = c->next;
		c->next = next->next;
		free(next);
	}
	c->used = 0;
}

void
bs_mem_free(struct bs_mem *mem)
{
	bs_mem_reset(mem);
	free(mem->chunk);
	mem->chunk = NULL;
}

char *
bs_grow(struct bs_buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 256;

	if (n > SIZE_MAX / 4)
		bs_die(BS_BROKEN, "out of memory (%zu bytes wanted)", n);
	while (cap - b->n < n)
		cap *= 2;
	if (cap > b->cap) {
		b->p = bs_realloc(b->p, cap);
		b->cap = cap;
	}
	return b->p + b->n;
}

void
bs_buf_free(struct bs_buf *b)
{
	free(b->p);
	*b = (struct bs_buf){0};
}
