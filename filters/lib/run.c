/* run.c - operands, their pages, and what becomes of them. */
#include "crew.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Entities point at code points of a text; whoever changes the text would leave
 * them pointing at the wrong ones. */
static void
refuse_entities(const struct bs_page *page, const struct bs_filter *f)
{
	for (size_t i = 0; i < page->recs.n; i++)
		if (page->recs.v[i].kind == BS_ENTITY)
			bs_die(BS_USAGE, "%s: the stream holds entities, whose places %s would displace; run it before tag-entities",
			    page->file, f->name);
}

static void
header(const struct bs_page *page, const struct bs_filter *f, struct bs_buf *b)
{
	if (page->recs.n) {
		bs_rec_encode(b, &page->recs.v[0]);
		return;
	}
	bs_puts(b, "broadsheet\t1\tby=");
	bs_puts(b, f->name);
	bs_puts(b, "/" BS_VERSION "\t\n");
}

static void
end(struct bs_page *page, unsigned long records, struct bs_buf *b)
{
	struct bs_rec none = {.kind = BS_END, .id = BS_S("-")}, *rec = page->recs.n ? &page->recs.v[0] : &none;

	bs_set_attr(page->mem, rec, "records", bs_fmt(page->mem, "%lu", records));
	bs_rec_encode(b, rec);
}

/* Whether the bytes look like text for people rather than a stream. */
static bool
to_text(const struct bs_page *page, const struct bs_filter *f)
{
	return page->plain && f->text_out;
}

static unsigned long
do_page(struct bs_page *page, const struct bs_filter *f, void *ctx)
{
	if (f->changes_text && !page->plain)
		refuse_entities(page, f);
	if (f->text && to_text(page, f)) {
		f->text(page, &bs_stdout.buf, ctx);
		bs_put_feed(&bs_stdout.buf, page);
		return 0;
	}
	if (f->page)
		f->page(page, ctx);
	if (f->write) {
		f->write(page, &bs_stdout, ctx);
		return 0;
	}
	if (to_text(page, f)) {
		bs_put_text(&bs_stdout.buf, page);
		return 0;
	}
	return bs_put_stream(&bs_stdout.buf, page);
}

void
bs_pages(struct bs_reader *r, struct bs_page *page, const struct bs_filter *f, void *ctx)
{
	enum bs_event ev;

	while ((ev = bs_reader_next(r, page)) != BS_EV_EOF) {
		bool framed = !f->write && !to_text(page, f);
		if (ev != BS_EV_PAGE && f->edge)
			f->edge(ev, ctx);
		if (ev == BS_EV_PAGE)
			r->written += do_page(page, f, ctx);
		else if (ev == BS_EV_HEADER && framed)
			header(page, f, &bs_stdout.buf), r->written = 0;
		else if (ev == BS_EV_END && framed)
			end(page, r->written, &bs_stdout.buf);
		bs_flush_some(&bs_stdout);
		if (bs_crew_pays(r))
			bs_crew_run(r, f, ctx);
	}
}

void
bs_run(int fd, const char *file, const struct bs_filter *f, void *ctx)
{
	struct bs_door door = *bs_the_door();
	struct bs_reader *r;
	struct bs_page page = {0};

	door.no_ids = f->no_ids;
	door.jobs = f->jobs ? bs_crew_size(door.jobs) : 1;
	r = bs_reader_open(fd, file, &door);
	bs_pages(r, &page, f, ctx);
	bs_reader_close(r);
	free(page.recs.v);
}

/* An operand that cannot be read is reported and the others are still done. */
static void
run_file(const char *path, const struct bs_filter *f, void *ctx)
{
	struct stat st;
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) < 0) {
		bs_flaw(BS_BROKEN, path, 0, "%s", strerror(errno));
		return;
	}
	if (S_ISDIR(st.st_mode))
		bs_flaw(BS_BROKEN, path, 0, "%s", strerror(EISDIR));
	else
		bs_run(fd, path, f, ctx);
	if (fd != STDIN_FILENO)
		close(fd);
}

void
bs_each(int n, char *paths[], const struct bs_filter *f, void *ctx)
{
	for (int i = 0; i < n; i++)
		run_file(paths[i], f, ctx);
}
