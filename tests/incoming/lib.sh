# shellcheck shell=bash
# What the tests of bin/broadsheet-incoming share. After tap.sh, from the root of the tree.
root=$PWD
[ -x "$BS_BIN/broadsheet-incoming" ] && [ -x "$BS_BIN/tag-entities" ] || { skip 'the drop folder' 'not all filters are built'; end; }
command -v flock >/dev/null || { skip 'the drop folder' 'no flock(1)'; end; }
case $BS_BIN in /*) bin=$BS_BIN ;; *) bin=$root/$BS_BIN ;; esac
incoming=$bin/broadsheet-incoming
mkdir "$BS_TMP/cwd" "$BS_TMP/tmp"
export TMPDIR=$BS_TMP/tmp
cd "$BS_TMP" || exit 1

# For tests of other things than power cuts: without waiting for the disk.
no_sync()
{
	mkdir "$BS_TMP/fast"
	printf '#!/bin/sh\n' >"$BS_TMP/fast/sync"
	chmod +x "$BS_TMP/fast/sync"
	PATH=$BS_TMP/fast:$PATH
}

# A small invented page, told from others by its number.
page() # number
{
	printf '%s\n' '栖湖日报 2031年3月4日 星期二' '' "第${1}座小水站建成" '' '□ 本报记者 温如岚' '' \
		"孟桂枝老人在第${1}座小水站拧开水龙头，笑得合不拢嘴。" "水站每天供水${1}吨。"
}

fresh() # a new, empty in/; no out/
{
	rm -rf in out
	mkdir in
}

# Runs it, with -n 1 unless told otherwise; its status must be as wanted, what it says
# goes to out.txt and err.txt, and the working folder and TMPDIR must stay empty.
run() # status, arguments
{
	local want=$1 rc
	shift
	(cd cwd && "$incoming" "$@") >out.txt 2>err.txt </dev/null
	rc=$?
	[ $rc = "$want" ] || { echo "status $rc, not $want"; cat out.txt err.txt; return 1; }
	case $want in
	0) [ ! -s out.txt ] && [ ! -s err.txt ] || { echo 'not silent'; cat out.txt err.txt; return 1; } ;;
	4) [ ! -s err.txt ] || { cat err.txt; return 1; } ;;
	*) is "$(wc -l <err.txt)" 1 || { cat err.txt; return 1; } ;;
	esac
	is "$(ls -A cwd tmp | grep -v ':$' | tr -d '\n')" '' &&
		{ [ "$want" = 4 ] || is "$(ls -d out/.incoming/work.* 2>/dev/null)" ''; }
}
go() # status, options
{
	local want=$1
	shift
	run "$want" -n 1 "$@" "$BS_TMP/in" "$BS_TMP/out"
}

# What the pipeline makes of a file, under the name that it has in in/.
wanted() # file, name
{
	"$bin/broadsheet" --source="$2" - <"$1"
}

made() # file, name: its articles are there
{
	wanted "$1" "$2" >wanted.jsonl && cmp wanted.jsonl "out/$2.jsonl"
}

waits() # files that are still in in/
{
	is "$(cd in && for f in *; do case $f in bad | done) ;; *) printf '%s ' "$f" ;; esac; done)" "${1:+$1 }"
}

events() # of the journal, without the runs
{
	jq -r 'select(.event != "run") | .event' out/.incoming/journal.jsonl | tr '\n' ' '
}

said() # words in the summary
{
	grep -q -e "$1" err.txt || { cat err.txt; return 1; }
}
