/* denoise.c - repairs characters, punctuation and spacing, takes out furniture. */
#include "chars.h"
#include "furniture.h"
#include "litter.h"
#include "mojibake.h"
#include "punct.h"
#include "repeats.h"
#include "scan.h"
#include "spacing.h"

#include <stdlib.h>

struct seen;

struct denoise {
	bool keep_punctuation;
	const char *user_rules, *rejects_path;
	struct dn_chars *chars;
	struct dn_furniture *furniture;
	struct bs_rules *heads; /* loaded when a page first needs them */
	struct bs_out *rejects;
	/* for the page at hand, with room for all its records */
	size_t cap;
	struct dn_piece *piece;
	size_t *place; /* which records the pieces are; before there are any, what may be litter */
	size_t *head;  /* records that may be running heads */
	struct seen *seen; /* what the scans found, in order */
	size_t pieces, heads_n, seens;
};

struct seen {
	struct bs_str text;
	struct scan scan;
};

static const struct bs_opt opts[] = {
	{"keep-punctuation", 'k', NULL, "leave ASCII punctuation in Chinese text as it is"},
	{"rules", 'r', "FILE", "more rules for furniture, tried before the built-in ones"},
	{"rejects", 'o', "FILE", "list what was taken out: place, rule, text"},
	{0},
};

static void
set(size_t index, const char *arg, void *ctx)
{
	struct denoise *d = ctx;

	switch (index) {
	case 0: d->keep_punctuation = true; break;
	case 1: d->user_rules = arg; break;
	case 2: d->rejects_path = arg; break;
	}
}

static void
start(void *ctx)
{
	struct denoise *d = ctx;
	char *path = bs_share_path("rules/characters.txt");

	d->chars = dn_chars_load(bs_map(path), path);
	free(path);
	d->furniture = dn_furniture_load(d->user_rules);
	if (d->rejects_path)
		d->rejects = bs_out_open(d->rejects_path);
}

static void
reserve(struct denoise *d, size_t records)
{
	if (records <= d->cap)
		return;
	d->cap = 2 * records;
	d->piece = bs_realloc(d->piece, d->cap * sizeof *d->piece);
	d->place = bs_realloc(d->place, d->cap * sizeof *d->place);
	d->head = bs_realloc(d->head, d->cap * sizeof *d->head);
	d->seen = bs_realloc(d->seen, d->cap * sizeof *d->seen);
}

static void
add_piece(struct denoise *d, struct bs_str text, size_t place, bool first, const struct scan *s)
{
	d->place[d->pieces] = place;
	d->piece[d->pieces++] = (struct dn_piece){.text = text, .first = first, .folded = s->marks || s->others || s->dots, .wide = s->wide,
	    .hangul = s->hangul, .dense = s->chars - s->blanks};
}

static bool
is_text(const struct bs_rec *rec)
{
	return rec->kind == BS_LINE || rec->kind == BS_PARAGRAPH;
}

/* The text with its characters and spacing repaired; its scan is kept up to date. */
static struct bs_str
repair(struct bs_mem *mem, const struct denoise *d, struct bs_str text, struct scan *scan)
{
	if (scan->odd) {
		text = dn_chars(mem, d->chars, text);
		dn_look(text, scan);
	}
	if (scan->blanks && scan->wide > 2 && 2 * scan->blanks + 1 >= scan->chars) {
		text = dn_spacing(mem, text);
		dn_look(text, scan);
	}
	return text;
}

/* The scan of a text that may have been seen, at or after *i of those seen; else a
 * new one in *own: a line that lost a jump is new. */
static const struct scan *
recall(const struct denoise *d, struct bs_str text, size_t *i, struct scan *own)
{
	size_t k;

	for (k = *i; k < d->seens && k < *i + 64; k++)
		if (d->seen[k].text.p == text.p && d->seen[k].text.n == text.n) {
			*i = k + 1;
			return &d->seen[k].scan;
		}
	dn_look(text, own);
	return own;
}

