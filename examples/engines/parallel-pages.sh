#!/bin/bash
# parallel-pages.sh - one stream of many pages, on all cores, in order
#
#   parallel-pages.sh [broadsheet's options] <pages.txt >articles.jsonl
#
# GNU parallel cuts at form feeds. The end of a record has to be a real form feed
# and line end ($'\f\n'): '\f\n' is not understood and makes one giant job.
# --halt: without it a lost block would still end with a status, but only after
# everything else was printed. Do not add --joblog --resume: with --pipe a second
# run prints the missing blocks only. For runs that resume, see parallel-files.sh.
set -u
: "${BLOCK:=1M}" "${JOBS:=100%}"
exec parallel --no-notice --quote --pipe --keep-order --recend $'\f\n' --block "$BLOCK" --jobs "$JOBS" --halt now,fail=1 \
	broadsheet -j 1 "$@"
