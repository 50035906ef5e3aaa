/* compounds.c - which words keep a hyphen, by the customs of a language. */
#include "compounds.h"

#include <string.h>

/* One of 64 marks of a word: first letter, last letter and length. */
static uint64_t
mark(struct bs_str s)
{
	return UINT64_C(1) << (((unsigned char)s.p[0] * 5u + (unsigned char)s.p[s.n - 1] * 3u + s.n) & 63);
}

/* The lists of this file, each with the marks of its words, and all of their words:
 * some hundred lists and two thousand words. */
#define LISTS 1024
#define WORDS 8192
static struct {
	const char *list;
	uint64_t marks;
} lists[LISTS];
static struct {
	const char *list;
	struct bs_str word;
} words[WORDS];

/* Where the word of the list stands in words, or the free place where it would. */
static size_t
place_of(const char *list, struct bs_str s)
{
	uint32_t h = (uint32_t)(uintptr_t)list;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x9e3779b1u;
	size_t at = h >> 19;
	while (words[at].list && (words[at].list != list || !bs_eq(words[at].word, s)))
		at = (at + 1) % WORDS;
	return at;
}

/* Takes in the words of the list, blanks between. */
static uint64_t
learn(const char *list)
{
	uint64_t marks = 0;

	for (const char *p = list; *p;) {
		struct bs_str word = {p, strcspn(p, " ")};
		size_t at = place_of(list, word);
		words[at].list = list;
		words[at].word = word;
		marks |= mark(word);
		p += word.n + (p[word.n] == ' ');
	}
	return marks;
}

/* The marks of the list's words. */
static inline uint64_t
marks_of(const char *list)
{
	size_t at = (uint32_t)(uintptr_t)list * 0x9e3779b1u >> 22;

	while (lists[at].list != list && lists[at].list)
		at = (at + 1) % LISTS;
	if (lists[at].list == NULL) {
		lists[at].list = list;
		lists[at].marks = learn(list);
	}
	return lists[at].marks;
}

/* Whether the list has s, which has one of those marks; a hyphen asks dozens of lists, which
 * mostly have no word with such a mark. */
static inline bool
is_among(const char *list, struct bs_str s, uint64_t marks)
{
	return (marks_of(list) & marks) && words[place_of(list, s)].list;
}

static bool
among(const char *list, struct bs_str s)
{
	return s.n && is_among(list, s, mark(s));
}

static bool
ends_in(struct bs_str s, const char *letters)
{
	return s.n && strchr(letters, s.p[s.n - 1]) != NULL;
}

/* Pairs of lists: a compound if a is in the first and b in the second. */
struct pair {
	const char *a, *b;
};

static bool
is_pair(const struct pair *list, size_t n, const struct halves *h)
{
	uint64_t marks = h->a.n ? mark(h->a) : 0;

	for (size_t i = 0; i < n; i++)
		if (is_among(list[i].a, h->a, marks) && among(list[i].b, h->b))
			return true;
	return false;
}
#define IS_PAIR(list, h) is_pair(list, sizeof list / sizeof *list, h)

/* ---- English ------------------------------------------------------------- */

#define TENS "twenty thirty forty fourty fifty sixty seventy eighty ninety"
#define UNITS "one two three four five six seven eight nine first second third fourth fifth sixth seventh eighth ninth odd"
#define COUNTS "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred half quarter"

static const struct pair english[] = {
	{TENS, UNITS},
	{COUNTS, "year year's day hour minute mile foot inch pound ton storey story storeyed storied roomed man men horse power "
	    "thirds fifths sixths eighths tenths masted sided seater acre gun inning wheeled part page pounder cylinder"},
	{"year month week day", "old olds long"},
	{"so", "called"},
	{"north south nor sou", "east west eastern western easterly westerly eastward westward easter wester"},
	{"o", "clock"},
	{"in", "law laws"},
	{"pre mid post", "war wars week winter summer october"},
	{"ex", "president minister mayor governor wife husband partner soldier soldiers service serviceman servicemen king "
	    "queen emperor premier senator chairman champion captain policeman convict member members alderman detective kaiser"},
	{"great", "grandfather grandmother grandson granddaughter aunt uncle grandchildren"},
	{"vice", "president presidents chairman admiral captain consul principal chancellor regal patron patrons"},
	{"sub", "inspector committee editor lieutenant section"},
	{"co", "respondent"},
	{"court", "martial"},
	{"attorney governor postmaster secretary inspector solicitor surgeon consul director adjutant", "general"},
	{"lieutenant lieut major brigadier", "general colonel governor commander"},
	{"commander editor officer", "in"},
	{"man men woman out up well will mother father brother sister son daughter matter coat bird", "of in o to"},
};

