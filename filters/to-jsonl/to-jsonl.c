/* to-jsonl - the page stream to articles, one JSON object a line. */
#include "json.h"
#include "split.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct job {
	struct given given;
	const char *dir, *progress;
	struct split split;
	int ticks; /* --progress, open */
};

enum { NEWSPAPER, DATE, ASCII, SPLIT, PROGRESS };
static const struct bs_opt opts[] = {
	[NEWSPAPER] = {"newspaper", 0, "NAME", "newspaper of pages whose masthead does not name it"},
	[DATE] = {"date", 0, "YYYY-MM-DD", "date of pages whose masthead has none"},
	[ASCII] = {"ascii", 0, NULL, "write \\uXXXX for everything that is not ASCII"},
	[SPLIT] = {"split", 0, "DIR", "write one file a page into DIR, nothing to standard output"},
	[PROGRESS] = {"progress", 0, "FILE", "append one byte to FILE for each page done"},
	{0},
};

static void
set(size_t index, const char *arg, void *ctx)
{
	struct job *job = ctx;

	switch (index) {
	case NEWSPAPER:
		if (*arg == '\0' || bs_utf8_valid(arg, strlen(arg)) != strlen(arg))
			bs_die(BS_USAGE, "--newspaper wants a name in UTF-8");
		job->given.newspaper = arg;
		break;
	case DATE:
		if (!is_date(bs_str(arg)))
			bs_die(BS_USAGE, "--date wants YYYY-MM-DD, not %s", arg);
		job->given.date = arg;
		break;
	case ASCII: job->given.ascii = true; break;
	case SPLIT: job->dir = arg; break;
	case PROGRESS: job->progress = arg; break;
	default: break;
	}
}

static void
start(void *ctx)
{
	struct job *job = ctx;

	if (job->dir || job->progress)
		bs_alone();
	if (job->dir)
		split_start(&job->split, job->dir);
	if (job->progress == NULL)
		return;
	job->ticks = open(job->progress, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (job->ticks < 0)
		bs_die(BS_BROKEN, "%s: %s", job->progress, strerror(errno));
}

static void
write_page(struct bs_page *page, struct bs_out *out, void *ctx)
{
	struct job *job = ctx;
	struct page_look look = {.page = page};
	struct bs_buf text = {0}, *to = job->dir ? &text : &out->buf;
	struct paper paper;
	struct article a;
	size_t at = 0;
	unsigned long number = 0;

	paper_read(&paper, page);
	while (article_next(&a, page, &at, &number)) {
		json_put(to, page->mem, &a, &paper, &job->given, &look);
		article_free(&a);
	}
	article_free(&a);
	/* What stands before the first page record is no page, unless it is text. */
	if (job->dir && (text.n || (page->recs.n && page->recs.v[0].kind == BS_PAGE)))
		split_page(&job->split, page->mem, &paper, &text);
	/* A page more or less on a progress line is no reason to stop. */
	if (job->progress && write(job->ticks, ".", 1) < 0)
		job->progress = NULL;
}

static void
edge(enum bs_event event, void *ctx)
{
	struct job *job = ctx;

	if (job->dir)
		split_edge(&job->split, event);
}

static const struct bs_filter to_jsonl = {
	.name = "to-jsonl",
	.about = "Writes the articles of a page stream as JSON, one object a line.",
	.synopsis = "[FILE...]",
	.opts = opts,
	.set = set,
	.start = start,
	.write = write_page,
	.edge = edge,
	.jobs = true,
};

int
main(int argc, char *argv[])
{
	struct job job = {0};
	int status = bs_main(argc, argv, &to_jsonl, &job);

	split_end(&job.split);
	return status;
}
