/* dehyphenate - lines to paragraphs. */
#include "bs.h"
#include "asides.h"
#include "join.h"

#include <stdlib.h>

struct dehyphenate {
	struct breaks breaks;
	struct pieces pieces;
	struct joiner joiner;
	enum brk *brk;
	size_t cap;
	bool no_model;
};

static const struct bs_opt options[] = {
	{"no-model", 0, NULL, "do without the character model share/models/zh-chars.bin"},
	{0},
};

static void
set(size_t index, const char *arg, void *ctx)
{
	struct dehyphenate *d = ctx;

	(void)index;
	(void)arg;
	d->no_model = true;
}

static void
start(void *ctx)
{
	struct dehyphenate *d = ctx;
	const char *why = NULL;

	breaks_load(&d->breaks);
	if (d->no_model)
		return;
	d->breaks.chars = chars_open(bs_share_map("models/zh-chars.bin"), &why);
	if (d->breaks.chars == NULL)
		bs_die(BS_BROKEN, "models/zh-chars.bin: %s", why);
}

/* Takes the page apart and decides about every break; returns whether its last paragraph lost
 * its end. */
static bool
decide(struct dehyphenate *d, const struct bs_page *page)
{
	bool tail_cut = false;

	pieces_of(&d->pieces, page);
	pieces_measure(&d->pieces);
	asides_take(&d->breaks, &d->pieces);
	if (d->pieces.n > d->cap) {
		d->cap = d->pieces.n;
		d->brk = bs_realloc(d->brk, d->cap * sizeof *d->brk);
	}
	breaks_decide(&d->breaks, &d->pieces, d->brk, &tail_cut);
	return tail_cut;
}

static void
page(struct bs_page *page, void *ctx)
{
	struct dehyphenate *d = ctx;
	bool tail_cut = decide(d, page);

	join_pieces(&d->joiner, page, &d->pieces, d->brk, tail_cut);
}

static void
text(struct bs_page *page, struct bs_buf *out, void *ctx)
{
	struct dehyphenate *d = ctx;

	decide(d, page);
	join_text(&d->joiner, page, &d->pieces, d->brk, out);
}

static const struct bs_filter dehyphenate = {
	.name = "dehyphenate",
	.about = "Joins the lines of a newspaper page into paragraphs.",
	.opts = options,
	.set = set,
	.start = start,
	.page = page,
	.text = text,
	.text_out = true,
	.no_ids = true,
	.changes_text = true,
};

int
main(int argc, char *argv[])
{
	struct dehyphenate ctx = {0};

	return bs_main(argc, argv, &dehyphenate, &ctx);
}
