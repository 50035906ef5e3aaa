#!/bin/bash
# How the bytes arrive, in which locale, and whether the last line is ended: no matter.
. tests/tap.sh
. tests/laws/lib.sh
feed=$BS_BUILD/tests/helpers/feed

locales()
{
	local l
	LC_ALL=C "$1" <"$2" >"$BS_TMP/c" 2>/dev/null
	for l in POSIX C.UTF-8 en_US.UTF-8 zh_CN.GB18030 tr_TR.UTF-8; do
		LANG=$l LC_ALL=$l "$1" <"$2" >"$BS_TMP/l" 2>/dev/null
		same "$BS_TMP/c" "$BS_TMP/l" || { echo "in $l"; return 1; }
	done
}

# A file, the same file as a slow pipe, and as operand.
pieces()
{
	local f=$1 i size out
	i=$(rank "$f")
	for size in 1 7 4096; do
		for name in small "${pages[0]}"; do
			[ $size -gt 1 ] || [ "$name" = small ] || continue
			out=$stage/$name.$((i + 1))
			"$feed" $size "$stage/$name.$i" | "$f" >"$BS_TMP/fed" 2>/dev/null
			same "$out" "$BS_TMP/fed" || { echo "$name in pieces of $size"; return 1; }
		done
	done
}

final()
{
	local size
	[ "$(tail -c 1 "$2" | od -An -tx1)" = ' 0a' ] || return 0
	size=$(wc -c <"$2")
	[ "$(tail -c 2 "$2" | od -An -tx1)" != ' 0a 0a' ] || return 0 # the last line is a blank one
	tr -d '\0' <"$2" | cmp -s - "$2" || return 0 # two bytes a character
	"$1" <"$2" >"$BS_TMP/with" 2>/dev/null
	head -c $((size - 1)) "$2" | "$1" >"$BS_TMP/without" 2>/dev/null
	# the hash that names a page of standard input counts the byte
	sed 's/x[0-9a-f]\{12\}/x/g' "$BS_TMP/with" >"$BS_TMP/a"
	sed 's/x[0-9a-f]\{12\}/x/g' "$BS_TMP/without" >"$BS_TMP/b"
	same "$BS_TMP/a" "$BS_TMP/b"
}

for f in "${filters[@]}"; do
	[ -n "${BS_SAN-}" ] || ok "$f: same bytes in any locale" each locales "$f"
	ok "$f: fed in pieces" pieces "$f"
	ok "$f: final line end optional" each final "$f"
done

operands()
{
	broadsheet -j1 examples/*.txt >"$BS_TMP/j1" 2>/dev/null || return 1
	broadsheet -j2 examples/*.txt >"$BS_TMP/j2" 2>/dev/null || return 1
	[ -s "$BS_TMP/j1" ] && same "$BS_TMP/j1" "$BS_TMP/j2"
}
[ -x "$BS_BIN/broadsheet" ] && ok 'broadsheet: -j 1 and -j 2 give the same' operands
end
