/*
 * scramble SEED COUNT        - COUNT random bytes, the same for the same seed
 * scramble SEED COUNT FILE   - FILE with COUNT bytes changed, dropped or doubled
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state;

static unsigned
next(void)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(state >> 33);
}

static size_t
damage(unsigned char *p, size_t n)
{
	size_t at = next() % n, i;

	switch (next() % 4) {
	case 0:
		p[at] = (unsigned char)next();
		return n;
	case 1:
		p[at] = (unsigned char)"\t\n\\\f =-\0"[next() % 8];
		return n;
	case 2:
		for (i = at + 1; i < n; i++)
			p[i - 1] = p[i];
		return n - 1;
	default:
		for (i = n; i > at; i--)
			p[i] = p[i - 1];
		return n + 1;
	}
}

static int
scramble_file(const char *path, unsigned long count)
{
	static unsigned char buf[1 << 22];
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(buf, 1, sizeof(buf) - 4096, f) : 0;

	if (!f)
		return 1;
	fclose(f);
	for (unsigned long i = 0; i < count && i < 4096 && n > 1; i++)
		n = damage(buf, n);
	return fwrite(buf, 1, n, stdout) != n;
}

int
main(int argc, char *argv[])
{
	unsigned long count;

	if (argc < 3)
		return 2;
	state = strtoul(argv[1], NULL, 10) * 2654435761u + 1;
	count = strtoul(argv[2], NULL, 10);
	if (argc > 3)
		return scramble_file(argv[3], count);
	while (count-- > 0)
		putchar((int)(next() & 255));
	return fflush(stdout) == EOF;
}
