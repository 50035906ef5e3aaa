#!/usr/bin/env python3
"""Fits share/rules/roles.weights to gold pages.

usage: train-roles.py [-e EPOCHS] [-p PULL] [-h HELDOUT] BIN WEIGHTS PAGE.txt... >NEW.weights

BIN is the folder of the built programs, WEIGHTS the weights to start from, and
PAGE.gold.json stands beside each PAGE.txt (examples/README.md describes it).
The pages go through denoise, dehyphenate and split-articles --explain, which
tells what is seen of each block; the gold tells the role that it should have.
Method: a linear chain of conditional random fields (Lafferty et al. 2001), fitted by
AdaGrad (Duchi et al. 2011). Hand-made weights are corrected, not forgotten: each is drawn
back to where it was by PULL times its distance from there (L2), against one for each
page that speaks for moving it.
Every HELDOUT-th page (0: none) is only scored. Comments of WEIGHTS are kept.
"""
import collections, functools, getopt, json, math, os, random, re, subprocess, sys, unicodedata

ROLES = 'masthead section kicker headline headline2 subheadline byline lead paragraph subhead caption note table signoff'.split()
NO = float('-inf')
RATE, EPOCHS, PULL = .1, 8, 1.
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


class Chain:
    """The weights in one list, and where in it each one is."""

    def __init__(self, w, data):
        self.w, n = w, len(ROLES)
        self.names = sorted({x for _, feats, _ in data for f in feats for x in f} | {k[1] for k in w[0]})
        self.start = n * len(self.names)
        self.moves = [(ROLES.index(q), ROLES.index(r)) for q, r in w[2]]
        self.at = {m: self.start + n + i for i, m in enumerate(self.moves)}
        self.v = [w[0].get((r, x), 0.) for x in self.names for r in ROLES] + [w[1][r] for r in ROLES] + list(w[2].values())

    def put_back(self):
        n = len(ROLES)
        for i, x in enumerate(self.names):
            for k, r in enumerate(ROLES):
                self.w[0][r, x] = self.v[i * n + k]
        for k, r in enumerate(ROLES):
            self.w[1][r] = self.v[self.start + k]
        for m, v in zip(list(self.w[2]), self.v[self.start + n:]):
            self.w[2][m] = v

    def page(self, feats, want):
        """The same as numbers: blocks of which the same is seen are one kind."""
        kinds, index = {}, {x: i for i, x in enumerate(self.names)}
        of = [kinds.setdefault(tuple(sorted(index[x] for x in f)), len(kinds)) for f in feats]
        return list(kinds), of, [ROLES.index(r) for r in want]


def beliefs(chain, page):
    """How likely each role is for each block, and the expected number of each move; forward
    and backward, the sums scaled to 1 block by block."""
    kinds, of, _ = page
    v, n = chain.v, len(ROLES)
    says = []
    for k in kinds:
        sums = [sum(x) for x in zip(*(v[f * n:f * n + n] for f in k))]
        most = max(sums)
        says.append([math.exp(x - most) for x in sums])
    weight = [(q, r, math.exp(v[chain.at[q, r]])) for q, r in chain.moves]
    first = [math.exp(x) for x in v[chain.start:chain.start + n]]
    ahead = []
    for i, k in enumerate(of):
        if i:
            now, last = [0.] * n, ahead[-1]
            for q, r, x in weight:
                now[r] += last[q] * x
        else:
            now = first
        now = [a * b for a, b in zip(now, says[k])]
        total = sum(now)
        ahead.append([a / total for a in now])
    likely, moved, back = [None] * len(of), [0.] * len(weight), [1.] * n
    for i in range(len(of) - 1, -1, -1):
        p = [a * b for a, b in zip(ahead[i], back)]
        total = sum(p)
        likely[i] = [x / total for x in p]
        if i:
            here = [a * b for a, b in zip(back, says[of[i]])]
            before, back = ahead[i - 1], [0.] * n
            flow = [before[q] * x * here[r] for q, r, x in weight]
            total = sum(flow)
            for m, x in enumerate(flow):
                moved[m] += x / total
            for q, r, x in weight:
                back[q] += x * here[r]
            total = sum(back)
            back = [x / total for x in back]
    return likely, moved


def slope(chain, page):
    """What each weight would have to go down by: expected less seen."""
    kinds, of, want = page
    n = len(ROLES)
    likely, moved = beliefs(chain, page)
    g, of_kind = [0.] * chain.start + likely[0] + moved, [[0.] * n for _ in kinds]
    g[chain.start + want[0]] -= 1
    for i, k in enumerate(of):
        of_kind[k] = [a + b for a, b in zip(of_kind[k], likely[i])]
        of_kind[k][want[i]] -= 1
        if i:
            g[chain.at[want[i - 1], want[i]]] -= 1
    for k, sums in zip(kinds, of_kind):
        for f in k:
            g[f * n:f * n + n] = [a + b for a, b in zip(g[f * n:f * n + n], sums)]
    return g


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


def fit(w, data, epochs=EPOCHS, pull=PULL, held=0, tell=lambda *a: None):
    """Fits w in place; pull: see above. Same input, same weights."""
    test = lambda n: bool(held) and n % held == held - 1

    def right():
        s = collections.Counter()
        for n, feats, want in data:
            got = decode(w, feats)
            s[test(n), 'n'] += len(want)
            s[test(n), 'ok'] += sum(a == b for a, b in zip(got, want))
        return 'fitted %d of %d, held out %d of %d' % (s[False, 'ok'], s[False, 'n'], s[True, 'ok'], s[True, 'n'])
    tell('start:', right)
    chain = Chain(w, data)
    pages = [chain.page(feats, want) for n, feats, want in data if not test(n)]
    hand, squares, rng = chain.v[:], [1e-6] * len(chain.v), random.Random(7)
    for e in range(epochs):
        rng.shuffle(pages)
        rate, share = RATE / (1 + .3 * e), pull / len(pages)
        for page in pages:
            v = chain.v
            for i, g in enumerate(slope(chain, page)):
                g += share * (v[i] - hand[i])
                if g and v[i] > NO:
                    squares[i] += g * g
                    v[i] -= rate * g / math.sqrt(squares[i])
    chain.put_back()
    tell('fitted:', right)


def main(argv):
    opts, args = getopt.getopt(argv, 'e:p:h:')
    opts = dict(opts)
    epochs, pull, held = int(opts.get('-e', EPOCHS)), float(opts.get('-p', PULL)), int(opts.get('-h', 0))
    bindir, path, pages = args[0], args[1], args[2:]
    w = read_weights(path)
    fit(w, readings(bindir, pages, w), epochs, pull, held, lambda what, right: print(what, right(), file=sys.stderr))
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
