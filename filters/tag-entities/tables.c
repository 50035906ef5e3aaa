#include <stdlib.h>
#include <string.h>

#include "lexicon.h"

void
lex_load(struct lexicon *lex)
{
	size_t i;

	lex_init(lex);
	for (i = 0; lex_tables[i]; i++) {
		char name[64] = "gazetteers/", *path;
		unsigned long bad;

		strncat(name, lex_tables[i], sizeof(name) - strlen(name) - 1);
		path = bs_share_path(name);
		bad = lex_add(lex, lex_tables[i], bs_map(path));
		if (bad) {
			bs_flaw(BS_USAGE, path, bad, "not a line of this table");
			exit(bs_end());
		}
		free(path);
	}
	lex_seal(lex);
}
