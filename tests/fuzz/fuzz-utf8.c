/* Strict UTF-8: what is let through is well-formed, and walking it forth and back agrees. */
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct bs_buf b = {0};
	struct bs_str s = as_text(&b, p, n);
	const char *at = s.p, *end = s.p + s.n;
	size_t count = 0;

	HOLDS(bs_utf8_valid((const char *)p, n) <= n);
	HOLDS(bs_utf8_valid(s.p, s.n) == s.n);
	while (at < end) {
		char again[4];
		const char *from = at, *back;
		uint32_t c = bs_utf8_get(&at, end);
		HOLDS(c <= 0x10ffff && (c < 0xd800 || c > 0xdfff));
		HOLDS(bs_utf8_put(again, c) == (size_t)(at - from) && memcmp(again, from, (size_t)(at - from)) == 0);
		back = at;
		HOLDS(bs_utf8_back(&back, s.p) == c && back == from);
		HOLDS(bs_width(c, true) <= 2);
		count++;
	}
	HOLDS(count == bs_utf8_count(s));
	bs_trim(s);
	bs_buf_free(&b);
	return 0;
}
