# shellcheck shell=bash
# lib.sh - the pages that the laws are tried on; sourced after tests/tap.sh.
#
# $pages holds the names of the pages: all examples, and one made here. For a page P,
# $stage/P.0 is its plain text and $stage/P.1 to P.5 what each filter of the pipeline
# made of it, so that the N-th filter (from 0) reads $stage/P.N.
pipeline=(from-text denoise dehyphenate split-articles tag-entities)
stage=$BS_TMP/stage
filters=() pages=()

make_stages()
{
	local file name i
	mkdir -p "$stage"
	for file in examples/*.txt tests/laws/*.txt; do
		[ -f "$file" ] || continue
		name=$(basename "$file" .txt)
		cp "$file" "$stage/$name.0"
		pages+=("$name")
	done
	for i in "${!pipeline[@]}"; do
		[ -x "$BS_BIN/${pipeline[i]}" ] || return
		filters+=("${pipeline[i]}")
		for name in "${pages[@]}"; do
			"${pipeline[i]}" <"$stage/$name.$i" >"$stage/$name.$((i + 1))" 2>>"$BS_TMP/stage.err"
		done
	done
}
make_stages

# The rank of a filter in the pipeline.
rank()
{
	local i
	for i in "${!pipeline[@]}"; do
		[ "${pipeline[i]}" = "$1" ] && echo "$i"
	done
}

# Files that a filter may be given: its stage of each page, the plain pages, its golden cases.
inputs() # filter
{
	local name i
	i=$(rank "$1")
	for name in "${pages[@]}"; do
		echo "$stage/$name.$i"
		[ "$i" = 0 ] || echo "$stage/$name.0"
	done
	for name in tests/"$1"/*.in; do
		[ -f "$name" ] && [ ! -f "${name%.in}.rc" ] && echo "$name"
	done
}

# each CHECK FILTER: runs `CHECK FILTER FILE` on each input; says which failed.
each()
{
	local file bad=0
	while read -r file; do
		"$1" "$2" "$file" || { echo "on ${file#"$BS_TMP"/}"; bad=1; }
	done < <(inputs "$2")
	return $bad
}

# same A B: byte for byte, with the first lines of the difference.
same()
{
	cmp -s "$1" "$2" && return
	diff -a "$1" "$2" | head -n 6
	return 1
}
