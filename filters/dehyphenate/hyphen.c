/* hyphen.c - hyphens at line ends in Latin script. */
#include "hyphen.h"
#include "compounds.h"
#include "wordlist.h"

#include <string.h>

/* Longer words are not looked up. */
#define LONGEST 160

static struct bs_str
last_word(struct bs_str s)
{
	const char *p = s.p + s.n, *start = p, *least = s.n > LONGEST ? p - LONGEST : s.p;

	while (p > least && is_letter(bs_utf8_back(&p, s.p)))
		start = p;
	return (struct bs_str){start, (size_t)(s.p + s.n - start)};
}

static struct bs_str
first_word(struct bs_str s)
{
	const char *p = s.p, *end = s.p, *most = s.p + (s.n > LONGEST ? LONGEST : s.n);

	while (p < most && (unsigned)((*p | 0x20) - 'a') < 26)
		end = ++p;
	while (p < most && is_letter(bs_utf8_get(&p, s.p + s.n)))
		end = p;
	return (struct bs_str){s.p, (size_t)(end - s.p)};
}

/* Length of the hyphen that ends s: ASCII, U+00AD, U+2010, or the ¬ that some
 * OCR engines print for a divided word. Every line end asks. */
static size_t
hyphen_length(struct bs_str s)
{
	switch (s.n ? (unsigned char)s.p[s.n - 1] : 0) {
	case '-':
		return s.n == 1 || s.p[s.n - 2] != '-';
	case 0xad: case 0xac:
		return s.n > 1 && s.p[s.n - 2] == '\xc2' ? 2 : 0;
	case 0x90:
		return bs_ends(s, "\xe2\x80\x90") ? 3 : 0;
	default:
		return 0;
	}
}

static bool
is_upper(struct bs_str s)
{
	for (const char *p = s.p; p < s.p + s.n;)
		if (!is_capital(bs_utf8_get(&p, s.p + s.n)))
			return false;
	return true;
}

/* ---- what is known about a word ------------------------------------------- */

static void
read_page(struct evidence *ev)
{
	if (ev->read)
		return;
	ev->read = true;
	seen_clear(&ev->seen);
	for (size_t i = 0; i < ev->recs->n; i++)
		if (ev->recs->v[i].kind == BS_LINE)
			seen_read(&ev->seen, ev->recs->v[i].text);
	seen_tell(&ev->seen);
	ev->words = wordlist_of(ev->seen.lang[0] ? ev->seen.lang : "en");
}

void
evidence_start(struct evidence *ev, const struct bs_recs *recs)
{
	ev->recs = recs;
	ev->read = false;
}

void
evidence_free(struct evidence *ev)
{
	seen_free(&ev->seen);
}

static bool
is_english(const struct evidence *ev)
{
	return ev->seen.lang[0] == '\0' || strcmp(ev->seen.lang, "en") == 0;
}

/* One of the forms of a word: on the page (`list` empty) or in the list. */
static bool
known(const struct evidence *ev, struct bs_str list, struct bs_str word)
{
	return list.n ? wordlist_has(list, word) : seen_has(&ev->seen, word);
}

/* Room for both halves of a word, what is between and an ending. */
#define ROOM (2 * LONGEST + 32)

static size_t
append(char *word, size_t n, const char *p, size_t k)
{
	memcpy(word + n, p, k);
	return n + k;
}

/* a+middle+b, also without or with the endings that change no hyphen: harbour
 * for harbours, passers-by. */
