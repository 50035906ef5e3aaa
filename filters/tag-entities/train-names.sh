#!/bin/sh
# train-names.sh BIN NAMES WORK CONLL... - trains names.bin, the model of tag-entities, to standard output:
# the random field on all of CONLL, and on three quarters of it four times; what these make of the quarter
# that is new to them teaches the weights of spans. WORK is a directory for files between.
set -e
bin=$1 names=$2 work=$3
shift 3
mkdir -p "$work"
cat "$@" >"$work/all.conll"
n=$(awk 'BEGIN { RS = "" } END { print NR }' "$work/all.conll")
set --
for k in 0 1 2 3; do
	awk -v k=$k -v n="$n" 'BEGIN { RS = ""; ORS = "\n\n" } int((NR - 1) * 4 / n) == k' "$work/all.conll" >"$work/new$k.conll"
	awk -v k=$k -v n="$n" 'BEGIN { RS = ""; ORS = "\n\n" } int((NR - 1) * 4 / n) != k' "$work/all.conll" >"$work/old$k.conll"
	"$bin/train-tagger" --names "$names" --bold 0.65 --more 12 --times 2 --size 7990000 <"$work/old$k.conll" >"$work/$k.bin"
	set -- "$@" "$work/$k.bin" "$work/new$k.conll"
done
"$bin/train-tagger" --names "$names" --bold 0.65 --more 12 --times 5 --size 7596784 <"$work/all.conll" >"$work/all.bin"
"$bin/train-tagger" --bold 0.8 --weigh "$work/all.bin" "$@"
