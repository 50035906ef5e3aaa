/*
 * filter.h - a fuzz target made of a whole filter: its page function, on plain
 * text and on records. The target defines FILTER, the filter's main file, and
 * includes this; the file's main and bs_main are caught so that nothing but the
 * description of the filter is taken out of it.
 *
 * Laws on the way: what comes out is well-formed, and twice equals once; and
 * FUZZ_LAW(out), where the target has one of its own.
 */
#include "fuzz.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static const struct bs_filter *fuzz_filter;
static void *fuzz_ctx;
static sem_t kept;

/* Never returns: what ctx points at lies on the stack of the filter's main. */
static int
fuzz_keep_filter(int argc, char *argv[], const struct bs_filter *f, void *ctx)
{
	(void)argc, (void)argv;
	fuzz_filter = f;
	fuzz_ctx = ctx;
	sem_post(&kept);
	while (pause() == -1)
		;
	return 0;
}

#define main filter_main
#define bs_main fuzz_keep_filter
#include FILTER
#undef main
#undef bs_main

static void *
fuzz_call_main(void *name)
{
	char *argv[] = {name, NULL};

	filter_main(1, argv);
	return NULL;
}

static void
fuzz_begin(void)
{
	static char name[] = "fuzz";
	pthread_t thread;

	if (fuzz_filter)
		return;
	setenv("BROADSHEET_SHARE", "share", 0); /* run from the root of the tree */
	sem_init(&kept, 0, 0);
	if (pthread_create(&thread, NULL, fuzz_call_main, name) != 0)
		abort();
	sem_wait(&kept);
	if (fuzz_filter->start)
		fuzz_filter->start(fuzz_ctx);
}

/* Runs the filter on a page of text or of records (writable), appends the stream to *out. */
static void
fuzz_once(struct bs_str in, bool plain, struct bs_buf *out)
{
	struct bs_mem mem = {0};
	struct bs_page page = {.mem = &mem, .file = "fuzz", .plain = plain};
	struct bs_buf copy = {0};

	bs_putstr(&copy, in);
	if (plain) {
		bs_add(&page.recs, BS_PAGE, BS_S("1"), BS_S("src=fuzz"), (struct bs_str){0});
		bs_page_from_text(&page, (struct bs_str){copy.p, copy.n}, BS_S("1"));
	} else
		bs_page_from_stream(&page, copy.p, copy.n);
	for (size_t i = 0; fuzz_filter->changes_text && i < page.recs.n; i++)
		if (page.recs.v[i].kind == BS_ENTITY)
			page.recs.n = i; /* the library would have refused it */
	if (fuzz_filter->page)
		fuzz_filter->page(&page, fuzz_ctx);
	if (fuzz_filter->write) {
		struct bs_out to = {.fd = -1, .name = "fuzz", .buf = *out};
		fuzz_filter->write(&page, &to, fuzz_ctx);
		*out = to.buf;
	} else
		bs_put_stream(out, &page);
	free(page.recs.v);
	bs_buf_free(&copy);
	bs_mem_free(&mem);
}

static void
fuzz_try(struct bs_str in, bool plain)
{
	struct bs_buf a = {0}, b = {0};

	if (fuzz_filter->edge)
		fuzz_filter->edge(BS_EV_HEADER, fuzz_ctx);
	fuzz_once(in, plain, &a);
	if (fuzz_filter->edge)
		fuzz_filter->edge(BS_EV_END, fuzz_ctx);
	HOLDS(bs_utf8_valid(a.p, a.n) == a.n);
#ifdef FUZZ_LAW
	HOLDS(FUZZ_LAW((struct bs_str){a.p, a.n}));
#endif
	if (!fuzz_filter->write) {
		fuzz_once((struct bs_str){a.p, a.n}, false, &b);
		bool twice_equals_once = bs_eq((struct bs_str){a.p, a.n}, (struct bs_str){b.p, b.n});
		if (!twice_equals_once)
			fprintf(stderr, "once:\n%.*s\ntwice:\n%.*s\n", (int)a.n, a.p, (int)b.n, b.p);
		HOLDS(twice_equals_once);
	}
	bs_buf_free(&a);
	bs_buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct bs_buf b = {0};
	struct bs_str s = as_text(&b, p, n);

	fuzz_begin();
	fuzz_try(s, true);
	fuzz_try(s, false);
	bs_buf_free(&b);
	return 0;
}
