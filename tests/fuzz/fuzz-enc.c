/* Decoders: any bytes in any encoding become well-formed text. The first byte chooses. */
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static size_t names;
	const char *s = (const char *)p + 1;
	struct bs_buf b = {0};
	size_t first = SIZE_MAX, bad, skip = 0;
	double sure = -1;

	if (n == 0)
		return 0;
	n--;
	while (bs_enc_names()[names])
		names++;
	bad = bs_decode(bs_enc_find(bs_enc_names()[*p % names]), s, n, &b, &first);
	HOLDS(bs_utf8_valid(b.p, b.n) == b.n);
	HOLDS(bad == 0 || (first < b.n && memcmp(b.p + first, "\xef\xbf\xbd", 3) == 0));
	HOLDS(bs_enc_detect(s, n, &sure) != NULL);
	HOLDS(sure >= 0 && sure <= 1);
	HOLDS(bs_enc_bom(s, n, &skip) == NULL || skip <= n);
	bs_buf_free(&b);
	return 0;
}
