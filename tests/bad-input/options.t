#!/bin/bash
# Options right and wrong.
. tests/tap.sh
. tests/bad-input/lib.sh

for p in "${programs[@]}"; do
	for option in --help -h; do
		ok "$p: $option" ends 0 '' "$p" "$p" "$option"
		ok "$p: $option goes to standard output" grep -q "^usage: $p" "$BS_TMP/out"
		ok "$p: nothing on standard error" test ! -s "$BS_TMP/err"
	done
	for option in --version -V; do
		ok "$p: $option" ends 0 '' "$p" "$p" "$option"
		ok "$p: $option goes to standard output" grep -q "^$p .*[0-9]" "$BS_TMP/out"
	done
	ok "$p: an unknown long option" ends 2 'no-such-option' "$p" "$p" --no-such-option
	ok "$p: an unknown letter" ends 2 '' "$p" "$p" -Z
	ok "$p: an unknown letter is named" grep -q "^$p: .*Z" "$BS_TMP/err"
	ok "$p: a missing argument" ends 2 'argument' "$p" "$p" --from
	ok "$p: an argument too many" ends 2 '' "$p" "$p" --strict=yes
	ok "$p: an encoding that is not on the list" ends 2 'UTF-7.*UTF-8' "$p" "$p" --from UTF-7
	ok "$p: an encoding with a suffix for iconv" ends 2 'IGNORE' "$p" "$p" --from 'UTF-8//IGNORE'
	for size in 0 -1 x 1X '' 2G 1073741825 99999999999999999999; do
		ok "$p: --max-page '$size'" ends 2 'size' "$p" "$p" --max-page "$size"
	done
	case $p in
	split-articles | tag-entities | to-jsonl)
		for jobs in -1 x 2x '' 100000; do
			ok "$p: -j '$jobs'" ends 2 'processes' "$p" "$p" -j "$jobs"
		done
		;;
	*) ok "$p: no -j" ends 2 '' "$p" "$p" -j 2 ;;
	esac
	ok "$p: nothing was written to standard output" test ! -s "$BS_TMP/out"
done
end
