/* to-jsonl: its page function, on text and on records. */
#define FILTER "../../filters/to-jsonl/to-jsonl.c"
#include "filter.h"
