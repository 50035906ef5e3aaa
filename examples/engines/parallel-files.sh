#!/bin/bash
# parallel-files.sh - a job a file (or BATCH files), with a log; run it again to do what failed
#
#   find pages -name '*.txt' | parallel-files.sh OUT [broadsheet's options]
#
# OUT/job.log says what each file came to. A second run does the files that failed
# or were not reached, in the order of the list, which must be the same (sort it).
# A page's file appears under its name only when it is whole (broadsheet -o).
# A job starts seven processes: pages that are small go faster with BATCH=100.
# Status: 0 all done; otherwise how many jobs failed (101: more than 100).
set -u
[ $# -ge 1 ] || { echo 'usage: parallel-files.sh OUT [options] <list' >&2; exit 2; }
out=$1
shift
mkdir -p -- "$out" || exit 3
: "${JOBS:=100%}" "${BATCH:=1}"
exec parallel --no-notice --quote --jobs "$JOBS" --max-args "$BATCH" --joblog "$out/job.log" --resume-failed --retries 2 \
	broadsheet -j 1 "$@" -o "$out" -- {}