static bool
stands(const struct evidence *ev, struct bs_str list, const struct halves *h, const char *middle)
{
	static const struct {
		char p[5];
		unsigned char n;
	} endings[] = {{"s", 1}, {"es", 2}, {"ed", 2}, {"d", 1}, {"ly", 2}, {"ness", 4}, {"n", 1}, {"e", 1}};
	char word[ROOM];
	size_t n = append(word, 0, h->a.p, h->a.n);

	n = append(word, n, middle, strlen(middle));
	n = append(word, n, h->b.p, h->b.n);
	if (known(ev, list, (struct bs_str){word, n}))
		return true;
	for (size_t i = 0; i < sizeof endings / sizeof *endings && h->b.n > 3; i++) {
		size_t cut = endings[i].n;
		if (n > cut + 4 && memcmp(word + n - cut, endings[i].p, cut) == 0 && h->b.n > cut + 1 &&
		    known(ev, list, (struct bs_str){word, n - cut}))
			return true;
		if (known(ev, list, (struct bs_str){word, append(word, n, endings[i].p, cut)}))
			return true;
	}
	return false;
}

/* ---- the decision ------------------------------------------------------------ */

/* Whether capitals or single letters say that the hyphen is the word's own:
 * Anglo-Norman, NATO-led, U-boat. Not in a headline set in capitals. */
static bool
is_set_off(const struct evidence *ev, const struct halves *h)
{
	if (is_english(ev) && h->a.n > 1 && !h->a_capital && !compounds_is_affix(h) && !wordlist_has(ev->words, h->a))
		return false; /* a capital that an engine misread */
	if (bs_utf8_count(h->a) == 1) /* no printer divides after one letter, or hardly any: A-merican */
		return !stands(ev, ev->words, h, "") || wordlist_has(ev->words, h->b);
	return h->a_upper ? !h->b_upper : h->b_capital;
}

/* English: both halves are words and the whole is none. A name that starts with
 * a capital is likelier divided (Red-fern) than a compound, but for the first
 * word of a sentence. */
static bool
are_two_words(const struct evidence *ev, const struct halves *h)
{
	if (!is_english(ev) || compounds_is_affix(h) || (h->a_capital && !h->a_upper && !h->starts))
		return false;
	if (h->b.n < 4 || h->a.n < 3)
		return false;
	return wordlist_has(ev->words, h->a) && wordlist_has(ev->words, h->b);
}

static enum hyphen
of_custom(enum custom custom)
{
	return custom == CUSTOM_DROP ? HYPHEN_DROP : custom == CUSTOM_SPACE ? HYPHEN_SPACE : HYPHEN_KEEP;
}

static enum hyphen
decide(const struct evidence *ev, const struct halves *h)
{
	static const struct bs_str page;
	enum custom custom;

	if (stands(ev, page, h, ""))
		return HYPHEN_DROP;
	if (stands(ev, page, h, "-"))
		return HYPHEN_KEEP;
	if ((custom = compounds_custom(h)) != CUSTOM_NONE)
		return of_custom(custom);
	if (is_set_off(ev, h) || stands(ev, ev->words, h, "-"))
		return HYPHEN_KEEP;
	if (stands(ev, ev->words, h, ""))
		return HYPHEN_DROP;
	if ((custom = compounds_likely(h)) != CUSTOM_NONE)
		return of_custom(custom);
	return are_two_words(ev, h) ? HYPHEN_KEEP : HYPHEN_DROP;
}

/* Whether a sentence ended there, and not an abbreviation (Mr., J. C.). */
static bool
starts_sentence(struct bs_str before)
{
	if (before.n == 0 || strchr("!?\"", before.p[before.n - 1]))
		return true;
	return before.p[before.n - 1] == '.' && last_word((struct bs_str){before.p, before.n - 1}).n > 4;
}

/* The halves in small letters, in word (ROOM bytes), and what stands around them. */
static struct halves
halves_of(const struct evidence *ev, struct bs_str left, struct bs_str right, char *word)
{
	struct bs_str a = last_word(left), b = first_word(right);
	struct bs_str before = bs_trim((struct bs_str){left.p, left.n - a.n});
	struct bs_str after = {right.p + b.n, right.n - b.n};
	struct halves h = {.lang = ev->seen.lang};

	h.a = (struct bs_str){word, fold_word(word, a)};
	h.b = (struct bs_str){word + a.n, fold_word(word + a.n, b)};
	h.a_capital = is_capital(bs_first(a));
	h.b_capital = is_capital(bs_first(b));
	h.a_upper = is_upper(a);
	h.b_upper = is_upper(b);
	h.tied = a.p > left.p && a.p[-1] == '-';
	h.ties = bs_starts(after, "-");
	h.starts = starts_sentence(before);
	h.spaced = after.n == 0 || !bs_starts(after, "-");
	return h;
}

