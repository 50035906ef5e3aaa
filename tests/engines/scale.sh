#!/bin/bash
# scale.sh - `make scale`: PAGES (1000) pages through the engines that are installed
#
# Each engine's output is compared with that of one process, byte for byte. The last
# column is how many times as fast as one pipeline on one core the engine was, here,
# in this run, its own start counted. An engine that is not there is named and left
# out; a difference or a failure gives status 1.
set -u
cd "$(dirname "$0")/../.." || exit 2
export LC_ALL=C PATH=$PWD/bin:$PATH
unset BROADSHEET_SHARE
engines=examples/engines
dir=$(mktemp -d)
slurm='' bad=0
clean()
{
	[ -z "$slurm" ] || tests/engines/slurm-local stop "$slurm"
	rm -rf "$dir"
}
trap clean EXIT
trap 'exit 130' INT TERM
chmod 755 "$dir"
pages=$dir/pages.txt
tests/engines/make-pages "${PAGES:=1000}" >"$pages" || exit 3
mkdir "$dir/in" && tests/engines/make-pages -d "$dir/in" "$PAGES" || exit 3
find "$dir/in" -name '*.txt' | sort >"$dir/list"

seconds() # command...: runs it, with its time in $took
{
	local start=$EPOCHREALTIME
	"$@"
	local status=$? end=$EPOCHREALTIME
	took=$(awk -v a="$start" -v b="$end" 'BEGIN { print b - a }')
	return $status
}

report() # engine, file with its output, what it should be
{
	local verdict=same
	cmp -s "$2" "$3" || { verdict=DIFFERENT; bad=1; }
	awk -v name="$1" -v verdict=$verdict -v one="$one" -v took="$took" \
		'BEGIN { printf "%-34s %-10s %5.2f\n", name, verdict, one / took }'
}

left_out() # engine, why
{
	printf '%-34s %s\n' "$1" "left out: $2"
}

failed()
{
	printf '%-34s FAILED with status %d\n' "$1" "$2"
	bad=1
}

core=()
command -v taskset >/dev/null && core=(taskset -c 0)
one_core() { "${core[@]}" broadsheet <"$pages" >"$dir/one"; }
of_list() { tr '\n' '\0' <"$dir/list" | xargs -0 broadsheet >"$dir/files"; }
of_list || exit 1
seconds one_core || exit 1
one=$took
printf '%d pages, %d articles, %d cores\n' "$PAGES" "$(wc -l <"$dir/one")" "$(nproc)"
printf '%-34s %-10s %s\n' engine output 'times one core'
report 'one pipeline, one core' "$dir/one" "$dir/one"

try() # engine, output, what it should be, command
{
	local name=$1 got=$2 want=$3 status
	shift 3
	seconds "$@" 2>"$dir/err"
	status=$?
	if [ $status = 0 ]; then report "$name" "$got" "$want"; else failed "$name" $status; tail -n 3 "$dir/err"; fi
}

all_cores() { broadsheet -j 0 -- $(cat "$dir/list") >"$dir/got"; }
try 'broadsheet -j 0' "$dir/got" "$dir/files" all_cores

if parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
	stream() { BLOCK=200k $engines/parallel-pages.sh <"$pages" >"$dir/got"; }
	try 'parallel --pipe' "$dir/got" "$dir/one" stream
	files() { $engines/parallel-files.sh "$dir/out" <"$dir/list" >"$dir/got" && cat "$dir"/out/*.jsonl >"$dir/got"; }
	try 'parallel, a job a file' "$dir/got" "$dir/files" files
	rm -rf "$dir/out"
	export BATCH=100
	try 'parallel, a job 100 files' "$dir/got" "$dir/files" files
else
	left_out parallel 'GNU parallel is not installed'
fi

if /usr/bin/python3 -c 'import dask.distributed' 2>/dev/null; then
	dask() { $engines/dask_pages.py "$pages" >"$dir/got"; }
	try Dask "$dir/got" "$dir/one" dask
else
	left_out Dask 'no dask.distributed in /usr/bin/python3'
fi

# Once undisturbed for the time, once with every second task put back into the queue while it runs.
array()
{
	sbatch --wait -Q --array=0-7 --chdir="$dir" -o "$dir/log.%a" "$PWD/$engines/slurm-array.sh" "$dir/list" "$dir/slurm" &&
		cat "$dir"/slurm/shard-*.jsonl >"$dir/got"
}
requeued()
{
	local job k
	rm -rf "$dir/slurm"
	job=$(sbatch --parsable --array=0-7 --chdir="$dir" -o "$dir/log.%a" "$PWD/$engines/slurm-array.sh" "$dir/list" "$dir/slurm") || return
	for k in $(seq 400); do
		squeue -h -t running -j "$job" -o '%F_%K' 2>/dev/null | awk 'NR % 2' | while read -r task; do
			[ -e "$dir/put.$task" ] || { scontrol requeue "$task" 2>/dev/null && : >"$dir/put.$task"; }
		done
		# Slurm lets a task that was put back wait two minutes.
		squeue -h -t pending -j "$job" -o '%F_%K %r' 2>/dev/null | awk '$2 == "BeginTime" { print $1 }' |
			while read -r task; do scontrol update JobId="$task" StartTime=now; done
		[ -n "$(squeue -h -j "$job" 2>/dev/null)" ] || break
		sleep 0.3
	done
	ls "$dir"/put.* >/dev/null 2>&1 || { echo 'no task could be requeued' >&2; return 1; }
	cat "$dir"/slurm/shard-*.jsonl >"$dir/got"
}
mkdir "$dir/node"
tests/engines/slurm-local start "$dir/node" 2>"$dir/err"
status=$?
if [ $status = 0 ]; then
	slurm=$dir/node
	export SLURM_CONF=$slurm/slurm.conf
	try 'Slurm array of 8' "$dir/got" "$dir/files" array
	try 'Slurm, tasks requeued while running' "$dir/got" "$dir/files" requeued
elif [ $status = 77 ]; then
	left_out Slurm "$(cat "$dir/err")"
else
	failed Slurm $status
	cat "$dir/err"
fi
exit $bad
