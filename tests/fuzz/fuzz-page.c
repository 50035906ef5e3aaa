/* Pages: text to lines to text gives the text; records to a page to records gives the records. */
#include "fuzz.h"

static void
text(struct bs_str s)
{
	struct bs_mem mem = {0};
	struct bs_page page = {.mem = &mem};
	struct bs_buf out = {0};

	bs_page_from_text(&page, s, BS_S("1"));
	bs_put_text(&out, &page);
	if (s.n && memchr(s.p, '\r', s.n) == NULL)
		HOLDS(out.n == s.n + (s.p[s.n - 1] != '\n') && memcmp(out.p, s.p, s.n) == 0);
	bs_buf_free(&out);
	free(page.recs.v);
	bs_mem_free(&mem);
}

static void
stream(struct bs_str s)
{
	struct bs_mem mem = {0};
	struct bs_page page = {.mem = &mem}, again = {.mem = &mem};
	struct bs_buf once = {0}, twice = {0}, copy = {0};

	bs_putstr(&copy, s);
	bs_page_from_stream(&page, copy.p, copy.n);
	bs_put_stream(&once, &page);
	copy.n = 0;
	bs_put(&copy, once.p, once.n);
	HOLDS(once.n >= s.n);
	bs_page_from_stream(&again, copy.p, copy.n);
	bs_put_stream(&twice, &again);
	HOLDS(once.n == twice.n && (once.n == 0 || memcmp(once.p, twice.p, once.n) == 0));
	bs_buf_free(&once);
	bs_buf_free(&twice);
	bs_buf_free(&copy);
	free(page.recs.v);
	free(again.recs.v);
	bs_mem_free(&mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct bs_buf b = {0};
	struct bs_str s = as_text(&b, p, n);

	text(s);
	stream(s);
	bs_buf_free(&b);
	return 0;
}
