#!/usr/bin/env python3
"""Fits share/rules/roles.weights to gold pages.

usage: train-roles.py [-e EPOCHS] [-r RATE] [-h HELDOUT] BIN WEIGHTS PAGE.txt... >NEW.weights

BIN is the folder of the built programs, WEIGHTS the weights to start from, and
PAGE.gold.json stands beside each PAGE.txt (examples/README.md describes it).
The pages go through denoise, dehyphenate and split-articles --explain, which
tells what is seen of each block; the gold tells the role that it should have.
Method: structured perceptron with averaged weights (Collins 2002), decoded by
the same dynamic programming as roles.c. Each feature moves by RATE at most per
error and page, so that hand-made weights are corrected, not forgotten.
Every HELDOUT-th page (0: none) is only scored. Comments of WEIGHTS are kept.
"""
import collections, functools, getopt, json, os, re, subprocess, sys, unicodedata

ROLES = 'masthead section kicker headline headline2 subheadline byline lead paragraph subhead caption note table signoff'.split()
NO = float('-inf')
FOLD = str.maketrans({'“': '"', '”': '"', '‘': "'", '’': "'", '—': '-', '–': '-', '～': '~', '·': '.'})


def norm(t):
    return re.sub(r'\s+', '', unicodedata.normalize('NFKC', t or '')).translate(FOLD)


def read_weights(path):
    emit, start, move = collections.defaultdict(float), {r: NO for r in ROLES}, {}
    for l in open(path, encoding='utf8'):
        f = l.split()
        if not f or f[0] == '#' or l.startswith('#'):
            continue
        if f[0] == 'emit':
            emit[f[1], f[2]] = float(f[3])
        elif f[0] == 'start':
            start[f[1]] = float(f[2])
        else:
            move[f[1], f[2]] = float(f[3])
    return emit, start, move


@functools.lru_cache(maxsize=None)
def seen(bindir, page):
    """(features, text) of each block of each page of the file."""
    p = subprocess.run(['bash', '-c', 'set -o pipefail; "$0"/from-text "$1" | "$0"/denoise | "$0"/dehyphenate | '
                        '"$0"/split-articles --explain', bindir, page], capture_output=True, check=True)
    out = collections.OrderedDict()
    for l in p.stdout.decode('utf8').splitlines():
        f = l.split('\t')
        out.setdefault(f[0].split(':')[0], []).append((['bias'] + f[3].split(), f[4]))
    return list(out.values())


def gold_role(text, feats, gold, used):
    """The role a block should have, by what the gold says of its text, and the headline of
    the article that it belongs to."""
    t = norm(text)
    page = gold['page']
    if 'masthead' in feats and t not in (norm(b['text']) for a in gold['articles'] for b in a['blocks']):
        return 'masthead', None
    if page.get('section') and t == norm(page['section']):
        return 'section', None
    for a in gold['articles']:
        role = role_in(a, t, feats, used)
        if role:
            return role, a['headline']
    signed = any(a['authors'] and len(t) < 60 and all(norm(x['name']) in t for x in a['authors']) for a in gold['articles'])
    if 'stop' not in feats and (signed or {'byline2', 'byline3'} & set(feats)):  # golds name authors, not the line
        return 'signoff' if used and used[-1] in ('paragraph', 'lead', 'caption', 'table') else 'byline', None
    return None, None


def role_in(a, t, feats, used):
    for role in ('section', 'headline', 'kicker', 'subheadline', 'byline'):
        if t == norm(a.get(role)):
            return role
    if len(t) >= 3 and norm(a['headline']).startswith(t):
        return 'headline'
    if len(t) >= 2 and norm(a['headline']).endswith(t) and 'headline' in used[-1:]:
        return 'headline2'
    for b in a['blocks']:
        g = norm(b['text'])
        if t == g and b['kind'] == 'subhead' and len(t) > 3:
            return 'caption' if 'credit' in feats else 'note' if 'datasrc' in feats else 'subhead'
        if t == g and b['kind'] == 'table':
            return 'table'
        if t == g and b['kind'] != 'para':
            return b['kind']
        if b['kind'] == 'caption' and len(t) >= 3 and (g.endswith(t) or g.startswith(t)):
            return 'caption'
        if t == g and ('figures' in feats or 'cells' in feats):
            return 'table'
        if b['kind'] == 'subhead' and len(t) > 3 and g.startswith(t):
            return 'subhead'
        if g and b['kind'] == 'para' and (t in g or g in t or t[:12] in g or t[-12:] in g):
            return 'lead' if used and used[-1] in ('byline', 'headline', 'headline2', 'subheadline') else 'paragraph'
    return None


def decode(w, seq, allowed=None):
    emit, start, move = w
    score = lambda r, f: sum(emit[r, x] for x in f)
    before = {r: start[r] + score(r, seq[0]) for r in ROLES if not allowed or allowed[0] in (None, r)}
    back = []
    for i, f in enumerate(seq[1:], 1):
        now, frm = {}, {}
        for r in ROLES:
            if allowed and allowed[i] not in (None, r):
                continue
            best, arg = NO, None
            for q, v in before.items():
                m = move.get((q, r), NO)
                if v + m > best:
                    best, arg = v + m, q
            if arg is not None:
                now[r], frm[r] = best + score(r, f), arg
        back.append(frm)
        before = now
        if not now:
            return None
    r = max(before, key=before.get)
    out = [r]
    for frm in reversed(back):
        r = frm[r]
        out.append(r)
    return out[::-1]


