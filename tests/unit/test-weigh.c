/* Weighing doubtful borders: what is seen there, and that the shortcut which spares the
 * character model never changes an answer. Pages are drawn. */
#include "../../filters/dehyphenate/weigh.h"
#include "tap.h"

#include <stdlib.h>

static struct bs_mem mem;
static struct breaks rules;

/* Sentences about an invented harbour, as if set anew: in each the clauses are drawn. */
static void
put_sentence(struct bs_buf *b)
{
	static const char *const clauses[] = {"新渡口的栈桥今年春天修好", "村里的老船工每天清早来看水位", "孩子们在岸边数白鹭", "他说",
	    "“水退了，路就通”", "镇上拨款十二万元", "而去年只有三条船", "近来雨水多", "渡船停了两天", "大家都盼着天晴", "这条路走了四十年", "目前工程还没有结束"};
	static const char *const ends[] = {"。", "。", "。", "？", "！", "……", "。”", "："};
	unsigned n = 1 + draw(3);

	while (n-- > 0) {
		bs_puts(b, clauses[draw(sizeof clauses / sizeof *clauses)]);
		bs_puts(b, n ? draw(4) ? "，" : "、" : ends[draw(sizeof ends / sizeof *ends)]);
	}
}

/* A page of some paragraphs, their lines so many characters wide, blank lines between
 * the boxes; in a box lines end at `end`. */
static struct bs_str
make_page(unsigned width, const char *end)
{
	struct bs_buf page = {0};

	for (unsigned p = 2 + draw(6); p > 0; p--) {
		struct bs_buf text = {0};
		unsigned at = draw(2) ? 2 : 0, n = 0;
		for (unsigned k = 1 + draw(4); k > 0; k--)
			put_sentence(&text);
		for (const char *c = text.p; c < text.p + text.n; n++) {
			const char *from = c;
			bs_utf8_get(&c, text.p + text.n);
			if (n && (n + at) % width == 0)
				bs_puts(&page, end);
			bs_put(&page, from, (size_t)(c - from));
		}
		bs_puts(&page, draw(3) ? "\n\n" : "\n");
		bs_buf_free(&text);
	}
	struct bs_str s = bs_keep(&mem, (struct bs_str){page.p, page.n});
	bs_buf_free(&page);
	return s;
}

/* What the judge was shown. */
struct court {
	const struct pieces *ps;
	unsigned asked, wrong, turned;
	bool turn; /* says the opposite */
};

/* A bias first, and no column twice. */
static bool
judge(void *ctx, int sort, size_t i, const struct sight *s, bool ends)
{
	struct court *c = ctx;
	bool right = sort >= 0 && sort < BORDER_SORTS && i > 0 && i < c->ps->n && s->n >= 7 && s->n <= MOST_SEEN && s->at[0] == 0;

	for (size_t k = 0; k < s->n; k++)
		for (size_t j = 0; j < k; j++)
			right = right && s->at[j] != s->at[k];
	c->asked++;
	c->wrong += !right;
	c->turned += c->turn;
	return ends != c->turn;
}

/* The decisions for the page, as a string of digits in the arena; `c` may be NULL. */
static struct bs_str
decisions(struct bs_str text, struct court *c)
{
	struct bs_page page = {.mem = &mem};
	struct pieces ps = {0};
	struct breaks b = rules;
	bool tail;

	bs_page_from_text(&page, text, BS_S("1"));
	pieces_of(&ps, &page);
	pieces_measure(&ps);
	if (c) {
		c->ps = &ps;
		b.judge = judge;
		b.judge_ctx = c;
	}
	enum brk *out = bs_malloc((ps.n + 1) * sizeof *out);
	breaks_decide(&b, &ps, out, &tail);
	char *got = bs_get(&mem, ps.n + 1);
	for (size_t i = 0; i < ps.n; i++)
		got[i] = (char)('0' + out[i]);
	struct bs_str s = {got, ps.n};
	free(out);
	pieces_free(&ps);
	free(page.recs.v);
	return s;
}

/* With a judge all is weighed, without one only what may turn the scale. */
static void
shortcut(const char *what, const char *end, bool model)
{
	struct court c = {0};
	const struct chars *chars = rules.chars;
	unsigned pages = 0, other = 0;

	rules.chars = model ? chars : NULL;
	for (; pages < 300; pages++) {
		struct bs_str text = make_page(8 + draw(20), end);
		other += !bs_eq(decisions(text, NULL), decisions(text, &c));
		bs_mem_reset(&mem);
	}
	rules.chars = chars;
	ok(c.asked > 300 && c.wrong == 0, "%s: %u borders were seen (%u wrongly)", what, c.asked, c.wrong);
	ok(other == 0, "%s: %u pages are decided as if all had been weighed (%u not)", what, pages, other);
}

/* The walk goes on with what the judge returns. */
static void
verdict(void)
{
	struct court c = {.turn = true};
	unsigned other = 0;

	for (unsigned pages = 0; pages < 50; pages++) {
		struct bs_str text = make_page(14, "\n");
		other += !bs_eq(decisions(text, NULL), decisions(text, &c));
		bs_mem_reset(&mem);
	}
	ok(other > 0 && c.turned > 0, "a judge who says the opposite is heard (%u pages)", other);
}

int
main(void)
{
	const char *why;

	bs_begin("test-weigh");
	setenv("BROADSHEET_SHARE", "share", 1);
	breaks_load(&rules);
	struct chars *model = chars_open(bs_map("share/models/zh-chars.bin"), &why);
	rules.chars = model;
	shortcut("lines", "\n", true);
	shortcut("boxes", " ", true);
	shortcut("lines without a model", "\n", false);
	verdict();
	chars_close(model);
	bs_mem_free(&mem);
	return tap_end();
}
