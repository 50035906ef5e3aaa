#!/usr/bin/env python3
"""Text of the web, with its names marked by other conventions, for train-tagger --also.

usage: other-text.py SHARED >CONLL

CLUENER and Boson below SHARED, sentence by sentence in columns: character, tab, BIO tag of
PER, LOC or ORG, as near as the labels there come to them. Blanks are left out.
"""
import json
import os
import re
import sys

CLUENER = {'name': 'PER', 'address': 'LOC', 'scene': 'LOC', 'company': 'ORG', 'government': 'ORG', 'organization': 'ORG'}
BOSON = {'person_name': 'PER', 'location': 'LOC', 'org_name': 'ORG', 'company_name': 'ORG'}
STOPS, CLOSERS = '。！？!?\n', '”」』)）'


def tagged(text, spans):
    """Pairs of a character and its tag; of spans that overlap the longest counts."""
    tags = ['O'] * len(text)
    for b, e, label in sorted(spans, key=lambda s: s[1] - s[0]):
        tags[b:e] = ['B-' + label] + ['I-' + label] * (e - b - 1)
    return list(zip(text, tags))


def cluener(file):
    for line in open(file, encoding='utf-8'):
        o = json.loads(line)
        yield tagged(o['text'], [(b, e + 1, CLUENER[label]) for label, names in o['label'].items() if label in CLUENER
                                 for places in names.values() for b, e in places])


def boson(file):
    for line in open(file, encoding='utf-8'):
        text, spans, end = '', [], 0
        line = line.rstrip('\n').replace('\\n', '\n')
        for m in re.finditer(r'\{\{([a-z_]+):(.*?)\}\}', line, re.S):
            text += line[end:m.start()]
            name, end = m.group(2).strip(), m.end()
            if name and m.group(1) in BOSON:
                spans.append((len(text), len(text) + len(name), BOSON[m.group(1)]))
            text += name
        yield from sentences(tagged(text + line[end:], spans))


def sentences(rows):
    """Cuts after a mark of the end of a sentence, and after a quotation that ends with one."""
    first = 0
    for i, (c, _) in enumerate(rows):
        after = rows[i + 1] if i + 1 < len(rows) else ('\n', 'O')
        ends = (c in STOPS and after[0] not in CLOSERS) or (c == '”' and i and rows[i - 1][0] in STOPS)
        if (ends and after[1][0] != 'I') or i + 1 == len(rows):
            yield rows[first:i + 1]
            first = i + 1


def main():
    corpora = os.path.join(sys.argv[1], 'corpora')
    for read, file in ((cluener, 'cluener/train.jsonl'), (boson, 'boson/train.txt')):
        for rows in read(os.path.join(corpora, file)):
            rows = [row for row in rows if not row[0].isspace()]
            if rows:
                print(''.join('%s\t%s\n' % row for row in rows))


main()
