/* masthead.h - what the head of the page says about the paper and the day. */
#ifndef MASTHEAD_H
#define MASTHEAD_H

#include "bs.h"

struct masthead_rules;

/* Loads share/rules/masthead.rules; add takes a user's file (mapped), whose
 * rules are tried first. */
struct masthead_rules *masthead_load(void);
void masthead_add(struct masthead_rules *m, struct bs_str file, const char *path);
void masthead_free(struct masthead_rules *m);

/* Appends a `meta` record for each thing that text says and that the page does
 * not have yet (found: bit per key, kept by the caller over the lines of one
 * masthead). id is the page's. */
void masthead_read(const struct masthead_rules *m, struct bs_page *page, struct bs_recs *out, struct bs_str text,
    struct bs_str id, unsigned *found);

/* Whether a record that masthead_read made is about that. */
bool masthead_is(const struct bs_rec *meta, const char *key);

/* ISO weekday of a date, 1 Monday to 7 Sunday (Zeller's congruence). */
int weekday_of(int year, int month, int day);

/* Marks the weekday record if it contradicts the date record, and says so. */
void masthead_check(struct bs_page *page, struct bs_recs *recs);

#endif
