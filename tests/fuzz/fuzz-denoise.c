/* denoise: its page function, on text and on records. */
#define FILTER "../../filters/denoise/denoise.c"
#include "filter.h"
