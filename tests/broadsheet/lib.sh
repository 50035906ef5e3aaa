# What the tests of bin/broadsheet share. After tap.sh, from the root of the tree.
root=$PWD
[ -x "$BS_BIN/split-articles" ] && [ -x "$BS_BIN/tag-entities" ] || { skip 'the driver' 'not all filters are built'; end; }
broadsheet=$BS_BIN/broadsheet
case $broadsheet in /*) ;; *) broadsheet=$root/$broadsheet ;; esac
real=${broadsheet%/*}
filters='from-text denoise dehyphenate split-articles tag-entities to-jsonl'

# The driver with filters of our choice beside it: each starts the real one and
# says so in $BS_TMP/starts.
mkdir "$BS_TMP/bin" "$BS_TMP/tmp" "$BS_TMP/cwd"
TMPDIR=$BS_TMP/tmp
export TMPDIR
cp "$broadsheet" "$BS_TMP/bin/"
through() # filter, commands before the real one
{
	printf '#!/bin/sh\necho %s >>"%s/starts"\n%s\nexec "%s/%s" "$@"\n' "$1" "$BS_TMP" "${2-}" "$real" "$1" >"$BS_TMP/bin/$1"
	chmod +x "$BS_TMP/bin/$1"
}
for f in $filters; do through "$f"; done
own=$BS_TMP/bin/broadsheet

# Three small pages in three files, the last with two of them.
printf '%s\n' '2031年3月4日 星期二 第812期' '' '湖区春耕快了五天' '' '□ 本报记者 周砚秋' '' \
    '惊蛰将至，栖湖市的田埂上已经热闹起来。' '全市已整地38.6万亩。' >"$BS_TMP/one.txt"
printf '%s\n' '小水站解了难题' '' '□ 本报记者 温如岚' '' '孟桂枝老人拧开水龙头，笑得合不拢嘴。' >"$BS_TMP/two.txt"
printf '%s\n' '第一页的标题' '' '第一页的正文，说了一件事。' >"$BS_TMP/three.txt"
printf '\f%s\n' '第二页的标题' >>"$BS_TMP/three.txt"
printf '%s\n' '' '第二页的正文，说了另一件事。' >>"$BS_TMP/three.txt"
three="$BS_TMP/one.txt $BS_TMP/two.txt $BS_TMP/three.txt"

# Nothing is left behind.
tidy()
{
	is "$(ls -A "$TMPDIR" "$BS_TMP/cwd" | grep -v ':$' | tr -d '\n')" ''
}

# Runs a command in the empty folder; its status, messages and leftovers must be right.
run() # status, command...
{
	run_wants=$1
	shift
	(cd "$BS_TMP/cwd" && "$@") >"$BS_TMP/out" 2>"$BS_TMP/err" </dev/null
	rc=$?
	[ $rc = "$run_wants" ] || { echo "status $rc, not $run_wants"; cat "$BS_TMP/err"; return 1; }
	[ "$run_wants" != 0 ] || [ ! -s "$BS_TMP/err" ] || { cat "$BS_TMP/err"; return 1; }
	tidy
}
