/* paper.c - what a page says about itself: source, masthead, editors. */
#include "article.h"

/* Where the value of a meta key goes; NULL for keys that are not known. */
static struct bs_str *
place_of(struct paper *paper, struct bs_str key)
{
	struct { const char *key; struct bs_str *to; } keys[] = {
		{"newspaper", &paper->newspaper}, {"page_label", &paper->page_label},
		{"page_section", &paper->page_section}, {"date", &paper->date},
		{"weekday", &paper->weekday}, {"issue", &paper->issue},
		{"phone", &paper->phone}, {"email", &paper->email}, {"lunar_date", &paper->lunar},
	};

	if (bs_is(key, "editor"))
		return &paper->editors[paper->neditors++];
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (bs_is(key, keys[i].key))
			return keys[i].to;
	return NULL;
}

/* Those who edit: 责任编辑, 责编, 编辑 and their likes, also without a role. Layout,
 * art and proof-reading (版式, 美编, 校对) stay in the stream with their roles. */
static bool
is_editing(struct bs_mem *mem, const struct bs_rec *r)
{
	static const char *const others[] = {"版式", "版式设计", "版面设计", "美编", "美术编辑", "视觉", "校对", "责校", "组版",
	    "美編", "美術編輯", "校對", "版面設計", NULL};
	struct bs_str role;

	if (!bs_attr(mem, r, "role", &role))
		return true;
	for (size_t i = 0; others[i]; i++)
		if (bs_is(role, others[i]))
			return false;
	return true;
}

static void
add_staff(struct paper *paper, struct bs_mem *mem, const struct bs_rec *r, struct bs_str name)
{
	struct author *a = &paper->staff[paper->nstaff++];

	*a = (struct author){.name = one_line(mem, name)};
	if (bs_attr(mem, r, "role", &a->role))
		a->role = one_line(mem, a->role);
}

static void
read_meta(struct paper *paper, struct bs_mem *mem, const struct bs_rec *r)
{
	struct bs_str key, value, flaw, *to;

	if (!bs_attr(mem, r, "key", &key))
		return;
	if (!bs_attr(mem, r, "value", &value) || value.n == 0)
		value = r->text;
	if (bs_attr(mem, r, "flaw", &flaw) && flaw.n) {
		flaw = bs_fmt(mem, "%.*s-%.*s", (int)key.n, key.p, (int)flaw.n, flaw.p);
		paper->flaws[paper->nflaws++] = one_line(mem, flaw);
	}
	if (bs_is(key, "editor") && value.n)
		add_staff(paper, mem, r, value);
	if (bs_is(key, "editor") && !is_editing(mem, r))
		return;
	/* The first of several wins: it stands nearest to the top of the page. */
	if (value.n && (to = place_of(paper, key)) != NULL && to->n == 0)
		*to = one_line(mem, value);
}

void
paper_read(struct paper *paper, const struct bs_page *page)
{
	struct bs_mem *mem = page->mem;
	struct bs_str flaw;
	size_t metas = 0;

	*paper = (struct paper){.page = page->id};
	for (size_t i = 0; i < page->recs.n; i++)
		metas += page->recs.v[i].kind == BS_META;
	paper->editors = bs_get(mem, metas * sizeof *paper->editors);
	paper->staff = bs_get(mem, metas * sizeof *paper->staff);
	paper->flaws = bs_get(mem, (metas + 1) * sizeof *paper->flaws);
	for (size_t i = 0; i < metas; i++)
		paper->editors[i] = (struct bs_str){0};
	for (size_t i = 0; i < page->recs.n; i++) {
		const struct bs_rec *r = &page->recs.v[i];
		if (r->kind == BS_META)
			read_meta(paper, mem, r);
		if (r->kind != BS_PAGE)
			continue;
		if (paper->nflaws == 0 && bs_attr(mem, r, "flaw", &flaw) && flaw.n)
			paper->flaws[paper->nflaws++] = one_line(mem, flaw);
		bs_attr(mem, r, "src", &paper->file);
		bs_attr(mem, r, "encoding", &paper->encoding);
	}
}
