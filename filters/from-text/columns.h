/* columns.h - pages whose lines hold several columns of print side by side. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "bs.h"

/* Whether the lines of the page hold columns of print side by side, as
 * `pdftotext -layout` sets them, so that no line goes on in the next one; *line
 * is then the index of the first such record. Tables do not count: both sides of
 * a gap of three blanks have to be as long as a line of a narrow column, on most
 * lines of the page. */
bool columns_found(const struct bs_page *page, size_t *line);

#endif
