/* split-articles - paragraphs to articles: masthead, headings, bylines, bodies. */
#include "articles.h"

struct split {
	struct eye eye;
	struct masthead_rules *masthead;
	struct weights weights;
	struct extras extras;
	const char *rules, *roles;
};

static const struct bs_opt options[] = {
	{"rules", 'r', "FILE", "masthead rules of your own, tried first"},
	{"roles", 0, "FILE", "words of bylines of your own"},
	{"explain", 'x', NULL, "print for each block the roles considered instead of the stream"},
	{0},
};

static void explain(struct bs_page *page, struct bs_out *out, void *ctx);
static void split(struct bs_page *page, void *ctx);
static void start(void *ctx);
static void set(size_t index, const char *arg, void *ctx);

static struct bs_filter filter = {
	.name = "split-articles",
	.about = "Splits a newspaper page into its articles and names their parts.",
	.opts = options,
	.set = set,
	.start = start,
	.page = split,
	.changes_text = true,
	.jobs = true,
};

static void
set(size_t index, const char *arg, void *ctx)
{
	struct split *s = ctx;

	switch (index) {
	case 0: s->rules = arg; break;
	case 1: s->roles = arg; break;
	default:
		filter.page = NULL;
		filter.write = explain;
	}
}

static void
make_gates(struct split *s)
{
	const struct bs_rules *rules[ASKED_COUNT] = {
	    [ASKED_KINDS] = s->eye.kinds, [ASKED_DATELINES] = s->eye.datelines, [ASKED_PARTS] = s->eye.parts,
	    [ASKED_NOTICES] = s->eye.notices, [ASKED_OPENINGS] = s->eye.openings, [ASKED_CREDITS] = s->extras.credits[C_DATELINE]};

	s->eye.frames = bs_frames_new();
	for (size_t i = 0; i < ASKED_COUNT; i++)
		bs_frames_add(s->eye.frames, rules[i]);
	s->eye.gate = bs_gate_new(0, BS_GATE_GROUPS);
	bs_gate_add(s->eye.gate, s->eye.kinds);
	bs_gate_add(s->eye.gate, s->extras.credits[C_DATELINE]);
	bs_gate_add(s->eye.gate, s->eye.openings);
	bs_gate_add(s->eye.gate, s->eye.kinds);
	s->eye.titles = bs_gate_new(8 * BS_GATE_GROUPS, 1);
	bs_gate_add(s->eye.titles, s->eye.notices);
}

static void
start(void *ctx)
{
	struct split *s = ctx;

	s->eye.kinds = bs_rules_load("rules/blocks.rules");
	s->eye.datelines = bs_rules_load("rules/datelines.rules");
	s->eye.roles = roles_load();
	s->eye.names = names_load();
	s->eye.topic = topic_new();
	s->masthead = masthead_load();
	extras_load(&s->extras, &s->eye);
	make_gates(s);
	weights_read(&s->weights, bs_share_map("rules/roles.weights"), "roles.weights");
	if (s->rules)
		masthead_add(s->masthead, bs_map(s->rules), s->rules);
	if (s->roles)
		roles_add(s->eye.roles, bs_map(s->roles));
}

/* A page that was split before passes as it is. */
static bool
is_split(const struct bs_page *page)
{
	for (size_t i = 0; i < page->recs.n; i++)
		if (page->recs.v[i].kind == BS_ARTICLE || page->recs.v[i].kind == BS_MASTHEAD)
			return true;
	return false;
}

static void
split(struct bs_page *page, void *ctx)
{
	struct split *s = ctx;
	struct block *b;
	enum role *role;
	size_t n;

	if (is_split(page))
		return;
	n = blocks_of(&s->eye, page, &b);
	role = bs_get(page->mem, (n + 1) * sizeof *role);
	roles_decode(page->mem, &s->weights, b, n, role);
	roles_part_signed(b, n, role);
	articles_make(page, s->masthead, &s->extras, b, role, n);
}

/* One line a block: its id, what won, every role with its own score, what was
 * seen, and the text. */
static void
explain(struct bs_page *page, struct bs_out *out, void *ctx)
{
	struct split *s = ctx;
	struct block *b;
	size_t n = blocks_of(&s->eye, page, &b);
	enum role *role = bs_get(page->mem, (n + 1) * sizeof *role);

	roles_decode(page->mem, &s->weights, b, n, role);
	roles_part_signed(b, n, role);
	for (size_t i = 0; i < n; i++) {
		const struct bs_rec *r = &page->recs.v[b[i].rec];
		bs_putstr(&out->buf, bs_fmt(page->mem, "%.*s\t%s\t", (int)r->id.n, r->id.p, role_names[role[i]]));
		for (int r = 0; r < R_COUNT; r++)
			bs_putstr(&out->buf, bs_fmt(page->mem, "%s%s=%.1f", r ? " " : "", role_names[r],
			    (double)role_score(&s->weights, &b[i], (enum role)r)));
		bs_putch(&out->buf, '\t');
		for (int f = 1; f < F_COUNT; f++)
			if (b[i].features >> f & 1)
				bs_putstr(&out->buf, bs_fmt(page->mem, "%s ", feature_names[f]));
		bs_putch(&out->buf, '\t');
		bs_put_escaped(&out->buf, b[i].text);
		bs_putch(&out->buf, '\n');
	}
}

int
main(int argc, char *argv[])
{
	struct split ctx = {0};

	return bs_main(argc, argv, &filter, &ctx);
}
