/* to-jsonl: its page function, on text and on records. Each line is JSON that
 * jansson reads and writes again as it is. */
#include <jansson.h>
#define FUZZ_LAW is_json
#define FILTER "../../filters/to-jsonl/to-jsonl.c"
#include "../../filters/lib/bs.h"

static bool
is_json(struct bs_str out)
{
	while (out.n) {
		struct bs_str line = bs_field(&out, '\n');
		json_t *o = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
		bool same = false;

		/* all reals of a line have the digits that one of them needs */
		for (size_t digits = 15; o && !same && digits <= 17; digits += 2) {
			char *again = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(digits));
			same = again && bs_is(line, again);
			free(again);
		}
		json_decref(o);
		if (!same)
			return false;
	}
	return true;
}

#include "filter.h"
