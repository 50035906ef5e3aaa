/*
 * LD_PRELOAD: the BS_FAIL_AT-th allocation of the process fails (and, with
 * BS_FAIL_ON=1, all after it). At the end `allocations N` goes to file
 * descriptor BS_FAIL_FD, so that a test knows how many there are.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long count, fail_at;
static int go_on, fd = -1;

/* dlsym itself allocates: served from here until the real functions are known. */
static union {
	max_align_t align;
	char p[1 << 16];
} early;
static size_t early_used;
static void *(*real_malloc)(size_t);
static void *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);

static void *
early_get(size_t n)
{
	void *p = early.p + early_used;

	n = (n + 15) & ~(size_t)15;
	if (n > sizeof(early.p) - early_used)
		_exit(98);
	early_used += n;
	return p;
}

static int
is_early(void *p)
{
	return (uintptr_t)p >= (uintptr_t)early.p && (uintptr_t)p < (uintptr_t)early.p + sizeof(early.p);
}

static void *
real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void
begin(void)
{
	const char *at = getenv("BS_FAIL_AT"), *on = getenv("BS_FAIL_ON"), *to = getenv("BS_FAIL_FD");
	void *p;

	p = real("malloc");
	memcpy(&real_malloc, &p, sizeof(p));
	p = real("realloc");
	memcpy(&real_realloc, &p, sizeof(p));
	p = real("free");
	memcpy(&real_free, &p, sizeof(p));
	fail_at = at ? strtoul(at, NULL, 10) : 0;
	go_on = on && *on == '1';
	fd = to ? atoi(to) : -1;
}

__attribute__((destructor)) static void
end(void)
{
	char line[64];
	int n = snprintf(line, sizeof(line), "allocations %lu\n", count);

	if (fd >= 0 && write(fd, line, (size_t)n) < 0)
		_exit(98);
}

static int
fails(void)
{
	count++;
	if (fail_at == 0 || (go_on ? count < fail_at : count != fail_at))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	if (!real_malloc)
		return early_get(n);
	return fails() ? NULL : real_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	void *p;

	if (size && n > SIZE_MAX / size)
		return NULL;
	p = malloc(n * size);
	if (p)
		memset(p, 0, n * size);
	return p;
}

void *
realloc(void *old, size_t n)
{
	void *p;

	if (!real_realloc || is_early(old)) {
		p = malloc(n);
		if (p && old)
			memcpy(p, old, n);
		return p;
	}
	return fails() ? NULL : real_realloc(old, n);
}

void
free(void *p)
{
	if (p && !is_early(p) && real_free)
		real_free(p);
}
