#!/bin/sh
# Articles against share/schema/, and the schema against itself.
. tests/tap.sh
schema=share/schema/article-1.schema.json
python=/usr/bin/python3
[ -x $python ] || python=python3

check() # at least this many articles on standard input
{
	n=$($python tests/to-jsonl/check.py $schema) && [ "$n" -ge "$1" ]
}

pages()
{
	broadsheet examples/*.txt >"$BS_TMP/pages" && check 9 <"$BS_TMP/pages"
}

# The schema notices: each of these turns a good article into a bad one.
refuses() # jq filter
{
	jq -c "$1" <tests/to-jsonl/articles.out >"$BS_TMP/bad" || return 1
	! check 1 <"$BS_TMP/bad"
}

# Every property has a description.
described()
{
	is "$(jq -c '[paths(type == "object") as $p | select($p[-2] == "properties") | select(getpath($p) | (has("description") or has("const")) | not) | $p]' $schema)" '[]'
}

$python tests/to-jsonl/check.py $schema </dev/null >/dev/null 2>&1
if [ $? = 77 ]; then
	skip 'articles and their schema' 'no python3-jsonschema'
	end
fi
for f in tests/to-jsonl/*.out; do
	ok "schema: $f" check 0 <"$f"
done
[ -x "$BS_BIN/split-articles" ] && ok 'schema: the example pages' pages
ok 'schema: every property is described' described
for change in 'del(.phone)' '.more = 1' '.headline = ""' '.date = "4.3.2031"' '.source.page = "1"' \
    '.blocks[0].kind = "p"' '.entities[0].label = "X"' '.entities[0].value = {}' '.entities[0].value.per = 1' \
    '.authors[0].role = ""' '.quality.removed = -1' '.script = "latin"' '.issue_number = 8.5'; do
	ok "schema: refuses $change" refuses "$change"
done
end
