#!/usr/bin/env python3
"""Names for train-tagger --names, from the lists below SHARED.

usage: list-names.py SHARED WORDS.txt [JIEBA.txt] >NAMES

A line is a name, a tab and its class, from 1 to 31: names that the same lists
know are of one class. WORDS.txt is what the lexicon knows already; JIEBA.txt is
the dictionary of jieba (word, count, part of speech).
"""
import collections
import os
import re
import sys

CLASSES = 31
KINDS = ('jieba other', 'jieba person', 'jieba organisation', 'jieba place', 'seen', 'word', 'other', 'foreign', 'person', 'organisation', 'place')  # the first are the first to be given up
BIT = {kind: 1 << i for i, kind in enumerate(KINDS)}
HAN = re.compile('^[\u4e00-\u9fff·]{2,12}$')
JIEBA = {'nr': 'jieba person', 'nrt': 'jieba person', 'nrfg': 'jieba person', 'ns': 'jieba place', 'nt': 'jieba organisation', 'nz': 'jieba other'}


def hanlp(shared, known, add):
    folder = os.path.join(shared, 'gazetteers', 'hanlp1')
    for line in open(os.path.join(folder, 'CoreNatureDictionary.txt'), encoding='utf-8'):
        name, tag = (line.rstrip('\n').split('\t') + [''])[:2]
        if tag in ('nrf', 'nsf'):
            add(name, 'foreign' if tag == 'nrf' else 'place')
        elif tag.startswith('nr'):
            add(name, 'person')
        elif tag.startswith('ns'):
            add(name, 'place')
        elif tag.startswith('nt'):
            add(name, 'organisation')
        elif tag in ('nz', 'nf'):
            add(name, 'other')
        elif name not in known:
            add(name, 'word')
    for file, kind in (('人名词典.txt', 'person'), ('机构名词典.txt', 'organisation'), ('全国地名大全.txt', 'place')):
        for line in open(os.path.join(folder, file), encoding='utf-8'):
            f = line.split()
            if f:
                add(f[0], 'foreign' if len(f) > 1 and f[1] == 'nrf' else kind)


def jionlp(shared, known, add):
    for line in open(os.path.join(shared, 'gazetteers', 'jionlp', 'word_distribution.json'), encoding='utf-8'):
        m = re.match(r'\["([^"]+)", (\d+)\]', line)
        if m and len(m.group(1)) > 2 and int(m.group(2)) >= 100 and m.group(1) not in known:
            add(m.group(1), 'seen')


def jieba(file, add):
    for line in open(file, encoding='utf-8'):
        name, _, tag = line.split()
        if tag in JIEBA:
            add(name, JIEBA[tag])


def classes(kinds):
    """The most frequent sets of kinds, by number; a rarer set is taken for one of those with fewer kinds."""
    frequent = [k for k, _ in sorted(collections.Counter(kinds.values()).items(), key=lambda x: (-x[1], x[0]))[:CLASSES]]
    number = {k: i + 1 for i, k in enumerate(frequent)}
    for name in sorted(kinds):
        k = kinds[name]
        for bit in BIT.values():
            if k not in number and k & ~bit:
                k &= ~bit
        if k in number:
            yield name, number[k]


def main():
    shared, words = sys.argv[1:3]
    known = set(line.split('\t')[0] for line in open(words, encoding='utf-8'))
    kinds = {}

    def add(name, kind):
        if HAN.match(name):
            kinds[name] = kinds.get(name, 0) | BIT[kind]

    hanlp(shared, known, add)
    jionlp(shared, known, add)
    if len(sys.argv) > 3:
        jieba(sys.argv[3], add)
    for name, number in classes(kinds):
        print('%s\t%d' % (name, number))


main()