/* First halves that set off whatever follows, if it is no longer word. */
static const char prefixes[] = "self non well half all cross quasi semi anti ill ever";
static const char streets[] = "street streets road lane terrace square avenue parade crescent";
static const char tails[] = "like born looking minded hearted headed eyed haired handed legged shaped coloured colored roomed sized "
    "fashioned bound class elect wide tempered natured bodied faced footed mouthed sighted spirited blooded";
static const char ties[] = "of in the to and year day by o on a or at with de la for up off out";

static enum custom
english_custom(const struct halves *h)
{
	if (h->b_capital && !h->a_upper && among("mac mc m fitz", h->a))
		return CUSTOM_DROP;
	if (among(streets, h->b) && h->a_capital && h->a.n > 3)
		return CUSTOM_KEEP;
	if (among("non", h->a) && h->b.n > 4 && !among("sense entity entities descript conformist conformists conformity chalant", h->b))
		return CUSTOM_KEEP;
	return IS_PAIR(english, h) ? CUSTOM_KEEP : CUSTOM_NONE;
}

static enum custom
english_likely(const struct halves *h)
{
	if (h->spaced && ((among("and or", h->b) && h->a.n > 2) || (among("to", h->b) && among(COUNTS, h->a))))
		return CUSTOM_SPACE;
	if ((h->ties && among(ties, h->b)) || (h->tied && among(ties, h->a)))
		return CUSTOM_KEEP;
	if (h->b.n > 2 && (among(prefixes, h->a) || among(TENS, h->a)))
		return CUSTOM_KEEP;
	return h->a.n > 2 && among(tails, h->b) ? CUSTOM_KEEP : CUSTOM_NONE;
}

bool
compounds_is_affix(const struct halves *h)
{
	return among("un re de dis mis im in con com pre pro per sub sup super inter trans over under fore for mid bi tri tele "
	             "auto micro be en em ab ad ac al ex e sur par pol men man car ten pal tor is ma ca pa per", h->a) ||
	    among("able ably age al ally an ance ant ants ate ated dom ed en ence ent er ers es est ful hood ing ings ion ions ish "
	          "ism ist ists ity land less ling ly ment ments men ness or ors ous ship ships side some ten ted ter ters ties "
	          "ting tin tion ton ward wards way ways wise worth ham ford bury ville berg burgh gate son sons ley red don den "
	          "per pers ding ring king ping ling ning sing ked led med ned ped red sed ved zed der ders ger gers ker kers ler "
	          "ner ners rer ser ver vers cal cent din die tie ties sion mine port ports form forms table tables tor tors "
	          "field fields time times tree trees room rooms yard yards stone wood woods house houses breaking keeper keepers maker "
	          "makers stock light lights ground grounds hold holder holders book books", h->b);
}

/* ---- German --------------------------------------------------------------- */

#define COLOURS "schwarz rot weiß gelb blau grün braun grau gold"

/* Compass points and nouns before und: the hyphen stands for what both share. */
static enum custom
german_custom(const struct halves *h)
{
	static const struct pair list[] = {{COLOURS, COLOURS}, {"deutsch englisch russisch", "deutsch englisch französisch "
	    "französische französischen französischer russische russischen polnische polnischen englische englischen "
	    "amerikanische amerikanischen"}};

	if (h->spaced && !h->b_capital && among("und oder bzw beziehungsweise sowie bis", h->b))
		return CUSTOM_SPACE;
	return IS_PAIR(list, h) ? CUSTOM_KEEP : CUSTOM_NONE;
}

/* ---- French ---------------------------------------------------------------- */

static bool
french_pronoun(const struct halves *h)
{
	if (among("il elle ils elles on", h->b))
		return ends_in(h->a, "td") || h->tied;
	if (among("vous", h->b))
		return ends_in(h->a, "zs");
	if (among("je", h->b))
		return h->a.n > 2 && ends_in(h->a, "si");
	if (among("nous tu", h->b))
		return h->a.n > 1 && ends_in(h->a, "s") && !among("ver bes", h->a);
	return among("est sont serait était", h->a) && among("ce", h->b);
}

