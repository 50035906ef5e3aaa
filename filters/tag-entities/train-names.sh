#!/bin/sh
# train-names.sh BIN NAMES WORK OTHER CONLL [MORE] - trains names.bin, the model of tag-entities, to standard output:
# the random field on CONLL and MORE, and on three quarters of CONLL four times; what these make of the quarter
# that is new to them teaches the weights of spans. OTHER is text marked by other conventions. WORK is a directory
# for files between.
set -e
bin=$1 names=$2 work=$3 other=$4
shift 4
mkdir -p "$work"
n=$(awk 'BEGIN { RS = "" } END { print NR }' "$1")
pairs=
for k in 0 1 2 3; do
	awk -v k=$k -v n="$n" 'BEGIN { RS = ""; ORS = "\n\n" } int((NR - 1) * 4 / n) == k' "$1" >"$work/new$k.conll"
	awk -v k=$k -v n="$n" 'BEGIN { RS = ""; ORS = "\n\n" } int((NR - 1) * 4 / n) != k' "$1" >"$work/old$k.conll"
	"$bin/train-tagger" --names "$names" --also "$other" --bold 0.65 --epochs 5 --size 7990000 --times 2 <"$work/old$k.conll" >"$work/$k.bin"
	pairs="$pairs $work/$k.bin $work/new$k.conll"
done
cat "$@" | "$bin/train-tagger" --names "$names" --also "$other" --bold 0.65 --epochs 5 --times 3 --size 7727856 >"$work/all.bin"
"$bin/train-tagger" --bold 0.45 --weigh "$work/all.bin" $pairs
