/* many.c - tables for those who look at 32 bytes at once. */
#include "many.h"

#define EIGHT(c) c, c, c, c, c, c, c, c
#define ROW(c) {EIGHT(c), EIGHT(c), EIGHT(c), EIGHT(c)}
#define FOUR(c) ROW(c), ROW(c + 1), ROW(c + 2), ROW(c + 3)
#define SIXTEEN(c) FOUR(c), FOUR(c + 4), FOUR(c + 8), FOUR(c + 12)
#define QUARTER(c) SIXTEEN(c), SIXTEEN(c + 16), SIXTEEN(c + 32), SIXTEEN(c + 48)

const unsigned char bs_lanes[256][32] = {QUARTER(0), QUARTER(64), QUARTER(128), QUARTER(192)};

const unsigned char bs_moves[32] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, EIGHT(0x80), EIGHT(0x80)};
