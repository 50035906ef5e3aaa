/*
 * LD_PRELOAD: faults in system calls, as BS_FAULT says.
 *
 *   eintr       every other read and write is interrupted
 *   short       reads and writes move at most BS_FAULT_SIZE bytes (default 1)
 *   read:N      the N-th read of standard input fails with EIO
 *   write:N     the N-th write to a descriptor other than 2 fails with EIO
 *   nospace:N   the same with ENOSPC
 *   close:1     closing file descriptor 1 fails with EIO
 *   mmap:N      the N-th mmap of a file fails with ENOMEM
 *   open:N      the N-th open for reading fails with EMFILE
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct {
	ssize_t (*read)(int, void *, size_t);
	ssize_t (*write)(int, const void *, size_t);
	int (*close)(int);
	void *(*mmap)(void *, size_t, int, int, int, off_t);
	int (*open)(const char *, int, ...);
} real;
static char fault[32];
static unsigned long nth, size = 1, reads, writes, maps, opens;

__attribute__((constructor)) static void
begin(void)
{
	static const char *const names[] = {"read", "write", "close", "mmap", "open"};
	const char *f = getenv("BS_FAULT"), *s = getenv("BS_FAULT_SIZE"), *colon;
	void *p[5];

	for (int i = 0; i < 5; i++)
		p[i] = dlsym(RTLD_NEXT, names[i]);
	memcpy(&real, p, sizeof(real));
	if (s)
		size = strtoul(s, NULL, 10);
	if (!f)
		return;
	colon = strchr(f, ':');
	nth = colon ? strtoul(colon + 1, NULL, 10) : 0;
	for (size_t i = 0; i + 1 < sizeof(fault) && f[i] && f[i] != ':'; i++)
		fault[i] = f[i];
}

static int
is(const char *name)
{
	return strcmp(fault, name) == 0;
}

static int
fail(int why)
{
	errno = why;
	return -1;
}

ssize_t
read(int fd, void *p, size_t n)
{
	reads += fd == 0;
	if (fd == 0 && is("eintr") && reads % 2)
		return fail(EINTR);
	if (fd == 0 && is("read") && reads == nth)
		return fail(EIO);
	return real.read(fd, p, is("short") && n > size ? size : n);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	if (fd == 2)
		return real.write(fd, p, n);
	writes++;
	if (is("eintr") && writes % 2)
		return fail(EINTR);
	if ((is("write") || is("nospace")) && writes == nth)
		return fail(is("write") ? EIO : ENOSPC);
	return real.write(fd, p, is("short") && n > size ? size : n);
}

int
close(int fd)
{
	int got = real.close(fd);

	return is("close") && fd == (int)nth ? fail(EIO) : got;
}

void *
mmap(void *at, size_t n, int prot, int flags, int fd, off_t off)
{
	if (fd >= 0 && ++maps == nth && is("mmap")) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return real.mmap(at, n, prot, flags, fd, off);
}

int
open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list ap;

	if (flags & O_CREAT) {
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	if ((flags & O_ACCMODE) == O_RDONLY && ++opens == nth && is("open"))
		return fail(EMFILE);
	return real.open(path, flags, mode);
}
