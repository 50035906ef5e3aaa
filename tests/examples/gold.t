#!/usr/bin/env python3
"""Runs bin/broadsheet over examples/*.txt and compares with examples/*.gold.json.

Every line must be there exactly, but for white space. One TAP line an aspect of a page.
"""
import glob, json, os, re, subprocess

BIN = os.environ.get('BS_BIN', 'bin')
number = 0
failed = False

def bare(text):
    return re.sub(r'\s+', '', text or '')

def check(what, got, want):
    global number, failed
    number += 1
    if got == want:
        print(f'ok {number} - {what}')
        return
    failed = True
    print(f'not ok {number} - {what}')
    if not isinstance(want, list):
        got, want = [got], [want]
    for sign, here, there in (('-', want, got), ('+', got, want)):
        for item in here:
            if item not in there:
                print(f'#   {sign} {json.dumps(item, ensure_ascii=False)}')
    if sorted(map(repr, got)) == sorted(map(repr, want)):
        print('#   the order differs')

def blocks(article, kind):
    """The blocks of one kind of a broadsheet record, as (text, truncated)."""
    return [(bare(article['text'][b['start']:b['end']]), b['truncated'])
            for b in article['blocks'] if b['kind'] == kind]

def authors(article):
    return [(a['name'], a['role']) for a in article['authors']]

def read(path):
    """The articles of a page and the status and messages of the run."""
    run = subprocess.run([os.path.join(BIN, 'broadsheet'), path], capture_output=True)
    return [json.loads(line) for line in run.stdout.splitlines()], run

def flat(articles, part):
    return [item for a in articles for item in part(a)]

def page_fields(gold, articles, say):
    for on, page in enumerate(gold.get('pages', [gold['page']]), 1):
        here = [a for a in articles if a['source']['page'] == on]
        first = here[0] if here else {}
        got = {key: first.get({'issue': 'issue_number'}.get(key, key)) for key in page if key != 'editor'}
        want = {key: value for key, value in page.items() if key != 'editor'}
        say('page' if on == 1 else f'page {on}', [got, first.get('editors')], [want, [page['editor']] if page['editor'] else []])

def compare(path):
    name = os.path.basename(path).replace('.gold.json', '')
    with open(path, encoding='utf-8') as file:
        gold = json.load(file)
    articles, run = read(path.replace('.gold.json', '.txt'))
    want = gold['articles']

    def say(aspect, got, wanted):
        check(f'{name}: {aspect}', got, wanted)

    say('status 0 and nothing said', [run.returncode, run.stderr.decode()], [0, ''])
    page_fields(gold, articles, say)
    say('headlines', [a['headline'] for a in articles], [g['headline'] for g in want])
    for key in ('kicker', 'section', 'byline'):
        say(f'{key}s', [a[key] for a in articles], [g.get(key) for g in want])
    say('authors', [authors(a) for a in articles], [authors(g) for g in want])
    say('datelines', [(a['dateline'] or {}).get('place') for a in articles], [g.get('dateline') for g in want])
    say('subheads', flat(articles, lambda a: [t for t, _ in blocks(a, 'subhead')]),
        flat(want, lambda g: [bare(b['text']) for b in g['blocks'] if b['kind'] == 'subhead']))
    paragraphs = [[bare(b['text']) for b in g['blocks'] if b['kind'] == 'para'] for g in want]
    say('paragraphs', flat(articles, lambda a: [t for t, _ in blocks(a, 'para')]), sum(paragraphs, []))
    say('truncated', flat(articles, lambda a: [t for t, cut in blocks(a, 'para') if cut]),
        [text[n] for g, text in zip(want, paragraphs) for n in g['truncated']])
    whole = ''.join(bare((a['headline'] or '') + (a['kicker'] or '') + a['text']) for a in articles)
    say('noise', [n for n in gold['noise'] if bare(n) in whole], [])

for gold in sorted(glob.glob('examples/*.gold.json')):
    compare(gold)
print(f'1..{number}')
raise SystemExit(failed)
