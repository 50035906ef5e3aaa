#!/usr/bin/env python3
"""Names for train-tagger --names, from the lists below SHARED/gazetteers.

usage: list-names.py SHARED WORDS.txt >NAMES

A line is a name, a tab and the sum of what lists know it: 1 person, 2 foreign
person, 4 organisation, 8 place, 16 other name, 32 word, 64 seen in news. WORDS.txt is what the
lexicon knows already.
"""
import os
import re
import sys

PERSON, FOREIGN, ORGANISATION, PLACE, OTHER, WORD, SEEN = 1, 2, 4, 8, 16, 32, 64
HAN = re.compile('^[\u4e00-\u9fff·]{2,12}$')


def main():
    shared, words = sys.argv[1:3]
    hanlp = os.path.join(shared, 'gazetteers', 'hanlp1')
    known = set(line.split('\t')[0] for line in open(words, encoding='utf-8'))
    kinds = {}

    def add(name, kind):
        if HAN.match(name):
            kinds[name] = kinds.get(name, 0) | kind

    for line in open(os.path.join(hanlp, 'CoreNatureDictionary.txt'), encoding='utf-8'):
        name, tag = (line.rstrip('\n').split('\t') + [''])[:2]
        if tag in ('nrf', 'nsf'):
            add(name, FOREIGN if tag == 'nrf' else PLACE)
        elif tag.startswith('nr'):
            add(name, PERSON)
        elif tag.startswith('ns'):
            add(name, PLACE)
        elif tag.startswith('nt'):
            add(name, ORGANISATION)
        elif tag in ('nz', 'nf'):
            add(name, OTHER)
        elif name not in known:
            add(name, WORD)
    for file, kind in (('人名词典.txt', PERSON), ('机构名词典.txt', ORGANISATION), ('全国地名大全.txt', PLACE)):
        for line in open(os.path.join(hanlp, file), encoding='utf-8'):
            f = line.split()
            if f:
                add(f[0], FOREIGN if len(f) > 1 and f[1] == 'nrf' else kind)
    distribution = os.path.join(shared, 'gazetteers', 'jionlp', 'word_distribution.json')
    for line in open(distribution, encoding='utf-8'):
        m = re.match(r'\["([^"]+)", (\d+)\]', line)
        if m and len(m.group(1)) > 2 and int(m.group(2)) >= 100 and m.group(1) not in known:
            add(m.group(1), SEEN)
    for name in sorted(kinds):
        print('%s\t%d' % (name, kinds[name]))


main()
