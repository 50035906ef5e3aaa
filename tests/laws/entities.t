#!/bin/bash
# The `at` slice of each entity is its field 4; in JSON, text[start:end] is its text.
. tests/tap.sh
. tests/laws/lib.sh
command -v jq >/dev/null || { echo '1..0 # SKIP no jq'; exit 0; }

slices()
{
	local name bad=0
	for name in "${pages[@]}"; do
		jq -Rrn '
			def plain: gsub("\\\\(?<c>[\\\\tnr])"; {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}[.c]);
			reduce (inputs | split("\t") | select(length == 4)) as $r ({text: {}, wrong: []};
				if $r[0] == "entity" then
					($r[2] | capture("(^| )at=(?<from>[0-9]+)-(?<to>[0-9]+)")) as $at |
					if .text[$r[1]][($at.from | tonumber):($at.to | tonumber)] == ($r[3] | plain) then .
					else .wrong += [$r | join(" ")] end
				elif $r[0] == "author" or $r[0] == "dateline" or $r[0] == "meta" then .
				else .text[$r[1]] = ($r[3] | plain) end) | .wrong[]' "$stage/$name.5" >"$BS_TMP/wrong" || bad=1
		[ -s "$BS_TMP/wrong" ] && { echo "$name:"; head -n 5 "$BS_TMP/wrong"; bad=1; }
	done
	[ -s "$stage/${pages[0]}.5" ] && return $bad
}

some() # there are entities at all
{
	[ "$(cat "$stage"/*.5 | grep -ac '^entity	')" -gt 20 ]
}

json()
{
	cat "$stage"/*.5 | to-jsonl 2>/dev/null |
		jq -c '. as $a | .entities[] | select(($a[.field] // "")[.start:.end] != .text)' >"$BS_TMP/wrong" || return 1
	head -n 5 "$BS_TMP/wrong"
	[ ! -s "$BS_TMP/wrong" ]
}

if [ ! -f "$stage/small.5" ]; then
	skip 'entities' 'no tag-entities'
else
	ok 'at= slices equal field 4' slices
	ok 'the examples have entities' some
	[ -x "$BS_BIN/to-jsonl" ] && ok 'start and end slice the JSON text' json
fi
end
