#!/bin/bash
# Invented pages with gold readings: what each page says of its articles has to come
# out as the gold has it: section, headline, kicker, authors with roles, kind, blocks;
# and where the gold speaks of them: place, credits, jumps, cut paragraphs, the masthead.
# shellcheck source=tests/tap.sh
. tests/tap.sh

# What both sides are brought to. $g is the gold article, which tells what to compare.
# shellcheck disable=SC2016
forms='def stated($g; $k; v): if $g | has($k) then {($k): v} else {} end;
def head: {headline, kicker, section, subheadline, kind: (.kind // "article"), authors: [.authors[] | [.name, .role]]};'
# shellcheck disable=SC2016
gold=$forms'[.articles[] | . as $g | head + {blocks: [.blocks[] | [.kind, .text]]} +
	stated($g; "dateline"; .dateline) + stated($g; "credits"; .credits) + stated($g; "jump"; .jump) +
	stated($g; "truncated"; .truncated)] | {articles: ., page: $p[0].page}'
# shellcheck disable=SC2016
made=$forms'. as $all | [to_entries[] | ($p[0].articles[.key] // {}) as $g | .value | . as $a |
	head + {blocks: [.blocks[] | [.kind, $a.text[.start:.end]]]} +
	stated($g; "dateline"; .dateline.place) +
	stated($g; "credits"; .credits) +
	stated($g; "jump"; .jump | if . then {from, to} | with_entries(select(.value)) else . end) +
	stated($g; "truncated"; [.blocks | map(select(.kind == "para")) | to_entries[] | select(.value.truncated) | .key])] |
	{articles: ., page: ($p[0].page as $g | $all[0] as $a | {date: $a.date} +
		stated($g; "issue"; $a.issue_number) + stated($g; "weekday"; $a.weekday) + stated($g; "newspaper"; $a.newspaper) +
		stated($g; "label"; $a.page_label) + stated($g; "phone"; $a.phone) + stated($g; "email"; $a.email) +
		stated($g; "editor"; $a.editors[0]))}'

page()
{
	jq -S --slurpfile p "tests/pages/$1.gold.json" "$gold" "tests/pages/$1.gold.json" >"$BS_TMP/gold" || return
	broadsheet "tests/pages/$1.txt" >"$BS_TMP/jsonl" || return
	jq -s -S --slurpfile p "tests/pages/$1.gold.json" "$made" "$BS_TMP/jsonl" >"$BS_TMP/made" || return
	diff "$BS_TMP/gold" "$BS_TMP/made"
}

for g in tests/pages/*.gold.json; do
	name=$(basename "$g" .gold.json)
	ok "$name" page "$name"
done
end
