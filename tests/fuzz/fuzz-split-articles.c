/* split-articles: its page function, on text and on records. */
#define FILTER "../../filters/split-articles/split-articles.c"
#include "filter.h"
