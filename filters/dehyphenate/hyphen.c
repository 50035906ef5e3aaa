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

/* So many of eight bytes, which the number holds from the lowest on, are letters of ASCII
 * before the first that is none. */
static size_t
count_letters(uint64_t bytes)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
	uint64_t low = (bytes | 0x20 * ones) & ~tops;
	uint64_t letters = (low + (0x80 - 'a') * ones) & ~(low + (0x7f - 'z') * ones) & ~bytes & tops; /* the top bit of each */

	return letters == tops ? 8 : (size_t)__builtin_ctzll(~letters & tops) / 8;
}

static struct bs_str
first_word(struct bs_str s)
{
	const char *p = s.p, *end, *most = s.p + (s.n > LONGEST ? LONGEST : s.n);
	size_t n = count_letters(bs_first_eight(s));

	if (n < 8 && (n == s.n || (unsigned char)s.p[n] < 0x80))
		return (struct bs_str){s.p, n}; /* as nearly always */
	end = p += n;
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

/* Whether nothing but a line end stands between two texts of a page. */
static bool
is_next_line(struct bs_str a, struct bs_str b)
{
	return b.p == a.p + a.n + 1 && b.p[-1] == '\n';
}

#define LINE 32 /* bytes of one, about */

static void
read_page(struct evidence *ev)
{
	const struct bs_rec *rec = ev->recs->v, *end = rec + ev->recs->n;
	struct bs_str lines = {0};

	if (ev->read)
		return;
	ev->read = true;
	seen_start(&ev->seen, LINE * ev->recs->n);
	for (; rec < end; rec++) {
		if (rec->kind != BS_LINE)
			continue;
		if (lines.n && is_next_line(lines, rec->text)) { /* as in plain text: read in one go */
			lines.n += 1 + rec->text.n;
			continue;
		}
		if (lines.n)
			seen_read(&ev->seen, lines);
		lines = rec->text;
	}
	if (lines.n)
		seen_read(&ev->seen, lines);
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

/* Room for both halves of a word, what is between and an ending. */
#define ROOM (2 * LONGEST + 32 + FOLD_ROOM)

static size_t
append(char *word, size_t n, const char *p, size_t k)
{
	memcpy(word + n, p, k);
	return n + k;
}

/* The endings that change no hyphen: harbour for harbours, passers-by. */
static const struct ending {
	char p[5];
	unsigned char n;
} endings[] = {{"s", 1}, {"es", 2}, {"ed", 2}, {"d", 1}, {"ly", 2}, {"ness", 4}, {"n", 1}, {"e", 1}};
#define ENDINGS (sizeof endings / sizeof *endings)
#define LONGEST_ENDING 4

/* Whether a word that ends so can do without it, b being the half of it behind the hyphen. */
static bool
may_drop(struct bs_str word, const struct ending *e, struct bs_str b)
{
	return word.n > e->n + 4u && b.n > e->n + 1u && memcmp(word.p + word.n - e->n, e->p, e->n) == 0;
}

/* a+middle+b at word (ROOM bytes). */
static struct bs_str
put_together(char *word, const struct halves *h, const char *middle)
{
	size_t n = append(word, 0, h->a.p, h->a.n);

	n = append(word, n, middle, strlen(middle));
	return (struct bs_str){word, append(word, n, h->b.p, h->b.n)};
}

/* Whether `form` is the word, also without or with an ending. */
static bool
is_form(struct bs_str form, struct bs_str word, struct bs_str b)
{
	if (bs_eq(form, word))
		return true;
	for (size_t i = 0; i < ENDINGS && b.n > 3; i++) {
		const struct ending *e = &endings[i];
		if (form.n + e->n == word.n && may_drop(word, e, b) && memcmp(form.p, word.p, form.n) == 0)
			return true;
		if (form.n == word.n + e->n && memcmp(form.p, word.p, word.n) == 0 && memcmp(form.p + word.n, e->p, e->n) == 0)
			return true;
	}
	return false;
}

/* a+middle+b or such a form stands on the page. */
static bool
is_on_page(struct evidence *ev, const struct halves *h, const char *middle)
{
	char buffer[ROOM], folded[ROOM];
	struct bs_str word = put_together(buffer, h, middle), found;

	for (size_t at = 0; seen_next(&ev->seen, word, &at, &found);) {
		if (found.n > word.n + LONGEST_ENDING || found.n + LONGEST_ENDING < word.n)
			continue;
		if (is_form((struct bs_str){folded, fold_word(folded, found)}, word, h->b))
			return true;
	}
	return false;
}

/* The same in the list of words. What all of these forms begin with is asked for first: a list
 * has few words with a hyphen. */
static bool
is_listed(const struct evidence *ev, const struct halves *h, const char *middle)
{
	char buffer[ROOM];
	struct bs_str word = put_together(buffer, h, middle);
	size_t rest = h->b.n > LONGEST_ENDING + 2 ? LONGEST_ENDING : h->b.n > 2 ? h->b.n - 2 : 0;

	if (wordlist_has(ev->words, word))
		return true;
	if (!wordlist_begins(ev->words, (struct bs_str){word.p, word.n - rest}))
		return false;
	for (size_t i = 0; i < ENDINGS && h->b.n > 3; i++) {
		const struct ending *e = &endings[i];
		if (may_drop(word, e, h->b) && wordlist_has(ev->words, (struct bs_str){word.p, word.n - e->n}))
			return true;
		if (wordlist_has(ev->words, (struct bs_str){word.p, append(buffer, word.n, e->p, e->n)}))
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
		return !is_listed(ev, h, "") || wordlist_has(ev->words, h->b);
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
decide(struct evidence *ev, const struct halves *h)
{
	enum custom custom;

	if (is_on_page(ev, h, ""))
		return HYPHEN_DROP;
	if (is_on_page(ev, h, "-"))
		return HYPHEN_KEEP;
	if ((custom = compounds_custom(h)) != CUSTOM_NONE)
		return of_custom(custom);
	if (is_set_off(ev, h) || is_listed(ev, h, "-"))
		return HYPHEN_KEEP;
	if (is_listed(ev, h, ""))
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
at_not_sign(struct evidence *ev, const struct halves *h)
{
	if (!is_on_page(ev, h, "-") || is_on_page(ev, h, "") || is_listed(ev, h, ""))
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
	if (ev->english.p == NULL)
		ev->english = wordlist_of("en");
	list = ev->read ? ev->words : ev->english; /* the page need not be read for most */
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