def update(w, total, seq, roles, by, at):
    emit, start, move = w
    for i, (f, r) in enumerate(zip(seq, roles)):
        for x in f:
            emit[r, x] += by
            total['emit', r, x] += by * at
        if i:
            move[roles[i - 1], r] += by
            total['move', roles[i - 1], r] += by * at
        else:
            start[r] += by
            total['start', r] += by * at


def is_doubtful(role, feats, before, want):
    """Golds made from web pages call many a subhead a paragraph: these do not count as either.
    Nor do headlines amid prose that nothing tells from subheads, not even other words after it than before, and the editor's signatures,
    credits and sources that they call subheads."""
    if role == 'subhead' and {'credit', 'datasrc'} & set(feats):
        return True
    unsure = lambda f: 'bare' in f and 'topic-new' not in f
    if role == 'headline' and unsure(feats) or role == 'lead' and want == [None] and unsure(before[0]):
        return True
    return role == 'paragraph' and 'end-open' in feats and not {'stop', 'len6', 'signature', 'credit'} & set(feats)


def readings(bindir, pages, w, without=()):
    """What is seen of the blocks of each page and the roles they should have, pages whose gold
    has no legal reading left out. Blocks of the articles whose headlines are in `without` are cut."""
    data = []
    for n, p in enumerate(pages):
        gold = json.load(open(re.sub(r'\.txt$', '.gold.json', p), encoding='utf8'))
        for seq in seen(bindir, p):
            feats, want = [], []
            for f, t in seq:
                role, article = gold_role(t, f, gold, want)
                if article is None or article not in without:
                    feats.append(f)
                    want.append(None if is_doubtful(role, f, feats[-2:-1], want[-1:]) else role)
            legal = feats and decode(w, feats, want)
            if legal:
                data.append((n, feats, legal))
            elif feats:
                print('no legal reading of', p, file=sys.stderr)
    return data


def fit(w, data, epochs, rate, held=0, tell=lambda *a: None):
    """Fits w in place."""
    total, step = collections.Counter(), 1
    test = lambda n: bool(held) and n % held == held - 1

    def right():
        s = collections.Counter()
        for n, feats, want in data:
            got = decode(w, feats)
            s[test(n), 'n'] += len(want)
            s[test(n), 'ok'] += sum(a == b for a, b in zip(got, want))
        return 'fitted %d of %d, held out %d of %d' % (s[False, 'ok'], s[False, 'n'], s[True, 'ok'], s[True, 'n'])
    tell('start:', right)
    for e in range(epochs):
        for n, feats, want in data:
            if not test(n):
                got = decode(w, feats)
                if got != want:
                    update(w, total, feats, want, rate, step)
                    update(w, total, feats, got, -rate, step)
                step += 1
        tell('epoch %d:' % (e + 1), right)
    for k, v in total.items():  # averaging: w - sum(t * delta) / steps
        if k[0] == 'emit':
            w[0][k[1:]] -= v / step
        elif k[0] == 'move':
            w[2][k[1:]] -= v / step
        else:
            w[1][k[1]] -= v / step
    tell('averaged:', right)


def main(argv):
    opts, args = getopt.getopt(argv, 'e:r:h:')
    opts = dict(opts)
    epochs, rate, held = int(opts.get('-e', 8)), float(opts.get('-r', 0.05)), int(opts.get('-h', 0))
    bindir, path, pages = args[0], args[1], args[2:]
    w = read_weights(path)
    fit(w, readings(bindir, pages, w), epochs, rate, held, lambda what, right: print(what, right(), file=sys.stderr))
    write(path, w)


def write(path, w, out=sys.stdout):
    """The file at path with its comments, new numbers, and new features after the old ones of a role."""
    emit, start, move = w
    done, lines = set(), ['# How split-articles weighs what it sees of a block; made by train-roles.py from roles.hand. Lines:\n']
    for l in open(path, encoding='utf8').readlines()[1:]:
        f = l.split()
        if f and not l.startswith('#'):
            key = tuple(f[:-1])
            v = emit[f[1], f[2]] if f[0] == 'emit' else start[f[1]] if f[0] == 'start' else move[f[1], f[2]]
            done.add(key)
            l = '%s %.2f\n' % (' '.join(key), v)
        lines.append(l)
    for (r, x), v in sorted(emit.items()):
        if ('emit', r, x) not in done and abs(v) >= 0.05:
            at = max(i for i, l in enumerate(lines) if l.startswith('emit %s ' % r))
            lines.insert(at + 1, 'emit %s %s %.2f\n' % (r, x, v))
    out.write(''.join(lines))


if __name__ == '__main__':
    main(sys.argv[1:])
