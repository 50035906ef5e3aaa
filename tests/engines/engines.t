#!/bin/bash
# What broadsheet-scale(7) promises to engines, and the scripts of examples/engines that rely on it.
. tests/tap.sh
engines=$PWD/examples/engines
dir=$BS_TMP/e
mkdir "$dir" "$dir/in"
pages=$dir/pages.txt
tests/engines/make-pages 14 >"$pages"
tests/engines/make-pages -d "$dir/in" 14
find "$dir/in" -name '*.txt' | sort >"$dir/list"
broadsheet <"$pages" >"$dir/one"
tr '\n' '\0' <"$dir/list" | xargs -0 broadsheet >"$dir/files"

blocks() # pages a block: what one process a block prints, in a row
{
	rm -rf "$dir/blocks"
	mkdir "$dir/blocks"
	awk -v n="$1" -v dir="$dir/blocks" '
		BEGIN { out = sprintf("%s/%03d", dir, 0) }
		{ print >out }
		/\f$/ && ++k % n == 0 { close(out); out = sprintf("%s/%03d", dir, k) }' "$pages"
	for block in "$dir/blocks"/*; do
		broadsheet <"$block" || return
	done >"$dir/got"
	cmp "$dir/one" "$dir/got"
}

elsewhere() # other folder, locale and time zone
{
	mkdir -p "$dir/there"
	(cd "$dir/there" && LC_ALL=zh_CN.UTF-8 TZ=Asia/Shanghai TMPDIR=$dir/there broadsheet <"$pages") >"$dir/got" &&
		cmp "$dir/one" "$dir/got" && is "$(ls -A "$dir/there")" ''
}

fails() # command...
{
	! "$@" >"$dir/got" 2>"$dir/err"
}

unique_ids()
{
	is "$(jq -r .id "$dir/one" | sort | uniq -d)" '' && [ "$(wc -l <"$dir/one")" -gt 40 ]
}

for n in 1 2 5; do
	ok "blocks of $n pages, cut at form feeds, print together what one process does" blocks $n
done
ok 'ids do not repeat over different pages' unique_ids
ok 'same bytes from another folder, locale and time zone; nothing left behind' elsewhere
empty() { is "$(broadsheet </dev/null | wc -c | tr -d ' ')" 0; }
ok 'empty input, empty output, status 0' empty
too_large() { broadsheet --max-page 1K <"$pages"; }
ok 'a page that is lost gives a status' fails too_large
full() { broadsheet <"$pages" >/dev/full; }
if [ -w /dev/full ]; then ok 'output that is lost gives a status' fails full; else skip 'output that is lost gives a status' 'no /dev/full'; fi

# ---- GNU parallel ----------------------------------------------------------------

stream() { BLOCK=$1 "$engines/parallel-pages.sh" <"$pages" >"$dir/got" && cmp "$dir/one" "$dir/got"; }
stream_lost() { BLOCK=20k "$engines/parallel-pages.sh" --max-page 4K <"$pages"; }
per_file()
{
	rm -rf "$dir/out"
	BATCH=$1 "$engines/parallel-files.sh" "$dir/out" <"$dir/list" && cat "$dir"/out/*.jsonl | cmp "$dir/files" -
}
# The missing file fails its job; once it is there, the second run does it and nothing else.
resumed()
{
	local late=$dir/in/page-000003.txt
	rm -rf "$dir/out"
	mv "$late" "$dir/late"
	"$engines/parallel-files.sh" "$dir/out" <"$dir/list" 2>/dev/null && return 1
	mv "$dir/late" "$late"
	touch "$dir/before"
	"$engines/parallel-files.sh" "$dir/out" <"$dir/list" && cat "$dir"/out/*.jsonl | cmp "$dir/files" - &&
		is "$(find "$dir/out" -name '*.jsonl' -newer "$dir/before")" "$dir/out/page-000003.jsonl"
}
if parallel --version 2>/dev/null | grep -q '^GNU parallel'; then
	export PARALLEL_HOME=$dir/home
	ok 'parallel --pipe, small blocks' stream 10k
	ok 'parallel --pipe, one block' stream 10M
	ok 'parallel --pipe fails when a page is lost' fails stream_lost
	ok 'parallel, a job a file' per_file 1
	ok 'parallel, a job five files' per_file 5
	ok 'parallel --resume-failed does only what failed' resumed
else
	skip 'GNU parallel' 'not installed'
fi

# ---- Slurm, without one: the script under the variables that Slurm sets ----------

task() # number, of how many
{
	env -u SLURM_RESTART_COUNT SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID="$1" SLURM_ARRAY_TASK_COUNT="$2" SLURM_ARRAY_TASK_MIN=0 \
		bash "$engines/slurm-array.sh" "$dir/list" "$dir/slurm"
}
array() # tasks
{
	local i
	rm -rf "$dir/slurm"
	for ((i = 0; i < $1; i++)); do task $i "$1" || return; done
	cat "$dir"/slurm/shard-*.jsonl | cmp "$dir/files" - && is "$(ls "$dir"/slurm/*.part 2>/dev/null)" ''
}
again() # a killed task leaves a .part and is run again; a finished one is left alone
{
	rm -rf "$dir/slurm"
	task 0 2 && mkdir -p "$dir/slurm" && echo '{"half' >"$dir/slurm/shard-000001.jsonl.part" && touch "$dir/before" && sleep 0.02 &&
		task 0 2 && task 1 2 && cat "$dir"/slurm/shard-*.jsonl | cmp "$dir/files" - &&
		is "$(find "$dir/slurm" -name '*.jsonl' -newer "$dir/before")" "$dir/slurm/shard-000001.jsonl"
}
put_back() # a failed task asks for its own requeue, three times at most
{
	rm -rf "$dir/slurm" "$dir/asked"
	mkdir -p "$dir/stub"
	printf '#!/bin/sh\necho "$*" >>"%s"\n' "$dir/asked" >"$dir/stub/scontrol"
	chmod +x "$dir/stub/scontrol"
	echo "$dir/in/none.txt" >"$dir/bad"
	for n in 0 2 3; do
		PATH=$dir/stub:$PATH SLURM_RESTART_COUNT=$n SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=1 \
			bash "$engines/slurm-array.sh" "$dir/bad" "$dir/slurm" 2>/dev/null && return 1
	done
	is "$(cat "$dir/asked")" $'requeue 7_0\nrequeue 7_0' && is "$(ls "$dir/slurm" | grep -v part)" ''
}
for n in 1 3 20; do
	ok "an array of $n tasks prints together what one process does" array $n
done
ok 'a shard that was cut short is made again, a whole one is not' again
ok 'a task that fails is put back three times at most and leaves no shard' put_back

# ---- Dask, Hadoop, Spark ---------------------------------------------------------

dask() { "$engines/dask_pages.py" "$pages" >"$dir/got" && cmp "$dir/one" "$dir/got"; }
if /usr/bin/python3 -c 'import dask.distributed' 2>/dev/null; then
	ok 'Dask' dask
else
	skip 'Dask' 'no dask.distributed'
fi
mapper() { "$engines/hadoop-mapper.sh" <"$dir/list" >"$dir/got" && cmp "$dir/files" "$dir/got"; }
mapper_lost() { echo "$dir/none.txt" | "$engines/hadoop-mapper.sh"; }
# Streaming cuts key from value at the first TAB and joins them by one.
no_tabs() { ! grep -q "$(printf '\t')" "$dir/one"; }
ok 'the mapper for Hadoop prints what one process does' mapper
ok 'the mapper for Hadoop fails when a file is lost' fails mapper_lost
ok 'no TAB in the output' no_tabs
# What Spark's pipe() writes: elements between form feeds, each with its form feed again, and a line end.
spark_records()
{
	python3 -c 'import sys
for page in sys.stdin.buffer.read().split(b"\f\n"): sys.stdout.buffer.write(page + b"\f" + b"\n")' <"$pages" |
		broadsheet | cmp "$dir/one" -
}
ok 'records as Spark cuts them, an empty one at the end' spark_records
python_parses() { python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' "$engines/spark_pipe.py"; }
ok 'spark_pipe.py is Python' python_parses
end
