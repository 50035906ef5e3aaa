/* tag-entities: its page function, on text and on records. */
#define FILTER "../../filters/tag-entities/tag-entities.c"
#include "filter.h"
