#!/usr/bin/env python3
"""Scores tag-entities on a corpus of characters and BIO tags.

usage: ner.py CORPUS.conll SCORER.py [OUT]

Each sentence goes through tag-entities as a page of its own, so that no
sentence helps another; pages as records, since a form feed within a sentence of
plain text ends none. SCORER reads columns: character, gold tag, found tag. OUT keeps
those columns.
"""
import os
import subprocess
import sys
import tempfile

LABELS = ('PER', 'LOC', 'ORG')


def sentences(path):
    rows = []
    for line in open(path, encoding='utf-8'):
        line = line.rstrip('\n')
        if line:
            rows.append(line.split('\t')[:2])
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def main():
    corpus, scorer = sys.argv[1:3]
    tagger = os.path.join(os.environ.get('BIN', 'bin'), 'tag-entities')
    gold = list(sentences(corpus))
    text = 'broadsheet\t1\tby=ner\t\n'
    for number, rows in enumerate(gold, 1):
        text += 'page\t%d\t\t\nline\t%d:1\t-\t%s\n' % (number, number, ''.join(c for c, _ in rows).replace('\\', '\\\\'))
    text += 'end\t-\trecords=%d\t\n' % (2 * len(gold))
    out = subprocess.run([tagger, '--labels', ','.join(LABELS)], input=text.encode(), stdout=subprocess.PIPE, check=True)
    found, k = [[] for _ in gold], -1
    for record in out.stdout.decode().split('\n'):
        f = record.split('\t')
        if f[0] == 'page':
            k += 1
        elif f[0] == 'entity':
            a = dict(x.split('=', 1) for x in f[2].split(' '))
            b, e = map(int, a['at'].split('-'))
            found[k].append((b, e, a['label']))
    if k + 1 != len(gold):
        sys.exit('ner.py: %d sentences in, %d pages out' % (len(gold), k + 1))
    path = sys.argv[3] if len(sys.argv) > 3 else tempfile.mkstemp()[1]
    with open(path, 'w', encoding='utf-8') as f:
        for rows, spans in zip(gold, found):
            tags = ['O'] * len(rows)
            for b, e, label in spans:
                tags[b:e] = ['B-' + label] + ['I-' + label] * (e - b - 1)
            for (c, g), t in zip(rows, tags):
                f.write('%s\t%s\t%s\n' % (c, g, t))
            f.write('\n')
    code = subprocess.run([sys.executable, scorer, path]).returncode
    if len(sys.argv) <= 3:
        os.unlink(path)
    sys.exit(code)


main()
