/*
 * resolve.h - the one place where spans from all rooms (and, later, from a
 * trained tagger) meet and are made into a row without overlaps.
 */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "entity.h"

/* Sorts the spans by position and drops those that lose: of two that overlap
 * the longer stays; of two as long the one whose label comes first in
 * URL EMAIL PHONE WORK TIME MONEY PERCENT ORG LOC PER QUANTITY ORDINAL TITLE; of two
 * with one label the one that starts first. WORK loses inside nothing. The
 * result does not depend on the order in which spans were added. */
void ent_resolve(struct ent_spans *spans);

#endif
