/* tap.h - what the compiled tests share: results as TAP on standard output. */
#ifndef TAP_H
#define TAP_H

#include "bs.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int tap_n, tap_bad;

/* One result; fmt says what was shown. Returns it. */
__attribute__((format(printf, 2, 3))) static inline bool
ok(bool good, const char *fmt, ...)
{
	va_list args;

	printf("%sok %d - ", good ? "" : "not ", ++tap_n);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	tap_bad |= !good;
	return good;
}

/* The bytes of s as a TAP comment, hexadecimal. */
static inline void
tap_hex(const char *what, struct bs_str s)
{
	printf("#   %s", what);
	for (size_t i = 0; i < s.n && i < 40; i++)
		printf(" %02X", (unsigned char)s.p[i]);
	puts(s.n > 40 ? " ..." : "");
}

/* ok, when both are the same bytes; else shows them. */
static inline bool
same(struct bs_str got, struct bs_str want, const char *what)
{
	if (ok(bs_eq(got, want), "%s", what))
		return true;
	tap_hex("got ", got);
	tap_hex("want", want);
	return false;
}

/* A number below n, each time another; in every run the same ones. */
static inline unsigned
draw(unsigned n)
{
	static unsigned state = 1;

	state = state * 1103515245 + 12345;
	return (state >> 16) % n;
}

/* The plan; what main returns. */
static inline int
tap_end(void)
{
	printf("1..%d\n", tap_n);
	return tap_bad;
}

#endif
