/* echo.h - does a text say again what its headline says? */
#ifndef ECHO_H
#define ECHO_H

#include "bs.h"

#define ECHO_MOST 300 /* bytes of a text that are looked through */

/* Whether so many percent of the pairs of Han characters in head stand in text, too, as
 * far as ECHO_MOST, and there are any. Both are well-formed UTF-8. */
bool echo_in(struct bs_str head, struct bs_str text, size_t percent);

#endif
