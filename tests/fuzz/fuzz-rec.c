/* Records: what was decoded is encoded as it was, and malformed lines pass byte for byte. */
#include "fuzz.h"

static void
attributes(struct bs_mem *mem, struct bs_rec *rec)
{
	struct bs_str value;

	bs_attr(mem, rec, "lines", &value);
	bs_set_attr(mem, rec, "zz", BS_S("a b\\c\td"));
	HOLDS(bs_attr(mem, rec, "zz", &value) && bs_is(value, "a b\\c\td"));
	bs_set_attr(mem, rec, "zz", BS_S(""));
	HOLDS(bs_attr(mem, rec, "zz", &value) && value.n == 0);
}

static void
line(struct bs_mem *mem, const char *p, size_t n)
{
	char *copy = malloc(n ? n : 1);
	struct bs_rec rec;
	struct bs_buf out = {0};

	memcpy(copy, p, n);
	const char *why = bs_rec_decode(copy, n, &rec);
	bs_rec_encode(&out, &rec);
	HOLDS(out.n && out.p[out.n - 1] == '\n');
	/* Escapes, and "-" for no attributes, are the only way to write a record. */
	if (why || rec.kind == BS_OTHER || (rec.attrs.n && memchr(p, '\r', n) == NULL))
		HOLDS(out.n == n + 1 && memcmp(out.p, p, n) == 0);
	if (rec.kind != BS_OTHER)
		attributes(mem, &rec);
	bs_buf_free(&out);
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct bs_mem mem = {0};
	struct bs_buf b = {0};
	struct bs_str s = as_text(&b, p, n);

	while (s.n) {
		const char *nl = memchr(s.p, '\n', s.n);
		size_t k = nl ? (size_t)(nl - s.p) : s.n;
		line(&mem, s.p, k);
		s.p += k + (nl != NULL);
		s.n -= k + (nl != NULL);
	}
	bs_mem_free(&mem);
	bs_buf_free(&b);
	return 0;
}
