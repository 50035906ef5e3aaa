#include "latin.h"
#include "number.h"

static const char *const months[] = {
	"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
	"Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.", "Sep.", NULL
};
static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", NULL };
static const char *const days[] = { "yesterday", "today", "tomorrow", "Yesterday", "Today", "Tomorrow", NULL };

static uint32_t
month(const struct ent_text *t, uint32_t i, int *m)
{
	uint32_t len;
	int k = ent_pick(t, i, months, &len);

	if (k < 0 || !ent_word_end(t, i + len))
		return i;
	*m = k == 24 ? 9 : k % 12 + 1;
	return i + len;
}

/* A day of the month, with th or without. */
static uint32_t
day(const struct ent_text *t, uint32_t i, int *d)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", NULL };
	uint32_t e, len;

	if (!ent_digit(ent_cp(t, i)) || !ent_small(t, i, 31, d, &e) || *d < 1)
		return i;
	if (ent_pick(t, e, ends, &len) >= 0)
		e += len;
	return ent_word_end(t, e) ? e : i;
}

static uint32_t
year(const struct ent_text *t, uint32_t i, int *y)
{
	uint32_t e, at = i + (ent_cp(t, i) == ',');

	at = ent_blanks(t, at);
	if (at == i || !ent_small(t, at, 2199, y, &e) || e != at + 4 || *y < 1000 || !ent_word_end(t, e))
		return i;
	return e;
}

/* Jan. 16, 2024; January 2024; January 16. */
static uint32_t
month_first(const struct ent_text *t, uint32_t i, struct ent_when *w)
{
	uint32_t e = month(t, i, &w->month), f;
	int d;

	if (e == i)
		return i;
	f = ent_blanks(t, e);
	if (f > e && day(t, f, &d) > f) {
		w->day = d;
		e = day(t, f, &d);
	}
	f = year(t, e, &w->year);
	return f == e && w->day < 1 ? i : f; /* a bare March is a verb as often */
}

/* 16 January 2024. */
static uint32_t
day_first(const struct ent_text *t, uint32_t i, struct ent_when *w)
{
	uint32_t e = day(t, i, &w->day), f;

	if (e == i || ent_blanks(t, e) == e)
		return i;
	e = ent_blanks(t, e);
	f = month(t, e, &w->month);
	return f == e ? i : year(t, f, &w->year);
}

static bool
date(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span)
{
	struct ent_when w;
	uint32_t e;

	ent_when_init(&w);
	e = ent_digit(t->cp[i]) ? day_first(t, i, &w) : month_first(t, i, &w);
	if (e == i)
		return false;
	if (w.year < 0)
		w.year = ref.y;
	ent_time_span(span, mem, i, e, &w);
	return true;
}

/* Tuesday: the latest one up to the page's date; yesterday. */
static bool
named_day(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span)
{
	struct ent_when w;
	struct ent_date d = ref;
	uint32_t len;
	int k = ent_pick(t, i, weekdays, &len), back;

	ent_when_init(&w);
	if (k >= 0 && ref.y) {
		back = (ent_date_weekday(ref) - (k + 1) + 7) % 7;
		d = ent_date_from_days(ent_date_days(ref) - back);
	} else if (k < 0) {
		k = ent_pick(t, i, days, &len);
		if (k < 0)
			return false;
		d = ref.y ? ent_date_from_days(ent_date_days(ref) + k % 3 - 1) : ref;
	} else {
		w.weekday = k + 1;
		w.week = 0;
	}
	if (!ent_word_end(t, i + len))
		return false;
	w.year = d.y;
	if (w.weekday < 0) {
		w.month = d.y ? d.m : 0;
		w.day = d.y ? d.d : 0;
	}
	ent_time_span(span, mem, i, i + len, &w);
	return true;
}

