/* join.h - pieces and decisions put together into paragraph records. */
#ifndef JOIN_H
#define JOIN_H

#include "breaks.h"
#include "hyphen.h"

/* Memory that is used page after page. Zero-initialise it. */
struct joiner {
	const struct bs_page *page;
	struct bs_recs out;
	struct evidence ev;
	char *text;               /* of the paragraph so far, n bytes */
	size_t n;
	char *room;               /* for what comes next, in the page's memory */
	size_t left;
	struct bs_buf attrs, list;
	size_t rec, nth;          /* record in which a paragraph started last, and its number there */
};

/* Replaces the `line` records of page by `paragraph` records, ps->v[i] preceded
 * by what brk[i] says. Records that stood in the middle of a paragraph come
 * after it. tail_cut marks the last paragraph as truncated. */
void join_pieces(struct joiner *j, struct bs_page *page, const struct pieces *ps, const enum brk *brk, bool tail_cut);

/* Appends the same paragraphs to out as text alone, one a line, a blank line between. */
void join_text(struct joiner *j, const struct bs_page *page, const struct pieces *ps, const enum brk *brk, struct bs_buf *out);

#endif
