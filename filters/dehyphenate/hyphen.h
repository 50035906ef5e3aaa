/* hyphen.h - hyphens at line ends in Latin script. */
#ifndef HYPHEN_H
#define HYPHEN_H

#include "seen.h"

enum hyphen {
	HYPHEN_NONE,  /* left does not end in a hyphen that could belong to a word */
	HYPHEN_DROP,  /* the word was divided: the hyphen goes */
	HYPHEN_KEEP,  /* a compound, a name, a range: the hyphen stays */
	HYPHEN_SPACE, /* it stays and a blank follows: Nord- und Südhafen; "as follows:-" */
	HYPHEN_PUT,   /* a ¬ that stands for a compound's hyphen: `-` takes its place */
	HYPHEN_LOST   /* no hyphen, but the halves of one word: nothing between them */
};

/* What tells about the hyphens of one page. Zero-initialise it; evidence_start
 * for each page. */
struct evidence {
	const struct bs_recs *recs; /* whose `line` records are the page */
	bool read;
	struct seen seen;
	struct bs_str words; /* share/words/LANG.txt; en.txt where nothing tells the language */
	struct bs_str english; /* en.txt, once it was asked for */
};
/* A new page. Its words are read when the first hyphen asks for them: the records
 * must stay until then. */
void evidence_start(struct evidence *ev, const struct bs_recs *recs);
void evidence_free(struct evidence *ev);

/* What becomes of the hyphen at the end of `left` when `right` follows on the
 * next line. *cut is the length in bytes of the hyphen. Soft hyphens always go;
 * digits keep theirs. Then, the first that tells: the same word elsewhere on
 * the page, without or with hyphen, also inflected; compounds and capitals by the
 * customs of the language (compounds.h); a list of words; for English, whether
 * both halves are words and the whole is none. What nothing tells about was
 * divided, which is what most such hyphens are. */
enum hyphen hyphen_at(struct bs_str left, struct bs_str right, struct evidence *ev, size_t *cut);

/* Whether a text that ends in that byte may end in a hyphen; else it is HYPHEN_NONE. */
static inline bool
hyphen_may_end(char last)
{
	unsigned char c = (unsigned char)last;

	return c == '-' || c == 0xad || c == 0xac || c == 0x90;
}

/* HYPHEN_LOST where an engine lost the hyphen of a divided English word: the
 * right half is no word, nowhere, and the whole is one; else HYPHEN_NONE. Only
 * for the end of one printed line and the start of the next. */
enum hyphen hyphen_lost(struct bs_str left, struct bs_str right, struct evidence *ev);

/* Does a blank belong between a drop cap and the rest of its paragraph? Only after A, I
 * and O, which are words too, before an English word that makes none with the letter. */
bool hyphen_spaces_initial(struct bs_str letter, struct bs_str rest, struct evidence *ev);

#endif
