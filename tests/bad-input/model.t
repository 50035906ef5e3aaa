#!/bin/bash
# The model of tag-entities, damaged in all ways: one line that says so, and status 3.
. tests/tap.sh
. tests/bad-input/lib.sh
model=share/models/names.bin

refused() # words: what must be said of $BS_TMP/bad.bin
{
	ends 3 "$1" tag-entities tag-entities --model "$BS_TMP/bad.bin" || return 1
	[ "$(wc -l <"$BS_TMP/err")" -eq 1 ] && [ ! -s "$BS_TMP/out" ]
}

changed() # offset: the model with the byte there changed
{
	cp "$model" "$BS_TMP/bad.bin"
	printf '%b' "\\x$(printf %02x $((($(od -An -tu1 -j "$1" -N 1 "$model") + 1) & 255)))" |
		dd of="$BS_TMP/bad.bin" bs=1 seek="$1" conv=notrunc 2>/dev/null
}

ok 'the model fits in 8 MB' test "$(wc -c <"$model")" -le 8000000
: >"$BS_TMP/bad.bin"
ok 'an empty file is no model' refused 'not a model'
head -c 200 "$model" >"$BS_TMP/bad.bin"
ok 'a head cut off' refused 'not a model'
for size in 448 500 1000000; do
	head -c $size "$model" >"$BS_TMP/bad.bin"
	ok "cut off after $size bytes" refused 'damaged model'
done
{ cat "$model"; echo; } >"$BS_TMP/bad.bin"
ok 'a byte too many' refused 'damaged model'
changed 0
ok 'another magic' refused 'not a model'
changed 8
ok 'another version' refused 'another version'
for at in 12 16 28 40 376 380 400 404 408 448 1234567 7900000; do
	changed $at
	ok "byte $at changed" refused 'damaged model'
done
ok 'a model that is not there' ends 3 'nothing.bin' tag-entities tag-entities --model "$BS_TMP/nothing.bin"
end
