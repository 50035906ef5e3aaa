/* dehyphenate: its page function, on text and on records. */
#define FILTER "../../filters/dehyphenate/dehyphenate.c"
#include "filter.h"
