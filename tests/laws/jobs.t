#!/bin/bash
# What several processes make of a long stream is what one makes of it: output, messages, status.
. tests/tap.sh
. tests/laws/lib.sh
feed=$BS_BUILD/tests/helpers/feed
long=$BS_TMP/long
times=40 # as often the pages make more than a megabyte
[ -z "${BS_SAN-}" ] || times=16

stream() # number of the stage
{
	(cd "$stage" && cat "${pages[@]/%/.$1}")
}

# One section of many pages.
one_section()
{
	local _
	stream "$1" | grep -am 1 '^broadsheet	'
	for ((_ = 0; _ < times; _++)); do
		stream "$1" | grep -av '^broadsheet	\|^end	'
	done
	printf 'end\t-\trecords=1\t\n'
}

# Many sections, whole ones and ones with all that can be wrong: cut off, a count that is wrong, records and
# headers that are none, bytes that are no UTF-8, an end too many, text between sections, and no line end at last.
sections()
{
	local k
	for ((k = 0; k < times; k++)); do
		case $((k % 8)) in
		0 | 4) stream "$1" ;;
		1) stream "$1" | grep -av '^end	' ;;
		2) stream "$1" | sed 's/records=[0-9]*/records=3/' ;;
		3) stream "$1" | sed '5s/^/bad/; 9s/	/ /g; 30s/^page	/page /' ;;
		5) stream "$1" | sed '20s/...$/\xff\xfe&\xe4/; s/^broadsheet	1	/broadsheet	1	=&/' ;;
		6) stream "$1" && printf 'end\t-\t-\t\nend\t-\t-\t\nno record\n\n' ;;
		7) stream "$1" | sed '3q' ;;
		esac
	done
	printf 'page\t1\t-\t\nparagraph\t1:1\t-\t栖湖的最后一行'
}

# A page of two megabytes and a half amid others.
large()
{
	one_section "$1"
	printf 'broadsheet\t1\t-\t\npage\tx\t-\t\n'
	awk 'BEGIN { for (i = 1; i <= 4000; i++) printf "other\tx:%d\t-\t%0600d\n", i, 0 }'
	one_section "$1" | sed 1d
	sections "$1"
}

run() # name, command...
{
	local name=$1
	shift
	"$@" >"$BS_TMP/$name.out" 2>"$BS_TMP/$name.err"
	echo "status $?" >>"$BS_TMP/$name.err"
}

alike() # filter, input, options...
{
	local f=$1 in=$2 n
	shift 2
	run one "$f" "$@" -j 1 <"$in"
	[ -s "$BS_TMP/one.out" ] || { cat "$BS_TMP/one.err"; return 1; }
	for n in 2 3 7; do
		run many "$f" "$@" -j $n <"$in"
		same "$BS_TMP/one.out" "$BS_TMP/many.out" && same "$BS_TMP/one.err" "$BS_TMP/many.err" || { echo "with -j $n"; return 1; }
	done
}

# Through a pipe that brings a little at a time, and as the second of two operands.
fed()
{
	run one "$1" -j 1 <"$2"
	"$feed" 50021 "$2" | run many "$1" -j 3
	same "$BS_TMP/one.out" "$BS_TMP/many.out" && same "$BS_TMP/one.err" "$BS_TMP/many.err" || return 1
	run one "$1" -j 1 "$stage/small.$(rank "$1")" "$2"
	run many "$1" -j 3 "$stage/small.$(rank "$1")" "$2"
	same "$BS_TMP/one.out" "$BS_TMP/many.out" && same "$BS_TMP/one.err" "$BS_TMP/many.err"
}

# begin FILTER: the filter at work on $long; its number in $filter and its workers' in $workers.
begin()
{
	local k
	rm -f "$BS_TMP/fifo"
	mkfifo "$BS_TMP/fifo"
	"$1" -j 3 <"$BS_TMP/fifo" >"$BS_TMP/out" 2>"$BS_TMP/err" &
	filter=$!
	exec 5>"$BS_TMP/fifo"
	cat "$long" >&5
	for ((k = 0; k < 100; k++)); do
		workers=$(pgrep -P $filter)
		[ "$(wc -w <<<"$workers")" = 3 ] && return
		sleep 0.1
	done
	echo "workers: $workers"
	exec 5>&-
	return 1
}

