#!/bin/bash
# Every prefix of an input ends within a second, with status 0, 1 or 3.
. tests/tap.sh
. tests/laws/lib.sh

step=1 samples=25
[ -z "${BS_SAN-}" ] || { step=23 samples=6; }

one() # filter file bytes
{
	local rc try
	for try in 1 2; do # a second chance on a machine that is busy with something else
		head -c "$3" "$2" | timeout 1 "$1" >/dev/null 2>"$BS_TMP/err"
		rc=$?
		[ $rc = 124 ] || break
	done
	case $rc in
	0 | 1 | 3) return 0 ;;
	esac
	echo "$1: status $rc after $3 bytes of ${2#"$BS_TMP"/} (try $try)"
	head -n 3 "$BS_TMP/err"
	return 1
}

# Sample points over a whole page.
sampled()
{
	local file=$2 size k bad=0
	size=$(wc -c <"$file")
	for ((k = 1; k <= samples; k++)); do
		one "$1" "$file" $((size * k / (samples + 1) + k)) || bad=1
	done
	return $bad
}

# Every byte of a small page. Cut inside the page, so that records of all kinds are hit.
bytewise()
{
	local i file=$BS_TMP/small k bad=0 size
	i=$(rank "$1")
	{ grep -a -m 1 '^broadsheet	' "$stage/small.$i"; grep -av '^broadsheet	' "$stage/small.$i"; } >"$file"
	[ "$i" != 0 ] || cp "$stage/small.0" "$file"
	size=$(wc -c <"$file")
	[ "$size" -le 700 ] || step=$((step * (size / 500 + 1)))
	for ((k = 0; k <= size; k += step)); do
		one "$1" "$file" "$k" || bad=1
	done
	return $bad
}

big() # the largest stage file of this filter's
{
	find "$stage" -name "*.$(rank "$1")" -size +0 -exec ls -S {} + | head -n 1
}

for f in "${filters[@]}"; do
	ok "$f: any prefix of a small page" bytewise "$f"
	ok "$f: prefixes of a page" sampled "$f" "$(big "$f")"
done
if [ -x "$BS_BIN/to-jsonl" ] && [ -f "$stage/small.5" ]; then
	ok "to-jsonl: prefixes of a page" sampled to-jsonl "$(ls -S "$stage"/*.5 | head -n 1)"
fi
end
