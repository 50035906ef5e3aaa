/* Every rule of share/rules/furniture.rules on lines that have to go and lines that have to stay. */
#include "../../filters/denoise/furniture.h"
#include "tap.h"

#include <stdlib.h>

#define RULES "share/rules/furniture.rules"
#define CASES "tests/denoise/rules.cases"

static struct dn_furniture *furniture;

/* The name of the rule that took out all lines of the page, "" if none went. */
static struct bs_str
taken_by(struct bs_page *page)
{
	struct bs_str rule = BS_S("");
	size_t i, gone = 0, lines = 0;

	dn_furniture(page, furniture, NULL);
	for (i = 0; i < page->recs.n; i++) {
		const struct bs_rec *rec = &page->recs.v[i];
		lines += rec->kind == BS_LINE || rec->kind == BS_NOISE || rec->kind == BS_JUMP;
		if (rec->kind != BS_NOISE && rec->kind != BS_JUMP)
			continue;
		gone++;
		bs_attr(page->mem, rec, "rule", &rule);
	}
	return gone == 0 || gone == lines ? rule : BS_S("only some lines");
}

static void
check(struct bs_str want, struct bs_str text)
{
	static struct bs_mem mem;
	struct bs_page page = {.mem = &mem};
	struct bs_str lines = bs_keep(&mem, text), got;
	size_t i;

	for (i = 0; i < lines.n; i++)
		if (lines.p[i] == '|' && lines.n > 1)
			((char *)(uintptr_t)lines.p)[i] = '\n';
	bs_page_from_text(&page, lines, BS_S("1"));
	got = taken_by(&page);
	ok(bs_eq(got, want), "%.*s %.*s", (int)(want.n ? want.n : 4), want.n ? want.p : "stay", (int)text.n, text.p);
	if (!bs_eq(got, want))
		printf("#   got: %.*s\n", (int)got.n, got.p);
	free(page.recs.v);
	bs_mem_reset(&mem);
}

int
main(void)
{
	struct bs_str file = bs_map(CASES), line;
	unsigned long lineno = 0;

	furniture = dn_furniture_new(bs_map(RULES), RULES);
	while (bs_table_next(&file, &line, &lineno)) {
		struct bs_str what = bs_field(&line, '\t');
		bool stays = what.p[0] == '=';
		what.p += 2 - stays;
		what.n -= 2 - stays;
		check(stays ? BS_S("") : what, line);
	}
	dn_furniture_free(furniture);
	return tap_end();
}
