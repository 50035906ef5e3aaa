#!/usr/bin/env python3
"""Runs the commands of the manual pages and of README.md and compares with the
output shown there.

A literal display whose first line starts with "$ " is a dialogue: what follows
the "$ " (and "> " on the lines after it) is a command, the rest is its output. The
commands of one page run in one empty folder, beside links to examples/ and bin/.
"""
import glob, os, re, subprocess, tempfile

ESCAPES = {r'\e': '\\', r'\&': '', r'\-': '-', r'\(aq': "'", r'\(ga': '`', r'\(ha': '^', r'\(ti': '~', r'\(dq': '"'}

def displays(path):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    for block in re.findall(r'^\.Bd -literal.*?\n(.*?)^\.Ed$', text, re.S | re.M):
        yield re.sub(r'\\\((?:aq|ga|ha|ti|dq)|\\[e&-]', lambda m: ESCAPES[m[0]], block)

def fences(path):
    """The fenced blocks of a Markdown file."""
    with open(path, encoding='utf-8') as file:
        return re.findall(r'^```\n(.*?)^```$', file.read(), re.S | re.M)

def dialogues(display):
    """Pairs of a command and the output shown."""
    pairs = []
    for line in display.splitlines(True):
        if line.startswith('$ '):
            pairs.append([line[2:], ''])
        elif line.startswith('> ') and pairs and not pairs[-1][1]:
            pairs[-1][0] += line[2:]
        elif pairs:
            pairs[-1][1] += line
    return pairs

def folder(path):
    """An empty folder for the commands of a page."""
    place = os.path.join(work.name, path.replace('/', '-'))
    os.mkdir(place)
    os.symlink(os.path.abspath('examples'), os.path.join(place, 'examples'))
    os.symlink(os.path.abspath(os.environ.get('BS_BIN', 'bin')), os.path.join(place, 'bin'))
    return place

os.environ['PATH'] = os.path.abspath(os.environ.get('BS_BIN', 'bin')) + ':' + os.environ['PATH']
work = tempfile.TemporaryDirectory()
number = 0
failed = False
for path in sorted(glob.glob('share/man/man*/*') + glob.glob('share/man/*/man*/*')) + ['README.md']:
    shown = fences(path) if path.endswith('.md') else displays(path)
    pairs = [pair for display in shown if display.startswith('$ ') for pair in dialogues(display)]
    if not pairs:
        pairs = [[f'echo {path} has no example that can be run', '']]
    place = folder(path)
    for command, shown in pairs:
        run = subprocess.run(['sh', '-c', command], cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        got = run.stdout.decode(errors='replace')
        number += 1
        if got == shown:
            print(f'ok {number} - {os.path.basename(path)}: {command.strip().splitlines()[0][:80]}')
            continue
        failed = True
        print(f'not ok {number} - {os.path.basename(path)}: {command.strip()[:80]!r}')
        for line in got.splitlines()[:15]:
            print('#   got:', line[:200])
print(f'1..{number}')
raise SystemExit(failed)
