/* furniture.h - what surrounds the articles of a page and is no part of them. */
#ifndef FURNITURE_H
#define FURNITURE_H

#include "bs.h"

struct dn_furniture;

/* The rules of share/rules/furniture.rules, those of user_rules (a path, or
 * NULL) before them. Ends the program if they cannot be read or compiled. */
struct dn_furniture *dn_furniture_load(const char *user_rules);
/* The same from files in memory, for tests. */
struct dn_furniture *dn_furniture_new(struct bs_str rules, const char *path);
void dn_furniture_free(struct dn_furniture *f);

/* Lines that are furniture become noise, pointers to and from other pages become
 * jump records, one at the head or the tail of a line is cut off into a record
 * of its own. A prompt may run over up to three lines. Each is also listed in
 * rejects, unless NULL, as `place TAB rule TAB text`. Lines already taken out
 * count as absent, so twice equals once. */
void dn_furniture(struct bs_page *page, struct dn_furniture *f, struct bs_out *rejects);

#endif
