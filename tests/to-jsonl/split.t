#!/bin/sh
# --split: one file a page, whole or not there.
. tests/tap.sh
cd "$BS_TMP" || exit 1
page() # id, src, headline
{
	printf 'page\t%s\tsrc=%s\t\narticle\t%s/a1\t-\t\nheadline\t%s/a1/1\t-\t%s\n' "$1" "$2" "$1" "$1" "$3"
}
head='broadsheet	1	-	'
end_='end	-	-	'

# Runs to-jsonl into a new folder d; prints its files.
files() # status wanted
{
	rm -rf d
	mkdir d
	to-jsonl --split d >out 2>err
	[ $? = "$1" ] || { cat err; echo "not status $1"; return 1; }
	[ ! -s out ] || { echo 'something on standard output'; return 1; }
	ls -A d | tr '\n' ' '
}

one() { is "$({ echo "$head"; page 1 x/a.txt One; echo "$end_"; } | files 0)" 'a.jsonl '; }
several()
{
	is "$({ echo "$head"; page 1 a.txt One; page 2 a.txt Two; page 1 b.txt B; echo "$end_"; } | files 0)" \
	    'a-p0001.jsonl a-p0002.jsonl b.jsonl ' &&
	is "$(jq -r .headline d/a-p0001.jsonl d/a-p0002.jsonl d/b.jsonl | tr '\n' ' ')" 'One Two B '
}
sections()
{
	is "$({ echo "$head"; page 1 a.txt One; echo "$end_"; echo "$head"; page 1 b.txt B; echo "$end_"; } | files 0)" 'a.jsonl b.jsonl '
}
nameless()
{
	is "$(printf 'one\n\ftwo\n' | files 0 | wc -w | tr -d ' ')" 2 && is "$(cat d/x*.jsonl | jq -r .text | sort | tr '\n' ' ')" 'one two '
}
empty_page() # a page without articles has its file: it was done
{
	is "$(printf '%s\npage\t1\tsrc=a.txt\t\nnoise\t1:1\t-\tx\n%s\n' "$head" "$end_" | files 0)" 'a.jsonl ' && [ ! -s d/a.jsonl ]
}
cut_off()
{
	is "$({ echo "$head"; page 1 a.txt One; page 1 b.txt B; } | files 1)" 'a.jsonl ' && grep -q 'cut off' err
}
cut_off_inside() # the cut section comes first
{
	is "$({ echo "$head"; page 1 a.txt One; echo "$head"; page 1 b.txt B; echo "$end_"; } | files 1)" 'b.jsonl '
}
odd_names()
{
	is "$({ echo "$head"; page 1 'a/../..' A; page 1 '-n\sb.txt' B; page 1 'c\nd.txt' C; page 1 /etc/ D; echo "$end_"; } | files 0)" \
	    '-n b.jsonl ..jsonl c d.jsonl etc.jsonl '
}
replaced() # an older file is replaced, its reader's copy stays
{
	{ echo "$head"; page 1 a.txt Old; echo "$end_"; } | files 0 >/dev/null || return 1
	exec 5<d/a.jsonl
	{ echo "$head"; page 1 a.txt New; echo "$end_"; } | to-jsonl --split d || return 1
	is "$(jq -r .headline <&5)$(jq -r .headline d/a.jsonl)" OldNew
}
mode()
{
	(umask 022; { echo "$head"; page 1 a.txt A; echo "$end_"; } | files 0 >/dev/null)
	is "$(ls -l d/a.jsonl | cut -c -10)" -rw-r--r--
}
no_folder()
{
	echo x | to-jsonl --split nowhere 2>err
	is $? 3 && grep -q nowhere err && echo x | to-jsonl --split err 2>err2
	is $? 3
}
in_the_way() # a file that cannot be put in its place leaves nothing behind
{
	rm -rf d
	mkdir -p d/a.jsonl/x
	{ echo "$head"; page 1 a.txt A; echo "$end_"; } | to-jsonl --split d 2>err
	is $? 3 && is "$(ls -A d)" a.jsonl
}
full()
(
	ulimit -f 0
	trap '' XFSZ
	{ echo "$head"; page 1 a.txt A; echo "$end_"; } | to-jsonl --split d2 2>/dev/null
	is $? 3
)
progress()
{
	rm -f ticks
	printf 'one\n\ftwo\n\fthree\n' | to-jsonl --progress ticks >/dev/null && is "$(wc -c <ticks | tr -d ' ')" 3
}

ok 'split: a page of its own' one
ok 'split: several pages' several
ok 'split: several sections' sections
ok 'split: nameless pages go by their ids' nameless
ok 'split: a page without articles' empty_page
ok 'split: a cut-off page is not written' cut_off
ok 'split: a cut-off page before a whole one' cut_off_inside
ok 'split: names that try to leave the folder, and other odd ones' odd_names
ok 'split: an older file is replaced' replaced
ok 'split: file mode' mode
ok 'split: no such folder' no_folder
ok 'split: something in the way' in_the_way
mkdir d2
ok 'split: a file that cannot grow' full
ok 'split: nothing is left of it' is "$(ls -A d2)" ''
ok 'progress: one byte a page' progress
end
