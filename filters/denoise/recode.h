/* recode.h - characters back to the bytes they were read from. */
#ifndef RECODE_H
#define RECODE_H

#include "bs.h"

/* The byte that Windows-1252 or ISO-8859-1 reads as cp, or -1. C1 controls are
 * themselves, as readers of ISO-8859-1 (and of the holes of Windows-1252) have them. */
int dn_latin_byte(uint32_t cp);

/* Appends the bytes that are text in GB18030 (ASCII and two-byte codes; € as
 * 80, since that is how GBK reads the byte); false as soon as there is a
 * character that has none, and out then holds those before it. */
bool dn_to_gb(struct bs_buf *out, struct bs_str text);

/* How unlikely the Chinese is, in bits a character beyond ASCII: in simplified or
 * in traditional characters, whatever is likelier (bs_enc_bits). */
double dn_bits(struct bs_str text);

/* Bits a character of Chinese that makes sense, of such as makes none, and between two
 * readings of which one is right. */
#define DN_LIKELY 12.5
#define DN_UNLIKELY 14.5
#define DN_CLEAR 2.0

/* The 389 characters that GBK makes of the first two bytes of a Chinese character in
 * UTF-8: every third one of text so misread, one in five thousand of other text. A
 * bit for each of U+4000 to U+9FFF. */
const uint32_t *dn_torn_bits(void);

/* Whether the character at p, whose first byte is E4 to E9, is one of them. */
static inline bool
dn_is_torn(const uint32_t *bits, const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return bits[(u[0] - 0xe4u) << 7 | (u[1] & 63u) << 1 | (u[2] >> 5 & 1u)] >> (u[2] & 31) & 1;
}

/* What the buffer holds. */
static inline struct bs_str
dn_str(const struct bs_buf *b)
{
	return (struct bs_str){b->p, b->n};
}

#endif
