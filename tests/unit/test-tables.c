/*
 * Every one- and two-byte sequence of each encoding with tables, all four-byte
 * codes of GB18030, and the longer ones of UTF-8, against the hashes in
 * tests/encodings/tables.txt (made by make-tables.py there, which see).
 */
#include "tap.h"

#include <stdlib.h>

#define TABLES "tests/encodings/tables.txt"

static const unsigned char edges[] = "\x00\x0a\x41\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc2\xe0\xed\xf0\xf4\xff";

static uint64_t
fnv(uint64_t h, struct bs_buf *b)
{
	for (size_t i = 0; i < b->n; i++)
		h = (h ^ (unsigned char)b->p[i]) * 0x100000001b3u;
	b->n = 0;
	return h;
}

static void
put_code(struct bs_buf *b, unsigned lead, unsigned two, unsigned three, unsigned four, size_t n)
{
	const char code[4] = {(char)lead, (char)two, (char)three, (char)four};

	bs_put(b, code, n);
	bs_putch(b, '\n');
}

/* The sequences of one part under one lead byte, an LF after each. */
static void
make_text(struct bs_buf *b, bool gb18030, const char *part, unsigned lead)
{
	if (strcmp(part, "line") == 0)
		for (unsigned two = 0; two < 256; two++)
			put_code(b, lead, two, 0, 0, 2);
	else if (strcmp(part, "three") == 0)
		for (unsigned k = 0; k < 65536; k++)
			put_code(b, lead, k >> 8, k & 255, 0, 3);
	else if (gb18030)
		for (unsigned k = 0; k < 12600; k++)
			put_code(b, lead, 0x30 + k / 1260, 0x81 + k / 10 % 126, 0x30 + k % 10, 4);
	else
		for (unsigned k = 0; k < 256 * 17 * 17; k++)
			put_code(b, lead, k / 289, edges[k / 17 % 17], edges[k % 17], 4);
}

static uint64_t
hash_of(const struct bs_enc *enc, const char *part, unsigned lead)
{
	static struct bs_buf text, out;
	uint64_t h = 0xcbf29ce484222325u;
	char code[2] = {(char)lead, 0};

	out.n = text.n = 0;
	if (strcmp(part, "end") != 0) {
		make_text(&text, strcmp(enc->name, "GB18030") == 0, part, lead);
		bs_decode(enc, text.p, text.n, &out, NULL);
		return fnv(h, &out);
	}
	bs_decode(enc, code, 1, &out, NULL);
	for (unsigned two = 0; two < 256; two++) {
		code[1] = (char)two;
		bs_decode(enc, code, 2, &out, NULL);
	}
	return fnv(h, &out);
}

/* One encoding and part: its name, and the lead bytes that came out otherwise. */
struct block {
	char enc[16], part[8], wrong[256 * 3 + 1];
	unsigned leads, not_excused;
};

/* What the tables are of, and what other editions may change. */
struct pin {
	char version[32], other[128];
	bool same, glibc;
};

static void
finish(const struct block *b, const struct pin *pin)
{
	bool tables = strcmp(b->enc, "UTF-8") != 0;

	if (b->leads == 0)
		return;
	if (tables && !pin->glibc)
		ok(true, "%s, %s # SKIP tables are of glibc%s, this is %s", b->enc, b->part, pin->version, bs_iconv_version());
	else if (*b->wrong && b->not_excused == 0)
		ok(true, "%s, %s, but for another edition under%s", b->enc, b->part, b->wrong);
	else if (!ok(*b->wrong == '\0', "%s, %s: %u lead bytes", b->enc, b->part, b->leads))
		printf("#   under%s\n", b->wrong);
}

static void
check(struct block *b, const struct pin *pin, const char *lead, const char *hash)
{
	const struct bs_enc *enc = bs_enc_find(b->enc);
	char key[5];

	b->leads++;
	if (hash_of(enc, b->part, (unsigned)strtoul(lead, NULL, 16)) == strtoull(hash, NULL, 16))
		return;
	snprintf(key, sizeof key, " %.2s", lead);
	strcat(b->wrong, key);
	b->not_excused += pin->same || strcmp(b->enc, "GB18030") != 0 || strstr(pin->other, key) == NULL;
}

static void
read_pin(struct pin *pin, const char *line)
{
	sscanf(line, "# glibc%31[^;]", pin->version);
	sscanf(line, "# other GB18030%127[^\n]", pin->other);
	pin->glibc = strncmp(bs_iconv_version(), "glibc", 5) == 0;
	pin->same = pin->glibc && strcmp(bs_iconv_version() + 5, pin->version) == 0;
}

int
main(void)
{
	static struct block now;
	struct pin pin = {0};
	char line[200], enc[16], part[8], lead[3], hash[17];
	FILE *f = fopen(TABLES, "r");

	bs_begin("test-tables");
	if (!ok(f != NULL, TABLES " is there"))
		return tap_end();
	while (fgets(line, sizeof line, f)) {
		if (*line == '#')
			read_pin(&pin, line);
		if (*line == '#' || sscanf(line, "%15s %7s %2s %16s", enc, part, lead, hash) != 4)
			continue;
		if (strcmp(enc, now.enc) != 0 || strcmp(part, now.part) != 0) {
			finish(&now, &pin);
			now = (struct block){0};
			memcpy(now.enc, enc, sizeof enc);
			memcpy(now.part, part, sizeof part);
		}
		check(&now, &pin, lead, hash);
	}
	finish(&now, &pin);
	fclose(f);
	return tap_end();
}
