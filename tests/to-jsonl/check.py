"""check.py SCHEMA: articles on standard input against the schema and what it cannot say.

Exits 77 where python's jsonschema is missing.
"""
import json, sys
try:
    import jsonschema
except ImportError:
    sys.exit(77)

with open(sys.argv[1], encoding='utf-8') as f:
    schema = json.load(f)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
KEYS = list(schema['properties'])
raw = sys.stdin.buffer.read()
assert not raw or raw.endswith(b'\n')
text = raw.decode('utf-8')
assert not text.startswith('\ufeff')
lines = text.split('\n')[:-1]
assert text.splitlines() == lines, 'a line end that some reader counts'


def unique(pairs):
    keys = [k for k, _ in pairs]
    assert len(keys) == len(set(keys)), keys
    return dict(pairs)


seen = set()
for line in lines:
    a = json.loads(line, object_pairs_hook=unique)
    for e in validator.iter_errors(a):
        sys.exit(f'{a.get("id")}: {e.json_path}: {e.message}')
    assert list(a) == KEYS, 'keys in the order of the schema'
    assert a['id'] not in seen, a['id']
    seen.add(a['id'])
    at = 0
    for n, b in enumerate(a['blocks']):
        assert b['start'] == at + (n > 0) and b['end'] > b['start'], b
        assert n == 0 or a['text'][at] == '\n', b
        assert all(x <= y for x, y in b['lines']), b
        at = b['end']
    assert at == len(a['text']), 'blocks cover the text'
    for e in a['entities']:
        assert a[e['field']][e['start']:e['end']] == e['text'], e
    fields = [a[k] or '' for k in ('text', 'headline', 'kicker', 'subheadline', 'byline', 'section')]
    assert a['quality']['replaced'] == sum(f.count('\ufffd') for f in fields)
    assert len(a['source']['lines']) in (0, 2)
print(len(lines))