static bool
upper(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

/* One capitalised word or initial at i; its end, or i. */
static uint32_t
capital(const struct ent_text *t, uint32_t i)
{
	uint32_t e = i;

	if (!upper(ent_cp(t, i)))
		return i;
	while (e - i < 40 && (ent_latin(ent_cp(t, e)) || ((t->cp[e] == '\'' || t->cp[e] == 0x2019 || t->cp[e] == '-') && ent_latin(ent_cp(t, e + 1)) && upper(ent_cp(t, e + 1)))))
		e++;
	return e - i == 1 && ent_cp(t, e) == '.' ? e + 1 : e;
}

enum { NAME_WORDS = 6 }; /* New South Wales Rugby Union Council */

/* Up to so many capitalised words in a row. */
static uint32_t
capitals(const struct ent_text *t, uint32_t i)
{
	uint32_t e = capital(t, i), f;
	int k;

	for (k = 1; k < NAME_WORDS && e > i && ent_cp(t, e) == ' '; k++) {
		f = capital(t, e + 1);
		if (f == e + 1)
			break;
		e = f;
	}
	return e;
}

/* Mr. Smith, Dr J. Smith; By J. Smith at the start of a line. */
static bool
person(const struct ent_text *t, uint32_t i, struct ent_span *span)
{
	static const char *const titles[] = {
		"By", "BY", "by", /* at the start only */
		"Mr.", "Mrs.", "Ms.", "Miss", "Dr.", "Mr", "Mrs", "Dr", "Prof.", "Professor", "Sir", "Senator", "President", "Judge", "Justice", "Captain", "Capt.",
		"Mayor", "Gov.", "Rev.", NULL
	};
	enum { TITLES = 3 };
	uint32_t len, b, e;
	int k = ent_pick(t, i, titles, &len);

	if (k < 0 || (k < TITLES && i > 0) || ent_cp(t, i + len) != ' ')
		return false;
	b = i + len + 1;
	e = capitals(t, b);
	if (e == b || (k < TITLES && ent_cp(t, e) != 0 && ent_cp(t, e) != ',' && ent_cp(t, e) != ' '))
		return false;
	*span = (struct ent_span){ b, e, ENT_PER, BS_S(""), 0, false };
	return true;
}

static bool
place(const struct ent_text *t, uint32_t i, struct ent_span *span)
{
	static const char *const names[] = {
		"Africa", "America", "Asia", "Australia", "Austria", "Baltimore", "Bangkok", "Beijing", "Belgium", "Berlin", "Boston", "Brazil", "Britain",
		"California", "Canada", "Chicago", "China", "Cuba", "Denmark", "Dublin", "Egypt", "England", "Europe", "France", "Geneva", "Germany", "Greece",
		"Hong Kong", "India", "Ireland", "Israel", "Italy", "Japan", "Kenya", "Liverpool", "London", "Los Angeles", "Madrid", "Manchester",
		"Melbourne", "Mexico", "Montreal", "Moscow", "Netherlands", "New York", "New Zealand", "Norway", "Paris", "Philadelphia", "Poland", "Queensland", "Rome",
		"Russia", "San Francisco", "Scotland", "Shanghai", "Singapore", "South Africa", "Spain", "Sweden", "Switzerland", "Sydney", "Tokyo", "Toronto",
		"Turkey", "Ukraine", "United Kingdom", "United States", "Victoria", "Vienna", "Wales", "Washington", NULL
	};
	uint32_t len;

	if (ent_pick(t, i, names, &len) < 0 || !ent_word_end(t, i + len))
		return false;
	*span = (struct ent_span){ i, i + len, ENT_LOC, BS_S(""), 0, false };
	return true;
}

/* Whether a word at i begins a sentence rather than a name. */
static bool
common(const struct ent_text *t, uint32_t i)
{
	static const char *const words[] = {
		"A", "After", "All", "An", "And", "As", "At", "Before", "But", "By", "For", "From", "He", "His", "Her", "How", "If", "In", "It", "Its",
		"Last", "Many", "Most", "No", "Of", "On", "One", "Our", "She", "Since", "So", "Some", "That", "The", "Their", "Then", "There", "These",
		"They", "This", "Those", "Three", "To", "Two", "Under", "Until", "We", "What", "When", "Where", "While", "Who", "With", "You", NULL
	};
	enum { LONGEST = 6 };
	uint32_t len;

	for (len = 1; len <= LONGEST && ent_latin(ent_cp(t, i + len)); len++)
		;
	return len <= LONGEST && ent_pick(t, i, words, &len) >= 0 && ent_word_end(t, i + len);
}

/* Whether [b, e) ends in a word of the list that is not all of it. */
static bool
ends_in(const struct ent_text *t, uint32_t b, uint32_t e, const char *const *list)
{
	uint32_t len;

	return ent_pick_before(t, e, list, &len) >= 0 && e - len > b + 1 && t->cp[e - len - 1] == ' ';
}

/* [i, e) being capitalised words: Lakeside City Council; and, with what comes after an of, University of Lakeside. */
static bool
organisation(const struct ent_text *t, uint32_t i, uint32_t e, struct ent_span *span)
{
	static const char *const ends[] = {
		"University", "College", "Council", "Committee", "Company", "Corporation", "Inc.", "Bank", "Association", "Ministry", "Department", "Institute",
		"Hospital", "Court", "Commission", "Union", "Club", "Society", "Authority", "Agency", "Federation", "Foundation", "Museum", "Party", NULL
	};
	static const char *const heads[] = {
		"Chamber", "Department", "Ministry", "Bank", "Board", "Bureau", "University", "Institute", "House", "Court", "Council", "Academy", NULL
	};
	uint32_t f, len;

	if (e == i)
		return false;
	f = ent_at(t, e, " of ", NULL) ? capitals(t, e + 4) : e + 4;
	if (f > e + 4 && ent_pick_before(t, e, heads, &len) >= 0 && (e - len == i || t->cp[e - len - 1] == ' '))
		e = f;
	else if (!ends_in(t, i, e, ends))
		return false;
	*span = (struct ent_span){ i, e, ENT_ORG, BS_S(""), 0, false };
	return true;
}

/* Orne River, Harbor County; LAKESIDE, Nov. 3 at the start of a paragraph. */
static bool
named_place(const struct ent_text *t, uint32_t i, uint32_t e, struct ent_span *span)
{
	static const char *const ends[] = {
		"Airport", "Avenue", "Bay", "Beach", "Bridge", "County", "Harbor", "Harbour", "Island", "Islands", "Lake", "Mountain", "Mountains",
		"Park", "Province", "River", "Road", "Square", "Station", "Street", "Valley", "Village", NULL
	};
	int m;

	if (e == i || (!ends_in(t, i, e, ends) && !(i == 0 && ent_at(t, e, ", ", NULL) && upper(ent_cp(t, i + 1)) && month(t, e + 2, &m) > e + 2)))
		return false;
	*span = (struct ent_span){ i, e, ENT_LOC, BS_S(""), 0, false };
	return true;
}

/* Ellen Hart said, said Ellen Hart, Ellen Hart, 57: two or three words that speak or have an age. */
static bool
speaker(const struct ent_text *t, uint32_t i, uint32_t e, struct ent_span *span)
{
	static const char *const after[] = { " said", " says", " told", " added", " wrote", " testified", " recalled", NULL };
	static const char *const before[] = { "said ", "says ", "added ", NULL };
	uint32_t k, words = 1, len, f;
	int age;

	for (k = i; k < e; k++)
		words += t->cp[k] == ' ';
	if (e == i || words < 2 || words > 3)
		return false;
	if (!(ent_pick(t, e, after, &len) >= 0 && ent_word_end(t, e + len)) && ent_pick_before(t, i, before, NULL) < 0
	    && !(ent_at(t, e, ", ", NULL) && ent_digit(ent_cp(t, e + 2)) && ent_small(t, e + 2, 110, &age, &f) && age > 3
	    && (ent_cp(t, f) == ',' || ent_cp(t, f) == '.')))
		return false;
	*span = (struct ent_span){ i, e, ENT_PER, BS_S(""), 0, false };
	return true;
}

/* Whether c is one of these letters, with which the words of a list begin. */
static inline bool
begins(uint32_t c, const char *letters)
{
	while (*letters && (unsigned char)*letters != c)
		letters++;
	return *letters != 0;
}

bool
ent_latin_span(const struct ent_text *t, struct bs_mem *mem, struct ent_date ref, uint32_t i, struct ent_span *span)
{
	uint32_t c = t->cp[i], p = i > 0 ? t->cp[i - 1] : 0, e;

	if ((!ent_digit(c) && !(ent_latin(c) && c < 0x80)) || ent_latin(p) || ent_digit(p))
		return false;
	if ((p == ',' || p == '.') && i > 1 && ent_digit(c) && ent_digit(t->cp[i - 2]))
		return false; /* within a number */
	if (ent_digit(c))
		return date(t, mem, ref, i, span) || ent_english_value(t, mem, ref, i, span);
	if (!upper(c))
		return ((c == 'y' || c == 't') && named_day(t, mem, ref, i, span)) || (c == 'b' && person(t, i, span))
		    || ent_english_value(t, mem, ref, i, span);
	if ((begins(c, "ADFJMNOS") && date(t, mem, ref, i, span)) || (begins(c, "FMSTWY") && named_day(t, mem, ref, i, span))
	    || (begins(c, "BCDGJMPRS") && person(t, i, span)) || ent_english_value(t, mem, ref, i, span))
		return true;
	if (common(t, i))
		return false;
	e = capitals(t, i);
	return organisation(t, i, e, span) || named_place(t, i, e, span) || place(t, i, span) || speaker(t, i, e, span);
}
