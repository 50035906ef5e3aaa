/* err.c - messages, exit statuses, and safe standard descriptors. */
#include "bs.h"

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

const char *
bs_name(void)
{
	return program;
}

void
bs_raise(enum bs_status status)
{
	if ((int)status > worst)
		worst = (int)status;
}

int
bs_end(void)
{
	bs_out_close(&bs_stdout);
	return worst;
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
	for (const char *p = msg; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if (c < 0x20 || c == 0x7f)
			at += (size_t)snprintf(safe + at, sizeof safe - at, "\\x%02x", c);
		else
			safe[at++] = *p;
	}
	safe[at] = '\0';
	fprintf(stderr, "%s: %s\n", program, safe);
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
	exit((int)status);
}
