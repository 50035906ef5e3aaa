/* err.c - messages, exit statuses, and safe standard descriptors. */
#include "crew.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *program = "broadsheet";
static int worst;

/* A descriptor that the parent closed would be handed to the next open(), and a
 * page would be written into a rule file. Standing in for it with the wrong
 * access mode (stdin write-only, stdout read-only) makes its use fail with
 * EBADF as if it were still closed. */
static void
stand_in(int fd, int mode)
{
	if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
		if (open("/dev/null", mode) != fd)
			bs_raise(BS_BROKEN);
}

void
bs_begin(const char *name)
{
	program = name;
	stand_in(STDIN_FILENO, O_WRONLY);
	stand_in(STDOUT_FILENO, O_RDONLY);
	stand_in(STDERR_FILENO, O_WRONLY);
}

void
bs_raise(enum bs_status status)
{
	if ((int)status > worst)
		worst = (int)status;
}

enum bs_status
bs_worst(void)
{
	return (enum bs_status)worst;
}

int
bs_end(void)
{
	bs_out_close(&bs_stdout);
	return worst;
}

/* Bytes of the character at s if it may be shown: not a control character, of which C1
 * has two bytes, nor ill-formed, which a terminal may take for one; else 0. */
static size_t
harmless(const char *s)
{
	unsigned char c = (unsigned char)*s;
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	if (c < 0x20 || c == 0x7f || memchr(s, '\0', n) || bs_utf8_valid(s, n) < n)
		return 0;
	return c == 0xc2 && (unsigned char)s[1] < 0xa0 ? 0 : n;
}

/* Prints it behind the program's name, or keeps it until all messages before it are out (crew.c). */
static void
put(const char *msg, size_t n)
{
	struct bs_buf *said = bs_crew_said();

	if (said == NULL) {
		fprintf(stderr, "%s: %.*s\n", program, (int)n, msg);
		return;
	}
	bs_puts(said, program);
	bs_puts(said, ": ");
	bs_put(said, msg, n);
	bs_putch(said, '\n');
}

/* Writes the message with its control characters as \xNN: a file name or a line
 * of hostile input must not drive the reader's terminal. */
static void
say(const char *file, unsigned long line, const char *fmt, va_list ap)
{
	char msg[1024], safe[4200];
	size_t at = 0;
	int n = 0;

	if (file && line)
		n = snprintf(msg, sizeof msg, "%.400s:%lu: ", file, line);
	else if (file)
		n = snprintf(msg, sizeof msg, "%.400s: ", file);
	if (n >= 0 && (size_t)n < sizeof msg)
		vsnprintf(msg + n, sizeof msg - (size_t)n, fmt, ap);
	for (const char *p = msg; *p;) {
		size_t good = harmless(p);
		if (good == 0)
			at += (size_t)snprintf(safe + at, sizeof safe - at, "\\x%02x", (unsigned char)*p++);
		for (; good; good--)
			safe[at++] = *p++;
	}
	put(safe, at);
}

void
bs_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(NULL, 0, fmt, ap);
	va_end(ap);
}

void
bs_flaw(enum bs_status status, const char *file, unsigned long line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(file, line, fmt, ap);
	va_end(ap);
	bs_raise(status);
}

void
bs_die(enum bs_status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(NULL, 0, fmt, ap);
	va_end(ap);
	bs_crew_turn();
	exit((int)status);
}
