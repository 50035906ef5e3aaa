/*
 * from-text.c - plain text in, the stream out: who else needs file names, pages,
 * encodings and line numbers gets them from here. The door does the work.
 */
#include "columns.h"

#include <stdlib.h>

enum { LIST, DETECT };

static const struct bs_opt opts[] = {
	[LIST] = {"list-encodings", 0, NULL, "print the encodings that --from knows, and exit"},
	[DETECT] = {"detect", 0, NULL, "print FILE, page, encoding and how sure it is (0 to 1), not the stream"},
	{0},
};

static void
list(void)
{
	for (const char *const *name = bs_enc_names(); *name; name++) {
		bs_puts(&bs_stdout.buf, *name);
		bs_putch(&bs_stdout.buf, '\n');
	}
	exit(bs_end());
}

/* A file name may hold anything, but a field ends at a TAB and a line at an LF. */
static void
put_field(struct bs_buf *b, struct bs_str s)
{
	static const char letters[] = "\\tnr";

	for (size_t i = 0; i < s.n; i++) {
		size_t at = bs_find(BS_S("\\\t\n\r"), (struct bs_str){s.p + i, 1});
		if (at != SIZE_MAX)
			bs_putch(b, '\\');
		bs_putch(b, at == SIZE_MAX ? s.p[i] : letters[at]);
	}
	bs_putch(b, '\t');
}

/* One line a page: FILE, page, encoding, sure; what was told is as sure as can be. */
static void
report(struct bs_page *page, struct bs_out *out, void *ctx)
{
	const struct bs_rec *rec = page->recs.v;
	struct bs_str file = bs_str(page->file), encoding = BS_S("UTF-8"), sure = BS_S("1.00");

	(void)ctx;
	if (page->recs.n == 0 || rec->kind != BS_PAGE)
		return;
	bs_attr(page->mem, rec, "src", &file);
	bs_attr(page->mem, rec, "encoding", &encoding);
	bs_attr(page->mem, rec, "sure", &sure);
	put_field(&out->buf, file);
	put_field(&out->buf, rec->id);
	put_field(&out->buf, encoding);
	bs_putstr(&out->buf, sure);
	bs_putch(&out->buf, '\n');
}

/* Columns side by side are beyond what lines can be put together from: nothing is
 * changed, but it is said, here and in the articles (quality.flaws). */
static void
look(struct bs_page *page, void *ctx)
{
	struct bs_rec *rec = page->recs.v;
	size_t line;

	(void)ctx;
	if (page->recs.n == 0 || rec->kind != BS_PAGE || !columns_found(page, &line))
		return;
	bs_set_attr(page->mem, rec, "flaw", BS_S("side-by-side"));
	bs_flaw(bs_the_door()->strict ? BS_FLAWED : BS_OK, page->file, page->line + line - 1,
	    "columns stand side by side in the lines: articles will be mixed up (pdftotext -raw keeps them apart)");
}

/* ctx is the filter itself: with --detect it writes its pages another way. */
static void
set(size_t index, const char *arg, void *ctx)
{
	struct bs_filter *self = ctx;

	(void)arg;
	if (index == LIST)
		list();
	self->write = report;
}

int
main(int argc, char *argv[])
{
	struct bs_filter from_text = {
		.name = "from-text",
		.about = "Turns plain text into the stream that the other filters read.",
		.synopsis = "[FILE...]",
		.opts = opts,
		.set = set,
		.page = look,
	};

	return bs_main(argc, argv, &from_text, &from_text);
}
