/* sorts.c - what the characters of a text are. */
#include "sorts.h"

bool
dn_is_lower(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 0xff41 && cp <= 0xff5a) || (cp >= 0xfb00 && cp <= 0xfb06);
}

bool
dn_is_letter(uint32_t cp)
{
	return dn_is_lower(cp) || (cp >= 'A' && cp <= 'Z') || (cp >= 0xff21 && cp <= 0xff3a);
}

struct dn_sorts
dn_sorts(struct bs_str text)
{
	struct dn_sorts s = {0};
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		uint32_t cp = bs_utf8_get(&p, end);
		if (cp < 0x80)
			continue;
		s.all++;
		if (bs_is_han(cp))
			s.han++;
		else if ((cp >= 0x3000 && cp < 0x3100) || (cp >= 0xff01 && cp < 0xff60))
			s.wide++;
		else if (cp < 0x180 || cp == 0x192 || cp == 0x2c6 || cp == 0x2dc) /* ƒ ˆ ˜ are bytes of Windows-1252 */
			s.latin++;
		else if ((cp >= 0x2010 && cp < 0x2045) || cp == 0x20ac || cp == 0x2122 || (cp >= 0x2460 && cp < 0x2700))
			s.signs++;
		else
			s.other++;
	}
	return s;
}
