/* borders.c - what dehyphenate sees at the doubtful borders of pages, for train-breaks.py.
 *
 * usage: borders SPANS <STREAM
 *
 * SPANS has a line for each page of the stream: triples FROM TO KIND, the bytes of
 * its paragraphs in all line records put together; KIND is 2 for a headline or
 * byline, in which nothing is told. For each doubtful border that they
 * tell about, prints page, its place in those
 * bytes, its sort, 1 where a paragraph ends, else 0, and
 * the features that hold; the walk goes on as the spans have it. */
#include "../../filters/dehyphenate/asides.h"
#include "../../filters/dehyphenate/weigh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct asker {
	struct breaks breaks;
	FILE *spans;
	char *line;
	size_t cap, page;
	const struct pieces *ps;
	const struct bs_page *text;
	size_t *start; /* bytes before each record */
};

/* 1: a paragraph ends before byte `at`, 0: it runs on; -1: at is in a headline or byline,
 * -2: it is in none of the spans. */
static int
truth(const char *line, size_t at)
{
	char *p = (char *)line;

	for (;;) {
		char *end;
		size_t from = strtoul(p, &end, 10);
		if (end == p)
			return -2;
		size_t to = strtoul(end, &p, 10);
		bool head = strtoul(p, &p, 10) == 2;
		if (at == from || at == to)
			return 1;
		if (at > from && at < to)
			return head ? -1 : 0;
	}
}

static bool
judge(void *ctx, int sort, size_t i, const struct sight *s, bool ends)
{
	struct asker *a = ctx;
	const struct piece *p = &a->ps->v[i];
	size_t at = a->start[p->rec] + (size_t)(p->text.p - a->text->recs.v[p->rec].text.p);
	int want = truth(a->line, at);

	(void)ends; /* the walk goes one way, whatever the weights are that are to be fitted anew */
	if (want < 0)
		return want == -2;
	printf("%zu %zu %d %d", a->page, at, sort, want);
	for (size_t k = 0; k < s->n; k++)
		printf(" %d", s->at[k]);
	putchar('\n');
	return want;
}

static void
page(struct bs_page *page, void *ctx)
{
	struct asker *a = ctx;
	struct pieces ps = {0};
	size_t at = 0;
	bool cut;

	if (getline(&a->line, &a->cap, a->spans) < 0)
		bs_die(BS_BROKEN, "fewer spans than pages");
	a->start = bs_malloc((page->recs.n + 1) * sizeof *a->start);
	for (size_t i = 0; i < page->recs.n; i++) {
		a->start[i] = at;
		at += page->recs.v[i].kind == BS_LINE ? page->recs.v[i].text.n : 0;
	}
	a->ps = &ps, a->text = page, a->page++;
	a->breaks.judge = judge, a->breaks.judge_ctx = a;
	pieces_of(&ps, page);
	pieces_measure(&ps);
	asides_take(&a->breaks, &ps);
	enum brk *out = bs_malloc((ps.n + 1) * sizeof *out);
	breaks_decide(&a->breaks, &ps, out, &cut);
	free(out);
	free(a->start);
	pieces_free(&ps);
	page->recs.n = 0;
}

static void
nothing(struct bs_page *page, struct bs_out *out, void *ctx)
{
	(void)page;
	(void)out;
	(void)ctx;
}

int
main(int argc, char *argv[])
{
	static const struct bs_filter filter = {.name = "borders", .page = page, .write = nothing};
	struct asker a = {.spans = argc == 2 ? fopen(argv[1], "r") : NULL};
	const char *why;

	if (a.spans == NULL) {
		fputs("usage: borders SPANS <STREAM\n", stderr);
		return 2;
	}
	breaks_load(&a.breaks);
	a.breaks.chars = chars_open(bs_share_map("models/zh-chars.bin"), &why);
	bs_run(0, "-", &filter, &a);
	return 0;
}
