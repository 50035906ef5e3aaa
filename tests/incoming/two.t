#!/bin/bash
# Two runners, runners that are stopped, and what is left of them.
. tests/tap.sh
. tests/incoming/lib.sh
. "$root/tests/incoming/shims.sh"

# A run that stands still in the middle of a page until the file go-on is there.
at_work()
{
	rm -f go-on standing
	instead denoise "true >'$BS_TMP/standing'; until [ -e '$BS_TMP/go-on' ]; do sleep 0.05; done; exec '$bin/denoise' \"\$@\""
	setsid "$incoming" -n1 in out >first.txt 2>&1 &
	first=$!
	for ((i = 0; i < 200; i++)); do
		[ ! -e standing ] || return 0
		sleep 0.05
	done
	echo 'it does not start'
	return 1
}
second_leaves()
{
	three
	at_work || return 1
	cp -r in other
	run 4 -n1 "$BS_TMP/in" "$BS_TMP/out" && [ ! -s out.txt ] && # the same folders
	run 4 -n1 "$BS_TMP/in" "$BS_TMP/out2" && [ ! -s out.txt ] && # the same INCOMING
	run 4 -n1 "$BS_TMP/other" "$BS_TMP/out" && [ ! -s out.txt ] && # the same OUT
	"$incoming" -v -n1 in out | grep -q 'another run is at work' && "$incoming" --status in out | grep -qx 'running   yes'
	local rc=$?
	true >go-on
	wait $first || rc=1
	rm -r other
	[ $rc = 0 ] && completes && "$incoming" --status in out | grep -qx 'running   no'
}
many_at_once() # each page is done once, whoever does it
{
	local i pids=() rc=0
	three
	for i in 1 2 3 4 5 6 7 8; do
		"$incoming" -n1 in out 2>>err.txt &
		pids+=($!)
	done
	for i in "${pids[@]}"; do
		wait "$i"
		case $? in 0 | 4) ;; *) rc=1 ;; esac
	done
	[ $rc = 0 ] && completes && is "$(events)" 'done done done '
}
only_the_shell_dies() # its pipeline lives on; nobody is kept out by that
{
	three
	at_work || return 1
	kill -9 "$first"
	wait "$first" 2>/dev/null
	true >go-on
	timeout 30 "$incoming" -n1 in out && completes && is "$(ls -d out/.incoming/work.* 2>/dev/null)" ''
}
its_work_is_cleared() # a folder of a killed run, and half a journal line
{
	three
	at_work || return 1
	kill -9 -- "-$first"
	wait "$first" 2>/dev/null
	ls -d out/.incoming/work.* >/dev/null || return 1
	true >go-on
	completes && is "$(ls -d out/.incoming/work.* 2>/dev/null)" ''
}
asked_to_stop() # signal, status: of the whole group, as systemd and terminals do
{
	three
	at_work || return 1
	kill -s "$1" -- "-$first"
	for ((i = 0; i < 100; i++)); do kill -0 "$first" 2>/dev/null || break; sleep 0.05; done
	true >go-on
	wait "$first" 2>/dev/null
	is $? "$2" && is "$(ls -d out/.incoming/work.* 2>/dev/null)" '' && [ ! -s first.txt ] && all_wait && completes
}
asked_alone() # Only the runner is asked: it ends after the page that it is at.
{
	three
	at_work || return 1
	kill -s TERM "$first"
	sleep 0.2
	true >go-on
	wait "$first" 2>/dev/null
	is $? 143 && waits 'p1.txt p2.txt p3.txt' && is "$(ls -A in/bad)" '' && is "$(ls -d out/.incoming/work.* 2>/dev/null)" '' && completes
}

ok 'a second runner leaves at once' second_leaves
ok 'eight at once' many_at_once
ok 'kill -9 of the runner alone' only_the_shell_dies
ok 'kill -9 of all: the next one clears up' its_work_is_cleared
ok 'SIGTERM' asked_to_stop TERM 143
ok 'SIGHUP' asked_to_stop HUP 129
ok 'SIGTERM to the runner alone' asked_alone
end
