/* lang.h - which language and script a text is in. */
#ifndef LANG_H
#define LANG_H

#include "bs.h"

/* Languages told apart by their small words. */
enum latin { L_DE, L_EN, L_ES, L_FR, L_IT, L_NL, L_PT, LATINS };

/* Other scripts that are named; their language is not guessed. */
enum script { S_ARAB, S_CYRL, S_DEVA, S_GREK, S_HEBR, S_THAI, SCRIPTS };

/* What was seen of a text. Zero-initialise it. */
struct lang_seen {
	size_t han, hans, hant; /* ideographs; simplified only, traditional only */
	size_t kana, hangul, latin;
	size_t other[SCRIPTS];
	size_t words[LATINS];   /* small words of each language */
};

/* Counts the characters and small words of s. */
void lang_look(struct lang_seen *seen, struct bs_str s);

/* Language by its ISO 639-1 code ("zh", "ja", "en", …; "und" where only the
 * script is known) and script by its ISO 15924 code. Both NULL when nothing with
 * letters was seen. A short text that does not tell (no character that only
 * simplified or traditional Chinese has, too few small words) goes with its page,
 * which may be seen itself; a script that stays unknown is NULL. */
const char *lang_name(const struct lang_seen *seen, const struct lang_seen *page, const char **script);

/* hans.c: characters in UTF-8, some tens a string; NULL ends the list. */
extern const char *const hans_only[], *const hant_only[];

#endif
