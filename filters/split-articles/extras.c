/* extras.c - kinds of pieces, parts of series, names outside the byline. */
#include "extras.h"

#define HEAD 300 /* bytes of a paragraph that rules look at */

static const char *const places[C_COUNT] = {"dateline", "end", "caption"};

/* Each place has a rule set of its own, in which the first rule that matches wins. */
static void
load_credits(struct extras *x, struct bs_str file, const char *path)
{
	struct bs_str line;
	unsigned long no = 0;

	for (int i = 0; i < C_COUNT; i++)
		x->credits[i] = bs_rules_new();
	while (bs_table_next(&file, &line, &no)) {
		struct bs_str rest = line, name = bs_field(&rest, ' ');
		int i = 0;
		while (i < C_COUNT && !bs_starts(name, places[i]))
			i++;
		if (i == C_COUNT)
			bs_die(BS_USAGE, "%s:%lu: no such place: %.*s", path, no, (int)(name.n > 40 ? 40 : name.n), name.p);
		bs_rules_add(x->credits[i], line, path);
	}
}

/* Rules that match whole titles, and those that are searched for in paragraphs. */
static void
load_kinds(struct eye *eye, struct bs_str file, const char *path)
{
	struct bs_str line;
	unsigned long no = 0;

	eye->notices = bs_rules_new();
	eye->openings = bs_rules_new();
	while (bs_table_next(&file, &line, &no)) {
		struct bs_str rest = line;
		bs_rules_add(bs_ends(bs_field(&rest, ' '), "?") ? eye->openings : eye->notices, line, path);
	}
}

void
extras_load(struct extras *x, struct eye *eye)
{
	load_kinds(eye, bs_share_map("rules/kinds.rules"), "kinds.rules");
	x->eye = eye;
	eye->parts = bs_rules_load("rules/parts.rules");
	load_credits(x, bs_share_map("rules/credits.rules"), "credits.rules");
}

const char *
extras_kind(const struct extras *x, const struct block *b)
{
	struct bs_match m;

	return bs_rules_match_framed(x->eye->openings, b->may[ASKED_OPENINGS], bs_cut(b->text, HEAD), &b->look, &m) ? m.rule : NULL;
}

struct bs_str
extras_part(const struct extras *x, const struct block *b)
{
	struct bs_match m;

	if (b->text.n > HEAD || !bs_rules_match_framed(x->eye->parts, b->may[ASKED_PARTS], b->text, &b->look, &m))
		return (struct bs_str){0};
	return bs_match_named(x->eye->parts, &m, "v");
}

/* Names without a role are believed only where they can be nothing else. */
static bool
is_credit(enum credit_place place, int sure)
{
	return sure >= 2 || (sure == 1 && place != C_DATELINE);
}

static void
put_credits(const struct extras *x, struct bs_mem *mem, struct bs_recs *out, struct bs_str id, enum credit_place place, struct bs_str who,
    enum credit_use use)
{
	struct author list[BYLINE_MAX];
	size_t n = 0;
	int sure = byline_read(mem, x->eye->roles, x->eye->names, bs_trim(who), list, &n);

	for (size_t i = 0; i < n && is_credit(place, sure); i++) {
		struct bs_buf *attrs = bs_scratch();
		if (list[i].role.n)
			bs_put_attr(attrs, "role", list[i].role);
		if (place != C_END || use != FOR_UNSIGNED)
			bs_put_attr(attrs, "in", bs_str(places[place]));
		bs_add(out, BS_AUTHOR, id, bs_keep(mem, (struct bs_str){attrs->p, attrs->n}), list[i].name);
	}
}

static void
put_found(const struct extras *x, struct bs_mem *mem, struct bs_recs *out, struct bs_str id, enum credit_place place, const struct bs_match *m,
    enum credit_use use)
{
	put_credits(x, mem, out, id, place, bs_match_named(x->credits[place], m, "who"), use);
}

/* From a character on, at most HEAD bytes. */
static struct bs_str
tail_of(struct bs_str s)
{
	const char *p = s.p + (s.n > HEAD ? s.n - HEAD : 0), *end = s.p + s.n;

	while (p < end && ((unsigned char)*p & 0xc0) == 0x80)
		p++;
	return (struct bs_str){p, (size_t)(end - p)};
}

void
extras_caption(const struct extras *x, struct bs_mem *mem, struct bs_recs *out, struct bs_str id, struct bs_str text)
{
	struct bs_str tail = tail_of(text);
	struct bs_match m;

	if (bs_rules_match(x->credits[C_CAPTION], tail, &m))
		put_found(x, mem, out, id, C_CAPTION, &m, FOR_CAPTION);
}

void
extras_credits(const struct extras *x, struct bs_mem *mem, struct bs_recs *out, struct bs_str id, const struct block *b, enum credit_use use)
{
	struct bs_str text = b->text;
	uint32_t last = bs_last(text);
	size_t before = out->n;
	struct bs_match m;

	if ((text.n > HEAD || bs_first(text) != 0xff08 || last != 0xff09) && /* but （记者 张三） is all of it */
	    bs_rules_match_framed(x->credits[C_DATELINE], b->may[ASKED_CREDITS], bs_cut(text, HEAD), &b->look, &m))
		put_found(x, mem, out, id, C_DATELINE, &m, use);
	if (out->n == before && (last == 0xff09 || last == ')') && /* most have no bracket there */
	    bs_rules_match_seen(x->credits[C_END], tail_of(text), &b->look, &m))
		put_found(x, mem, out, id, C_END, &m, use);
}
