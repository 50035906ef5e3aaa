/* replay.c - runs a fuzz target over the files named as operands, where no fuzzer is linked in. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* One file, in a block of exactly its size so that the sanitizer sees each byte too far. */
static int
one(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *p = NULL;
	long n;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (n = ftell(f)) < 0)
		return -1;
	rewind(f);
	p = malloc(n ? (size_t)n : 1);
	if (p == NULL || fread(p, 1, (size_t)n, f) != (size_t)n)
		return -1;
	fclose(f);
	LLVMFuzzerTestOneInput(p, (size_t)n);
	free(p);
	return 0;
}

int
main(int argc, char *argv[])
{
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++) {
		fprintf(stderr, "%s\n", argv[i]); /* the last one shown is the one that crashed */
		if (one(argv[i]) < 0) {
			printf("not ok - cannot read %s\n", argv[i]);
			return 1;
		}
	}
	printf("ok - %d files\n", argc - 1);
	return 0;
}