/* Full-width marks of lines that were taken out. */
static size_t
full_gone(const struct bs_page *page)
{
	size_t i, full = 0;

	for (i = 0; i < page->recs.n; i++)
		if (page->recs.v[i].kind == BS_NOISE || page->recs.v[i].kind == BS_JUMP)
			full += dn_scan(page->recs.v[i].text).full;
	return full;
}

static void
punctuation(struct bs_page *page, struct denoise *d)
{
	size_t i, next = 0, full = 0;
	bool first = true;

	reserve(d, page->recs.n);
	d->pieces = 0;
	for (i = 0; i < page->recs.n; i++) {
		const struct bs_rec *rec = &page->recs.v[i];
		struct scan own;
		const struct scan *s;
		if (!is_text(rec) || dn_is_flawed(rec))
			continue;
		s = recall(d, rec->text, &next, &own);
		if (s->chars == s->blanks) {
			first = true;
			continue;
		}
		first |= rec->kind == BS_PARAGRAPH;
		add_piece(d, rec->text, i, first, s);
		first = rec->kind == BS_PARAGRAPH;
		full += s->full;
	}
	dn_punct(page->mem, d->piece, d->pieces, full);
	for (i = 0; i < d->pieces; i++)
		page->recs.v[d->place[i]].text = d->piece[i].text;
}

static void
do_page(struct bs_page *page, void *ctx)
{
	struct denoise *d = ctx;
	size_t i, marks = 0, others = 0, full = 0, wide = 0, chars = 0;
	bool told = false;

	reserve(d, page->recs.n);
	d->seens = d->heads_n = d->pieces = 0;
	for (i = 0; i < page->recs.n; i++) {
		struct bs_rec *rec = &page->recs.v[i];
		struct seen *seen = &d->seen[d->seens];
		struct bs_str text;
		if (!is_text(rec) || dn_is_flawed(rec))
			continue;
		dn_look(rec->text, &seen->scan);
		if (dn_may_be_misread(rec->text, &seen->scan)) {
			if (!dn_mojibake(page, i, &told))
				continue;
			dn_look(rec->text, &seen->scan);
		}
		d->seens++;
		text = repair(page->mem, d, rec->text, &seen->scan);
		if (text.p != rec->text.p) /* most are as they were */
			rec->text = text;
		seen->text = text;
		if (seen->scan.blanks && dn_may_be_head(rec))
			d->head[d->heads_n++] = i;
		if (dn_may_be_litter(rec, &seen->scan))
			d->place[d->pieces++] = i;
		marks += seen->scan.marks;
		others += seen->scan.others;
		full += seen->scan.full;
		wide += seen->scan.wide;
		chars += seen->scan.chars;
	}
	if (2 * wide > chars)
		dn_litter(page, d->place, d->pieces);
	dn_repeats(page, d->head, d->heads_n, &d->heads);
	dn_furniture(page, d->furniture, d->rejects);
	/* a page with enough full-width marks cannot turn out to be folded */
	if (!d->keep_punctuation && (others || (marks && marks + full_gone(page) > full)))
		punctuation(page, d);
}

static const struct bs_filter denoise = {
	.name = "denoise",
	.about = "repair characters, punctuation and spacing; take out furniture",
	.synopsis = "[FILE...]",
	.opts = opts,
	.set = set,
	.start = start,
	.page = do_page,
	.text_out = true,
	.changes_text = true,
};

int
main(int argc, char *argv[])
{
	struct denoise d = {0};
	int status = bs_main(argc, argv, &denoise, &d);

	if (d.rejects && d.rejects != &bs_stdout)
		bs_out_close(d.rejects);
	dn_chars_free(d.chars);
	dn_furniture_free(d.furniture);
	bs_rules_free(d.heads);
	free(d.piece);
	free(d.place);
	free(d.seen);
	free(d.head);
	return status;
}
