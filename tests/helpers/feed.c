/*
 * feed SIZE FILE - writes FILE to standard output in pieces of SIZE bytes, each
 * only when the reader has taken the one before: what a slow pipe does.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static void
wait_empty(void)
{
	struct timespec nap = {0, 20000};
	struct pollfd to = {.fd = 1};
	int waiting = 0;

	while (ioctl(1, FIONREAD, &waiting) == 0 && waiting > 0) {
		if (poll(&to, 1, 0) > 0 && to.revents & (POLLERR | POLLHUP))
			exit(1); /* the reader is gone */
		nanosleep(&nap, NULL);
	}
}

int
main(int argc, char *argv[])
{
	static char buf[1 << 16];
	size_t size = argc == 3 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
	int fd = argc == 3 ? open(argv[2], O_RDONLY) : -1;
	ssize_t n;

	if (fd < 0 || size == 0 || size > sizeof(buf)) {
		fputs("usage: feed SIZE FILE\n", stderr);
		return 2;
	}
	while ((n = read(fd, buf, size)) > 0) {
		if (write(1, buf, (size_t)n) != n)
			return 1;
		wait_empty();
	}
	return n < 0;
}