static enum custom
french_custom(const struct halves *h)
{
	static const struct pair list[] = {
		{"celui celle ceux celles cela", "là ci"},
		{"lui elle eux elles moi toi soi nous vous", "même mêmes"},
		{"peut bien", "être"},
		{"demi semi", "heure heures journée douzaine siècle cercle place frère sœur finale mesure tour"},
		{"vice", "président présidente amiral consul roi"},
		{"ex", "président ministre maire roi empereur député préfet champion"},
		{"après avant", "midi demain hier guerre garde poste dernier dernière dîner"},
		{"arrière", "garde boutique saison pensée plan pays grand petit"},
		{"grand grands", "père pères mère mères parents chose route rue duc oncle tante croix place messe"},
		{"grande", "bretagne duchesse"},
		{"petit petits petite petites", "fils fille filles enfants neveu bourgeois"},
		{"beau beaux belle belles", "père frère frères fils parents arts mère sœur sœurs fille filles"},
		{"sous", "préfet préfecture officier officiers marin marins sol titre secrétaire lieutenant main bois entendu"},
		{"vingt trente quarante cinquante soixante", "deux trois quatre cinq six sept huit neuf dix quinze douze treize"},
		{"quatre", "vingt vingts"},
		{"dix", "sept huit neuf"},
		{"nord sud", "est ouest"},
		{"au par ci", "dessus dessous delà devant dedans dehors"},
		{"là", "bas haut dessus dessous dedans"},
		{"quelques", "uns unes"},
		{"rendez", "vous"},
		{"porte", "parole drapeau monnaie plume bonheur voix"},
		{"chef", "lieu lieux"},
		{"hors", "la bord jeu"},
		{"c'est", "à"},
		{"franco anglo germano", "anglais anglaise français française russe italien italienne allemand allemande américain américaine belge"},
		{"non", "lieu sens intervention ingérence"},
	};

	if (h->spaced && among("et ou", h->b) && among("pré post anti avant après franco sous micro macro", h->a))
		return CUSTOM_SPACE;
	if (h->tied && among("à la le de en t sur ce", h->a))
		return CUSTOM_KEEP;
	if (h->ties && among("à la le les de en sur t au aux sous ce", h->b))
		return CUSTOM_KEEP;
	return french_pronoun(h) || IS_PAIR(list, h) ? CUSTOM_KEEP : CUSTOM_NONE;
}

/* ---- Dutch ------------------------------------------------------------------ */

/* Dutch puts a hyphen between vowels that would be read as one: zee-egel. Not
 * after ge- and be-, which take a diaeresis. */
static bool
vowels_clash(const struct halves *h)
{
	static const char *const clash[] = {"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "uu", "ui"};

	if (h->a.n < 3 || h->b.n < 3)
		return false;
	for (size_t i = 0; i < sizeof clash / sizeof *clash; i++)
		if (h->a.p[h->a.n - 1] == clash[i][0] && h->b.p[0] == clash[i][1])
			return true;
	return false;
}

/* A syllable en or of has a vowel before it: after a consonant it is the word,
 * and so it is after zee. */
static enum custom
dutch_custom(const struct halves *h)
{
	static const struct pair list[] = {
		{"oud", "minister voorzitter burgemeester leerling leerlingen leraar speler directeur wethouder strijder"},
		{"ex", "minister man vrouw president koning voorzitter speler"},
		{"vice", "voorzitter president admiraal premier"},
		{"niet", "roker rokers leden"},
	};

	if (h->spaced && among("en of", h->b) && (!ends_in(h->a, "aeiouy") || bs_ends(h->a, "ee")))
		return CUSTOM_SPACE;
	return IS_PAIR(list, h) || vowels_clash(h) ? CUSTOM_KEEP : CUSTOM_NONE;
}

/* ---- Spanish, Italian --------------------------------------------------------- */

static enum custom
southern_custom(const struct halves *h)
{
	static const struct pair list[] = {
		{"ex", "presidente ministro alcalde rey gobernador jefe sindaco re deputato marito moglie combattente combattenti"},
		{"franco hispano anglo luso italo germano ruso russo austro greco",
		    "español española francés francesa inglés inglesa italiano italiana francese tedesco tedesca inglese russo russa "
		    "alemán alemana ruso rusa americano americana turco turca húngaro húngara ungarico ungarica portugués portuguesa"},
		{"teórico socio político físico histórico técnico", "práctico práctica económico económica social químico químicos "
		    "artístico artística político política administrativo"},
	};

	if (h->spaced && among("y e o u", h->b))
		return CUSTOM_SPACE;
	return IS_PAIR(list, h) ? CUSTOM_KEEP : CUSTOM_NONE;
}

/* ---- all ------------------------------------------------------------------------ */

enum custom
compounds_custom(const struct halves *h)
{
	if (bs_is(bs_str(h->lang), "de"))
		return german_custom(h);
	if (bs_is(bs_str(h->lang), "fr"))
		return french_custom(h);
	if (bs_is(bs_str(h->lang), "nl"))
		return dutch_custom(h);
	if (bs_is(bs_str(h->lang), "es") || bs_is(bs_str(h->lang), "it"))
		return southern_custom(h);
	return english_custom(h);
}

enum custom
compounds_likely(const struct halves *h)
{
	return h->lang[0] == '\0' || strcmp(h->lang, "en") == 0 ? english_likely(h) : CUSTOM_NONE;
}
