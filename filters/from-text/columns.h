/* columns.h - pages whose lines hold several columns of print side by side. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "bs.h"

/* Whether lines of the page hold columns of print side by side, so that no line goes on
 * in the next one; *line is then the index of the first such record. With `pdftotext -layout`
 * all of the page is so: both sides of a gap of three blanks have to be as long as a line of a
 * narrow column, on most lines, so that tables do not count. Without an option it sets some
 * lines so, of Chinese print, with one blank between. */
bool columns_found(const struct bs_page *page, size_t *line);

#endif
