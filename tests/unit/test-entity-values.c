/*
 * Values of times, amounts, addresses and works: every case of
 * tests/tag-entities/values.cases, as TAP.
 *
 * A case is text TAB reference date or - TAB label TAB surface TAB attributes;
 * `-` as label says that nothing but names may be found in the text. The
 * surface must be what the span's code points slice out of the text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../filters/tag-entities/tag.h"

static struct lexicon lex;
static unsigned long tests, failed;

static void
load(void)
{
	size_t i;

	lex_init(&lex);
	for (i = 0; lex_tables[i]; i++) {
		char path[128];

		snprintf(path, sizeof(path), "./share/gazetteers/%s", lex_tables[i]);
		if (lex_add(&lex, lex_tables[i], bs_map(path)) != 0)
			bs_die(BS_BROKEN, "%s does not load", path);
	}
	lex_seal(&lex);
}

/* The slice [b, e) of s by code points, counted here and not by the tagger. */
static struct bs_str
slice(struct bs_str s, uint32_t b, uint32_t e)
{
	const char *p = s.p, *end = s.p + s.n, *from;
	uint32_t i = 0;

	for (; i < b && p < end; i++)
		bs_utf8_get(&p, end);
	for (from = p; i < e && p < end; i++)
		bs_utf8_get(&p, end);
	return (struct bs_str){ from, (size_t)(p - from) };
}

static bool
is_name(enum ent_label label)
{
	return label == ENT_PER || label == ENT_LOC || label == ENT_ORG || label == ENT_TITLE;
}

static void
report(bool ok, unsigned long line, struct bs_str text, struct bs_str want, const struct ent_spans *spans)
{
	size_t i;

	printf("%sok %lu - line %lu: %.*s\n", ok ? "" : "not ", ++tests, line, (int)text.n, text.p);
	if (ok)
		return;
	failed++;
	printf("# wanted %.*s\n", (int)want.n, want.p);
	for (i = 0; i < spans->n; i++) {
		const struct ent_span *s = &spans->v[i];
		struct bs_str surface = slice(text, s->b, s->e);

		printf("# found %s\t%.*s\t%.*s\n", ent_label_name(s->label), (int)surface.n, surface.p, (int)s->attrs.n, s->attrs.p);
	}
}

static bool
found(const struct ent_spans *spans, struct bs_str text, struct bs_str label, struct bs_str surface, struct bs_str attrs)
{
	size_t i;

	for (i = 0; i < spans->n; i++) {
		const struct ent_span *s = &spans->v[i];

		if (bs_is(label, "-") && !is_name(s->label))
			return false;
		if (bs_is(label, ent_label_name(s->label)) && bs_eq(slice(text, s->b, s->e), surface) && bs_eq(s->attrs, attrs))
			return true;
	}
	return bs_is(label, "-");
}

static void
one(struct bs_str line, unsigned long lineno)
{
	struct bs_str text = bs_field(&line, '\t'), day = bs_field(&line, '\t'), want = line;
	struct bs_str label = bs_field(&line, '\t'), surface = bs_field(&line, '\t');
	struct ent_date ref = { 0, 0, 0 };
	struct ent_known known = { .n = 0 };
	struct ent_spans spans = { NULL, 0, 0, NULL };
	struct bs_mem mem = { NULL };

	if (!bs_is(day, "-") && !ent_date_parse(day, &ref))
		bs_die(BS_BROKEN, "line %lu: bad date", lineno);
	ent_tag(&lex, NULL, &mem, &mem, text, ref, &known, ~0U, &spans);
	report(found(&spans, text, label, surface, line), lineno, text, want, &spans);
	ent_spans_free(&spans);
	free(known.v);
	bs_mem_free(&mem);
}

int
main(void)
{
	struct bs_str rest = bs_map("./tests/tag-entities/values.cases"), line;
	unsigned long lineno = 0;

	load();
	while (bs_table_next(&rest, &line, &lineno))
		one(line, lineno);
	printf("1..%lu\n", tests);
	lex_free(&lex);
	return failed != 0;
}
