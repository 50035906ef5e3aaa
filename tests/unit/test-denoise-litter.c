/* Lines that are litter, and lines that look a little like it and have to stay. */
#include "../../filters/denoise/litter.h"
#include "tap.h"

int
main(void)
{
	static const char *const go[] = {"~ ;'. , |", "ii l l I 1", ". ' ` ; |", "| l i 1 ! l"};
	static const char *const stay[] = {"I II III IV", "1 1 1 1 1", "(^_^)", "x ~ y", "| x | ~ | y |", "3 : 2", "I'll, I'll, I'll",
		"H2O + CO2", "1 : 0, 2 : 2", "T", ",", "...", "- 3 -", "2024 1 16 | 25 | 31", "a. b. c. d.", "春", "A B C D E"};
	size_t i;

	for (i = 0; i < sizeof go / sizeof *go; i++)
		ok(dn_is_litter(bs_str(go[i])), "litter: %s", go[i]);
	for (i = 0; i < sizeof stay / sizeof *stay; i++)
		ok(!dn_is_litter(bs_str(stay[i])), "stays: %s", stay[i]);
	return tap_end();
}
