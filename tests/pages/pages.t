#!/bin/bash
# Invented pages with gold readings: what each page says of its articles has to come
# out as the gold has it: section, headline, kicker, authors with roles, place, blocks.
# shellcheck source=tests/tap.sh
. tests/tap.sh

# A dateline is compared where the gold speaks of it.
gold='.page as $p | [.articles[] | {headline, kicker, section, authors: [.authors[] | [.name, .role]],
	blocks: [.blocks[] | [.kind, .text]], date: $p.date, issue: $p.issue} +
	(if has("dateline") then {place: .dateline} else {} end)]'
made='[., $gold[0].articles] | .[1] as $g | [.[0] | to_entries[] | .key as $k | .value |
	{headline, kicker, section, authors: [.authors[] | [.name, .role]],
	blocks: [.text as $t | .blocks[] | [.kind, $t[.start:.end]]], date, issue: .issue_number} +
	(if $g[$k] // {} | has("dateline") then {place: .dateline.place} else {} end)]'

page()
{
	jq -S "$gold" "tests/pages/$1.gold.json" >"$BS_TMP/gold"
	broadsheet "tests/pages/$1.txt" | jq -s -S --slurpfile gold "tests/pages/$1.gold.json" "$made" >"$BS_TMP/made"
	diff "$BS_TMP/gold" "$BS_TMP/made"
}

for g in tests/pages/*.gold.json; do
	name=$(basename "$g" .gold.json)
	ok "$name" page "$name"
done
end
