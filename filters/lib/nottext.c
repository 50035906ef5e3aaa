/* nottext.c - files that are given in place of the text that is in them. */
#include "door.h"

#include <string.h>

/* How the files begin, by the file(1) database of magic numbers. */
static const struct {
	const char *head;
	size_t n;
	const char *what;
} kinds[] = {
#define KIND(head, what) {head, sizeof(head) - 1, what}
	KIND("%PDF-", "a PDF file: pdftotext -raw takes the text out"),
	KIND("%!PS", "a PostScript file: pstotext or ps2ascii takes the text out"),
	KIND("\x1f\x8b\x08", "compressed: gzip -dc takes the text out"),
	KIND("BZh91AY&SY", "compressed: bzip2 -dc takes the text out"),
	KIND("\xfd" "7zXZ", "compressed: xz -dc takes the text out"),
	KIND("\x28\xb5\x2f\xfd", "compressed: zstd -dc takes the text out"),
	KIND("PK\x03\x04", "a ZIP archive, or a document in one"),
	KIND("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an office program"),
	KIND("{\\rtf", "a Rich Text file"),
	KIND("\x89PNG\r\n", "a PNG picture: OCR makes text of it"),
	KIND("\xff\xd8\xff", "a JPEG picture: OCR makes text of it"),
	KIND("\0\0\0\x0cjP", "a JPEG 2000 picture: OCR makes text of it"),
	KIND("II*\0", "a TIFF picture: OCR makes text of it"),
	KIND("MM\0*", "a TIFF picture: OCR makes text of it"),
	KIND("AT&TFORM", "a DjVu file: djvutxt takes the text out"),
#undef KIND
};

const char *
bs_not_text(struct bs_str head)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (head.n >= kinds[i].n && memcmp(head.p, kinds[i].head, kinds[i].n) == 0)
			return kinds[i].what;
	return NULL;
}

/* Whether s starts so, whatever the case of its letters. */
static bool
starts(struct bs_str s, const char *with)
{
	size_t i;

	for (i = 0; with[i] && i < s.n; i++)
		if ((s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 'a' - 'A' : s.p[i]) != with[i])
			return false;
	return with[i] == '\0';
}

bool
bs_is_markup(struct bs_str head)
{
	if (head.n >= 3 && memcmp(head.p, "\xef\xbb\xbf", 3) == 0)
		head.p += 3, head.n -= 3;
	return starts(head, "<?xml") || starts(head, "<!doctyp") || starts(head, "<html");
}
