/*
 * tag-entities - finds people, places, organisations, times and amounts.
 */
#include <stdlib.h>
#include <string.h>

#include "page.h"

static const struct bs_opt opts[] = {
	{ "date", 'd', "YYYY-MM-DD", "what 今日 and 昨天 count from, where the page has no date" },
	{ "labels", 'l', "LIST", "only these: PER,LOC,ORG,TITLE,WORK,TIME,MONEY,PERCENT,QUANTITY,PHONE,EMAIL,URL" },
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

static void
set(size_t index, const char *arg, void *ctx)
{
	struct ent_options *o = ctx;

	if (index == 0 && !ent_date_parse(bs_str(arg), &o->date))
		bs_die(BS_USAGE, "not a date (YYYY-MM-DD): %s", arg);
	if (index == 1)
		set_labels(o, arg);
}

static void
start(void *ctx)
{
	struct ent_options *o = ctx;
	size_t i;

	lex_init(&o->lex);
	for (i = 0; lex_tables[i]; i++) {
		char name[64] = "gazetteers/", *path;
		unsigned long bad;

		strncat(name, lex_tables[i], sizeof(name) - strlen(name) - 1);
		path = bs_share_path(name);
		bad = lex_add(&o->lex, lex_tables[i], bs_map(path));
		if (bad) {
			bs_flaw(BS_USAGE, path, bad, "not a line of this table");
			exit(bs_end());
		}
		free(path);
	}
	lex_seal(&o->lex);
}

static void
page(struct bs_page *page, void *ctx)
{
	ent_page(page, ctx);
}

int
main(int argc, char *argv[])
{
	static struct ent_options options = { .labels = ~0U };
	static const struct bs_filter filter = {
		.name = "tag-entities",
		.about = "find people, places, organisations, times and amounts",
		.synopsis = "[FILE...]",
		.opts = opts,
		.set = set,
		.start = start,
		.page = page
	};

	return bs_main(argc, argv, &filter, &options);
}
