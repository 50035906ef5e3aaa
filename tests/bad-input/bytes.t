#!/bin/bash
# Bytes that are no text, and records that are no records.
. tests/tap.sh
. tests/bad-input/lib.sh
scramble=$BS_BUILD/tests/helpers/scramble
times=40
[ -z "${BS_SAN-}" ] || times=10

random()
{
	local p=$1 seed
	for seed in 1 2 3; do
		"$scramble" $seed 20000 >"$BS_TMP/random"
		fed '0|1|3' '' "$p" "$BS_TMP/random" "$p" || { echo "seed $seed"; return 1; }
	done
	head -c 20000 /dev/urandom >"$BS_TMP/random"
	fed '0|1|3' '' "$p" "$BS_TMP/random" "$p" || { gzip -9c "$BS_TMP/random" | base64 | head -c 3000; return 1; }
	fed '0|1|3' '' "$p" "$BS_TMP/random" "$p" --from gb18030 && fed '0|1|3' '' "$p" "$BS_TMP/random" "$p" --from utf-16
}

# Whatever goes in, what comes out is well-formed UTF-8 in whole lines.
well_formed()
{
	iconv -f UTF-8 -t UTF-8 <"$BS_TMP/out" >/dev/null || return 1
	[ ! -s "$BS_TMP/out" ] || [ "$(tail -c 1 "$BS_TMP/out" | od -An -tx1)" != ' 00' ]
}

# The page of this program with a few bytes changed, dropped or doubled.
damaged()
{
	local p=$1 seed
	for ((seed = 1; seed <= times; seed++)); do
		"$scramble" $seed 5 "$BS_TMP/$p.in" >"$BS_TMP/damaged"
		fed '0|1|3' '' "$p" "$BS_TMP/damaged" "$p" || { echo "scramble $seed 5"; return 1; }
	done
}

record() # a stream of one page with this line in it
{
	printf 'broadsheet\t1\tby=test/1\t\npage\t1\t-\t\n%b\nend\t-\trecords=2\t\n' "$1"
}

for p in "${programs[@]}"; do
	ok "$p: random bytes" random "$p"
	ok "$p: what came out is text" well_formed
	ok "$p: damaged input" damaged "$p"
	printf '\0\0\0a\0b\n\0' >"$BS_TMP/nul"
	ok "$p: NUL bytes" fed '0' '' "$p" "$BS_TMP/nul" "$p"

	record 'line\t1:1\t-' >"$BS_TMP/x"
	ok "$p: a record with two TABs" fed 1 ':3: ' "$p" "$BS_TMP/x" "$p"
	record 'line\t1:1\t-\ta\tb' >"$BS_TMP/x"
	ok "$p: a record with four TABs" fed 1 ':3: ' "$p" "$BS_TMP/x" "$p"
	record 'line\t1:1\t-\ta\\qb' >"$BS_TMP/x"
	ok "$p: an unknown escape" fed 1 ':3: .*escape' "$p" "$BS_TMP/x" "$p"
	record 'line\t1:1\t-\ttrailing \\' >"$BS_TMP/x"
	ok "$p: half an escape" fed 1 ':3: .*escape' "$p" "$BS_TMP/x" "$p"
	record '' >"$BS_TMP/x"
	ok "$p: an empty record" fed 1 ':3: ' "$p" "$BS_TMP/x" "$p"
	record 'line\t1:1\t-\t\xff\xfe' >"$BS_TMP/x"
	ok "$p: invalid bytes in a stream" fed 0 ':3: .*U\+FFFD' "$p" "$BS_TMP/x" "$p"
	ok "$p: invalid bytes in a stream, --strict" fed 1 ':3: .*U\+FFFD' "$p" "$BS_TMP/x" "$p" --strict
	printf 'broadsheet\t2\t-\t\nend\t-\t-\t\n' >"$BS_TMP/x"
	ok "$p: a higher stream version" fed 3 'version' "$p" "$BS_TMP/x" "$p"

	if [ "$p" != from-text ]; then
		head -n -1 "$BS_TMP/$p.in" >"$BS_TMP/x"
		ok "$p: a stream without end" fed 1 'cut-off' "$p" "$BS_TMP/x" "$p"
		head -c $(($(wc -c <"$BS_TMP/$p.in") * 2 / 3)) "$BS_TMP/$p.in" >"$BS_TMP/x"
		ok "$p: a stream cut off inside a record" fed 1 'cut-off' "$p" "$BS_TMP/x" "$p"
		awk '/^end\t/ { sub(/records=[0-9]+/, "records=99999") } { print }' "$BS_TMP/$p.in" >"$BS_TMP/x"
		ok "$p: a wrong count, --strict" fed 1 'records' "$p" "$BS_TMP/x" "$p" --strict
	fi
done

# A filter that changes text refuses what points into it.
for p in denoise dehyphenate; do
	[ -x "$BS_BIN/$p" ] || continue
	record 'line\t1:1\t-\tabc\nentity\t1:1\tlabel=PER at=0-3\tabc' >"$BS_TMP/x"
	ok "$p: refuses a stream with entities" fed 2 'entit' "$p" "$BS_TMP/x" "$p"
done
end
