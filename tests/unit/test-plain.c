/* The short cut at blanks inside boxes: walk_is_plain against walk_at_space, on the pages of
 * examples/ and on random boxes. */
#include "../../filters/dehyphenate/walk.h"
#include "tap.h"

#include <stdlib.h>

static unsigned plain, wrong;

static bool
check_plain(const struct walk *w, size_t i)
{
	if (!walk_is_plain(w, i))
		return false;
	plain++;
	wrong += walk_at_space(w, i) != BRK_JOIN;
	return false; /* all is asked, so that what is known of a record is what it would be anyway */
}
#define walk_is_plain check_plain
#include "../../filters/dehyphenate/breaks.c"

#include <glob.h>

static struct bs_mem mem;
static struct breaks rules;

static void
decide_page(struct bs_str text)
{
	static struct pieces ps;
	struct bs_page page = {.mem = &mem};
	bool tail;

	bs_page_from_text(&page, text, BS_S("1"));
	pieces_of(&ps, &page);
	pieces_measure(&ps);
	enum brk *out = bs_malloc((ps.n + 1) * sizeof *out);
	breaks_decide(&rules, &ps, out, &tail);
	free(out);
	free(page.recs.v);
	bs_mem_reset(&mem);
}

static void
examples(void)
{
	glob_t files;

	plain = wrong = 0;
	if (glob("examples/*.txt", 0, NULL, &files) == 0)
		for (size_t i = 0; i < files.gl_pathc; i++) {
			struct bs_str text = bs_map(files.gl_pathv[i]);
			if (bs_utf8_valid(text.p, text.n) == text.n)
				decide_page(text);
		}
	globfree(&files);
	ok(plain > 100 && wrong == 0, "%u blanks of the examples were plain, %u of them are no joins", plain, wrong);
}

/* A page of boxes; what stands between blanks is mostly as wide as a column. */
static void
random_boxes(void)
{
	static const char *const units[] = {"湾", "渡", "口", "的", "人", "船", "春", "天", "河", "水", "2", "0", "31年", "3月", "4日", "，", "。", "、", "“", "”",
	    "（", "）", "：", "摄", "新华社", "发", "□", "本报记者", "星期", "A ", "river ", "《", "》", "；", "！"};
	struct bs_buf b = {0};

	for (unsigned boxes = 3 + draw(12); boxes > 0; boxes--) {
		unsigned width = 12 + draw(14), odd = 10 + draw(25);
		for (unsigned lines = 1 + draw(9); lines > 0; lines--) {
			unsigned n = draw(4) ? width - draw(3) : 1 + draw(width);
			for (unsigned k = 0; k < n; k++)
				bs_puts(&b, units[draw(3) ? draw(10) : draw(odd)]);
			bs_puts(&b, lines > 1 ? " " : "\n\n");
		}
	}
	decide_page((struct bs_str){b.p, b.n});
	bs_buf_free(&b);
}

int
main(void)
{
	const char *why;

	bs_begin("test-plain");
	setenv("BROADSHEET_SHARE", "share", 1);
	breaks_load(&rules);
	rules.chars = chars_open(bs_map("share/models/zh-chars.bin"), &why);
	examples();
	plain = wrong = 0;
	for (int pages = 0; pages < 3000; pages++)
		random_boxes();
	ok(plain > 10000 && wrong == 0, "%u blanks of random boxes were plain, %u of them are no joins", plain, wrong);
	bs_mem_free(&mem);
	return tap_end();
}
