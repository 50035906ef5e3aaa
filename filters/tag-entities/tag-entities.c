/*
 * tag-entities - finds people, places, organisations, times and amounts.
 */
#include <stdlib.h>
#include <string.h>

#include "page.h"

static const struct bs_opt opts[] = {
	{ "date", 'd', "YYYY-MM-DD", "what 今日 and 昨天 count from, where the page has no date" },
	{ "labels", 'l', "LIST", "only these: PER,LOC,ORG,TITLE,WORK,TIME,MONEY,PERCENT,QUANTITY,ORDINAL,PHONE,EMAIL,URL" },
	{ "min-score", 0, "X", "leave out names of a lower score (0 to 1)" },
	{ "inline", 0, NULL, "print the text with its entities marked, for people" },
	{ "model", 0, "FILE", "the model of names, instead of share/models/names.bin" },
	{ NULL, 0, NULL, NULL }
};

static void
set_labels(struct ent_options *o, const char *arg)
{
	struct bs_str rest = bs_str(arg);

	o->labels = 0;
	while (rest.n) {
		struct bs_str name = bs_field(&rest, ',');
		enum ent_label label = ent_label_find(name);

		if (label == ENT_LABELS)
			bs_die(BS_USAGE, "no such label: %.*s", (int)name.n, name.p);
		o->labels |= 1U << label;
	}
}

/* A score from 0 to 1, in hundredths. */
static unsigned
percent(const char *arg)
{
	char *end;
	double v = strtod(arg, &end);

	if (end == arg || *end || !(v >= 0 && v <= 1))
		bs_die(BS_USAGE, "not a score from 0 to 1: %s", arg);
	return (unsigned)(100 * v + 0.5);
}

static void
print(struct bs_page *page, struct bs_out *out, void *ctx)
{
	(void)ctx;
	ent_inline(page, &out->buf);
}

static struct bs_filter filter;

static void
set(size_t index, const char *arg, void *ctx)
{
	struct ent_options *o = ctx;

	if (index == 0 && !ent_date_parse(bs_str(arg), &o->date))
		bs_die(BS_USAGE, "not a date (YYYY-MM-DD): %s", arg);
	if (index == 1)
		set_labels(o, arg);
	if (index == 2)
		o->min_percent = percent(arg);
	if (index == 3)
		filter.write = print;
	if (index == 4)
		o->model_name = arg;
}

static void
start(void *ctx)
{
	struct ent_options *o = ctx;

	static struct seq_model model;
	char *path = bs_share_path(o->model_name ? o->model_name : "models/names.bin");
	const char *wrong = seq_model_read(&model, bs_map(path));

	if (wrong)
		bs_die(BS_BROKEN, "%s: %s", path, wrong);
	free(path);
	o->model = &model;
	lex_load(&o->lex);
}

static void
page(struct bs_page *page, void *ctx)
{
	ent_page(page, ctx);
}

static struct bs_filter filter = {
	.name = "tag-entities",
	.about = "find people, places, organisations, times and amounts",
	.synopsis = "[FILE...]",
	.opts = opts,
	.set = set,
	.start = start,
	.page = page,
	.jobs = true
};

int
main(int argc, char *argv[])
{
	static struct ent_options options = { .labels = ~0U };

	return bs_main(argc, argv, &filter, &options);
}
