#!/bin/bash
# No state crosses a page: outputs in a row are the output of inputs in a row.
. tests/tap.sh
. tests/laws/lib.sh

# Streams put together, through a pipe and as operands.
rows()
{
	local f=$1 i name
	i=$(rank "$f")
	: >"$BS_TMP/parts"
	for name in "${pages[@]}"; do
		"$f" <"$stage/$name.$i" >>"$BS_TMP/parts" 2>/dev/null
	done
	(cd "$stage" && cat "${pages[@]/%/.$i}") | "$f" >"$BS_TMP/whole" 2>/dev/null
	same "$BS_TMP/parts" "$BS_TMP/whole" || return 1
	(cd "$stage" && "$f" "${pages[@]/%/.$i}") >"$BS_TMP/whole" 2>/dev/null
	same "$BS_TMP/parts" "$BS_TMP/whole"
}

# Plain text cut after its form feeds; each page has a masthead, so none is a sheet of another (broadsheet(5)). What is written per section (its header and
# end) is written once for the whole, so it is left out of the comparison.
utf8_page()
{
	case $1 in *big5* | *gb18030*) return 1 ;; esac
	[ "$(head -c 3 "$stage/$1.0" | od -An -tx1)" != ' ef bb bf' ]
}
feeds()
{
	local run=$1 name
	: >"$BS_TMP/parts"
	: >"$BS_TMP/all"
	for name in "${pages[@]}"; do
		utf8_page "$name" || continue
		# one page only; a line end right after a form feed belongs to the form feed
		LC_ALL=C awk 'BEGIN { RS = "\f" } NR == 1 { sub(/^\n+/, ""); printf "%s", $0 }' "$stage/$name.0" >"$BS_TMP/page"
		printf '\f' >>"$BS_TMP/page"
		$run <"$BS_TMP/page" 2>/dev/null | sed '/^broadsheet	/d; /^end	/d' >>"$BS_TMP/parts"
		cat "$BS_TMP/page" >>"$BS_TMP/all"
	done
	$run <"$BS_TMP/all" 2>/dev/null | sed '/^broadsheet	/d; /^end	/d' >"$BS_TMP/whole"
	[ -s "$BS_TMP/parts" ] && same "$BS_TMP/parts" "$BS_TMP/whole"
}

all()
{
	from-text | denoise | dehyphenate | split-articles | tag-entities | to-jsonl
}

for f in "${filters[@]}"; do
	[ "$f" = from-text ] || ok "$f: streams in a row give outputs in a row" rows "$f"
	ok "$f: plain text can be cut at any form feed" feeds "$f"
done
[ -x "$BS_BIN/to-jsonl" ] && ok "the pipeline: plain text can be cut at any form feed" feeds all
[ -x "$BS_BIN/broadsheet" ] && ok "broadsheet: plain text can be cut at any form feed" feeds broadsheet
end
