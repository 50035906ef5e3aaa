#!/usr/bin/env python3
"""Lists of words that are asked only where a begins_...() lets them: each word's first
character has to be in the guard, or a word added to the list would never be found."""
import os, re

ROOM = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'filters', 'tag-entities')
# file, guard, where its lists start (a pattern)
GUARDS = [
    ('clock.c', 'begins_part', r'parts\[\] = \{'),
    ('dates.c', 'begins_word', r'static const struct word \w+\[\] = \{'),
    ('duration.c', 'begins_unit', r'units\[UNITS\] = \{'),
    ('duration.c', 'begins_head', r'heads\[\] = \{'),
    ('feasts.c', 'begins_feast', r'feasts\[\] = \{'),
    ('quantity.c', 'begins_head', r'\nhead\([^{]*\{[^{]*words\[\] = \{'),
    ('quantity.c', 'begins_name', r'\ncurrency\([^{]*\{[^{]*names\[\] = \{'),
    ('timewords.c', 'begins_vague', r'vague\[\] = \{'),
]

print('1..%d' % len(GUARDS))
for n, (name, guard, lists) in enumerate(GUARDS, 1):
    source = open(os.path.join(ROOM, name), encoding='utf-8').read()
    body = re.search(r'\n%s\(.*?\n\}\n' % guard, source, re.S).group(0)
    letters = set(re.findall(r"case U?'(.)'", body))
    words = []
    for m in re.finditer(lists, source):
        rows = source[m.end():source.index('};', m.end())]
        # of rows in braces the first string is the word
        words += re.findall(r'\{ "([^"]+)"', rows) or re.findall(r'"([^"]+)"', rows)
    missing = sorted({w for w in words if w[0] not in letters})
    ok = words and letters and not missing
    print('%sok %d - %s: %s lets all %d words by' % ('' if ok else 'not ', n, name, guard, len(words)))
    for w in missing:
        print('# %s is never asked' % w)
