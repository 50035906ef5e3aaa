/* compounds.h - which words keep a hyphen, by the customs of a language. */
#ifndef COMPOUNDS_H
#define COMPOUNDS_H

#include "bs.h"

/* The two halves of a word at a line end, and what stands around them. */
struct halves {
	struct bs_str a, b;       /* in small letters */
	bool a_capital, b_capital; /* first letters as printed */
	bool a_upper, b_upper;    /* no small letter in it */
	bool tied;                /* a hyphen before a: mother-in- */
	bool ties;                /* a hyphen after b: -to-date */
	bool starts;              /* a starts a sentence */
	bool spaced;              /* a blank or a mark follows b */
	const char *lang;         /* as struct seen has it; "" is taken for English */
};

enum custom {
	CUSTOM_NONE,  /* nothing known */
	CUSTOM_KEEP,  /* self-, -street, Anglo-Norman, dit-il */
	CUSTOM_DROP,  /* Mac-Donald */
	CUSTOM_SPACE  /* Nord- und */
};

/* What English (Hart's Rules 4.5, and the -street of older papers),
 * German (Duden), French (Imprimerie nationale), Dutch (Groene Boekje), Spanish
 * and Italian printers do, whatever lists of words say. */
enum custom compounds_custom(const struct halves *h);
/* The same, weaker: to be asked when neither form is a known word. */
enum custom compounds_likely(const struct halves *h);
/* English: a is what plain words begin with (un, inter), or b what they end
 * with (ness, ing), and both may stand as words. */
bool compounds_is_affix(const struct halves *h);

#endif
