/* articles.h - blocks and their roles put together into articles. */
#ifndef ARTICLES_H
#define ARTICLES_H

#include "extras.h"
#include "masthead.h"
#include "roles.h"

/* Replaces the blocks of page by masthead, meta and article records; all other
 * records stay where they are. date of a dateline takes its year from the masthead. */
void articles_make(struct bs_page *page, const struct masthead_rules *m, const struct extras *x, const struct block *b,
    const enum role *role, size_t n);

#endif
