/* Looking words up in a text, and the first characters of a list of them. */
#include "../../filters/tag-entities/entity.h"
#include "tap.h"

static const struct feast { const char *word; int day; } rows[] = { { "春节", 1 }, { "US$", 2 }, { "中秋", 3 }, { "😀好", 4 }, { NULL, 0 } };
static const char *const words[] = { "超过", "超", "至少", NULL };

static void
firsts(void)
{
	static struct ent_firsts of_words = ENT_FIRSTS(words), of_rows = ENT_FIRSTS(rows);
	unsigned through = 0;

	ok(ent_may_begin(&of_words, U'超') && ent_may_begin(&of_words, U'至'), "first characters of words");
	ok(!ent_may_begin(&of_words, U'过') && !ent_may_begin(&of_words, 0), "no other characters of the words, nor the end of the text");
	ok(ent_may_begin(&of_rows, U'春') && ent_may_begin(&of_rows, 'U') && ent_may_begin(&of_rows, U'中') && ent_may_begin(&of_rows, 0x1F600),
	    "first characters of rows, in any length of UTF-8");
	for (uint32_t c = 0x4E00; c < 0x9FA6; c++)
		through += ent_may_begin(&of_words, c);
	ok(through < 200, "of all 20,902 Han characters few are let by (%u)", through);
}

static void
longest(void)
{
	struct bs_mem mem = { NULL };
	struct ent_text t;
	uint32_t len = 0;

	ent_text_read(&t, &mem, BS_S("不超过3人，至少"), NULL);
	ok(ent_pick(&t, 1, words, &len) == 0 && len == 2, "the longest word of the list is picked");
	ok(ent_pick(&t, 2, words, &len) == -1, "none is picked amid a word");
	ok(ent_pick_before(&t, t.n, words, &len) == 2 && len == 2, "the word before the end of the text");
	ok(ent_pick(&t, t.n, words, NULL) == -1 && ent_pick(&t, t.n + 9, words, NULL) == -1, "nothing stands past the end");
	bs_mem_free(&mem);
}

int
main(void)
{
	firsts();
	longest();
	return tap_end();
}
