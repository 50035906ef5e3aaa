#include <stdlib.h>
#include <sys/mman.h>

#include "large.h"

void *
large_get(size_t n)
{
	size_t page = (size_t)2 << 20, size = (n + page - 1) & ~(page - 1);
	void *p = aligned_alloc(page, size ? size : page);

	if (!p)
		bs_die(BS_BROKEN, "out of memory (%zu bytes wanted)", n);
#ifdef MADV_HUGEPAGE
	madvise(p, size, MADV_HUGEPAGE);
#endif
	return p;
}