# More than one process is at work at all; one that is killed is missed, and none is left behind.
missed()
{
	local rc
	begin "$1" || return 1
	kill -KILL "$(tail -n 1 <<<"$workers")"
	wait $filter
	rc=$?
	exec 5>&-
	is $rc 3 && is "$(cat "$BS_TMP/err")" "$1: a process at work on a part of the input was ended by signal 9" || return 1
	# shellcheck disable=SC2086
	! kill -0 $workers 2>/dev/null
}

# Whoever starts the filter may ignore the ends of children.
childless()
{
	"$1" -j 1 <"$long" >"$BS_TMP/one.out"
	env --ignore-signal=CHLD "$1" -j 3 <"$long" >"$BS_TMP/many.out" && same "$BS_TMP/one.out" "$BS_TMP/many.out" &&
		{ env --ignore-signal=CHLD "$1" -j 3 <"$long" >/dev/full 2>/dev/null; is $? 3; }
}

# What is whole is written while more is waited for, and when the filter is killed its workers end.
prompt()
{
	local k
	begin "$1" || return 1
	printf 'page\tlast\t-\t\narticle\tlast/a1\t-\t\nheadline\tlast/a1/1\t-\t栖湖末篇\npage\tnext\t-\t\n' >&5
	for ((k = 0; k < 100; k++)); do
		tail -n 9 "$BS_TMP/out" | grep -aq 栖湖末篇 && break
		sleep 0.1
	done
	kill $filter
	wait $filter 2>/dev/null
	exec 5>&-
	[ $k -lt 100 ] || return 1
	for ((k = 0; k < 100; k++)); do
		# shellcheck disable=SC2086
		kill -0 $workers 2>/dev/null || return 0
		sleep 0.1
	done
	return 1
}

full() # filter: a disk that is full is told once
{
	"$1" -j 3 <"$long" >/dev/full 2>"$BS_TMP/err"
	is $? 3 && is "$(cat "$BS_TMP/err")" "$1: standard output: No space left on device"
}

gone()
{
	"$1" -j 3 <"$long" 2>"$BS_TMP/err" | head -n 1 >/dev/null
	is "${PIPESTATUS[0]}" 141 && is "$(cat "$BS_TMP/err")" ''
}

# Where no more processes are to be had, one does it all.
few()
{
	"$1" -j 1 <"$long" >"$BS_TMP/one.out"
	(ulimit -n 12 && "$1" -j 7 <"$long" >"$BS_TMP/many.out") && same "$BS_TMP/one.out" "$BS_TMP/many.out"
}

for f in split-articles tag-entities to-jsonl; do
	i=$(rank "$f")
	[ -x "$BS_BIN/$f" ] && [ -f "$stage/small.${i:=5}" ] || continue
	one_section "$i" >"$long"
	ok "$f: one long section" alike "$f" "$long"
	ok "$f: a worker that is killed is missed" missed "$f"
	ok "$f: what is whole is not held back" prompt "$f"
	[ ! -c /dev/full ] || ok "$f: >/dev/full" full "$f"
	ok "$f: | head -n 1" gone "$f"
	ok "$f: too few descriptors" few "$f"
	if env --ignore-signal=CHLD true 2>/dev/null; then
		ok "$f: SIGCHLD is ignored" childless "$f"
	fi
	sections "$i" >"$long"
	ok "$f: sections with flaws" alike "$f" "$long"
	ok "$f: sections with flaws, strictly" alike "$f" "$long" --strict
	ok "$f: fed in pieces" fed "$f" "$long"
	large "$i" >"$long"
	ok "$f: a page larger than a part" alike "$f" "$long"
done
end
