/* mojibake.c - lines of a page that were read in a wrong encoding. */
#include "mojibake.h"

bool
dn_is_flawed(const struct bs_rec *rec)
{
	return rec->attrs.n >= 13 && bs_find(rec->attrs, BS_S("flaw=mojibake")) != SIZE_MAX;
}

static void
remark(const struct bs_page *page, size_t i, struct bs_str text)
{
	bool head = page->plain && page->recs.v[0].kind == BS_PAGE;
	size_t n = text.n < 30 ? text.n : 30;

	while (n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n++;
	bs_flaw(bs_the_door()->strict ? BS_FLAWED : BS_OK, page->file, page->line + i - head, "looks like mojibake, not repaired: %.*s%s",
	    (int)n, text.p, n < text.n ? "…" : "");
}

bool
dn_mojibake(struct bs_page *page, size_t i, bool *told)
{
	static const char *const names[] = {"", "utf8-as-gbk", "utf8-as-latin1", "gbk-as-latin1", "big5-as-latin1"};
	struct bs_rec *rec = &page->recs.v[i];
	enum dn_misread kind = dn_misread(page->mem, rec->text, &rec->text);

	if (kind == DN_MISREAD) {
		bs_set_attr(page->mem, rec, "flaw", BS_S("mojibake"));
		if (!*told)
			remark(page, i, rec->text);
		*told = true;
	} else if (kind != DN_READ_WELL) {
		bs_set_attr(page->mem, rec, "repaired", bs_str(names[kind]));
	}
	return kind != DN_MISREAD;
}