/* A ¬ was meant for a divided word; only a compound elsewhere on the page says
 * otherwise. */
static enum hyphen
at_not_sign(const struct evidence *ev, const struct halves *h)
{
	static const struct bs_str page;

	if (!stands(ev, page, h, "-") || stands(ev, page, h, "") || stands(ev, ev->words, h, ""))
		return HYPHEN_DROP;
	return HYPHEN_PUT;
}

/* Where one side has no letter at the hyphen: 1930-31, 12-foot, "as follows:-". */
static enum hyphen
at_marks(struct bs_str left, bool not_sign)
{
	bool mark = strchr(".,:;!?", left.p[left.n - 1]) != NULL;

	if (not_sign)
		return mark ? HYPHEN_NONE : HYPHEN_DROP;
	return mark ? HYPHEN_SPACE : HYPHEN_KEEP;
}

enum hyphen
hyphen_at(struct bs_str left, struct bs_str right, struct evidence *ev, size_t *cut)
{
	struct bs_str head;
	struct halves h;
	char word[ROOM];

	*cut = hyphen_length(left);
	if (*cut == 0 || left.n == *cut || right.n == 0 || left.p[left.n - *cut - 1] == ' ')
		return HYPHEN_NONE; /* or a dash between blanks */
	head = (struct bs_str){left.p, left.n - *cut};
	if (bs_ends(left, "\xc2\xad"))
		return HYPHEN_DROP;
	if (last_word(head).n == 0 || first_word(right).n == 0)
		return at_marks(head, *cut == 2);
	read_page(ev);
	h = halves_of(ev, head, right, word);
	return *cut == 2 ? at_not_sign(ev, &h) : decide(ev, &h);
}

enum hyphen
hyphen_lost(struct bs_str left, struct bs_str right, struct evidence *ev)
{
	struct bs_str a, b, whole, list;
	char word[ROOM];

	/* Most line ends are no place for it: nothing else is looked at there. */
	if (!is_letter(bs_last(left)) || !is_letter(bs_first(right)) || is_capital(bs_first(right)) || (ev->read && !is_english(ev)))
		return HYPHEN_NONE;
	b = first_word(right);
	list = ev->read ? ev->words : wordlist_of("en"); /* the page need not be read for most */
	if (b.n < 2 || wordlist_has(list, (struct bs_str){word, fold_word(word, b)}))
		return HYPHEN_NONE;
	a = last_word(left);
	if (a.n < 2 || (a.p > left.p && memchr("'-", a.p[-1], 2)))
		return HYPHEN_NONE;
	read_page(ev);
	if (!is_english(ev) || ev->seen.lang[0] == '\0')
		return HYPHEN_NONE;
	whole = (struct bs_str){word, fold_word(word, a)};
	whole.n += fold_word(word + whole.n, b);
	return wordlist_has(ev->words, whole) ? HYPHEN_LOST : HYPHEN_NONE;
}

bool
hyphen_spaces_initial(struct bs_str letter, struct bs_str rest, struct evidence *ev)
{
	struct bs_str list, b = first_word(rest);
	char word[ROOM];
	size_t n;

	if (letter.n != 1 || !memchr("AIO", *letter.p, 3) || b.n == 0)
		return false;
	read_page(ev);
	list = is_english(ev) ? ev->words : (struct bs_str){NULL, 0};
	n = fold_word(word, letter);
	n += fold_word(word + n, b);
	return list.n && wordlist_has(list, (struct bs_str){word + 1, n - 1}) && !wordlist_has(list, (struct bs_str){word, n});
}
