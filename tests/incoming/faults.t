#!/bin/bash
# What is wrong with the machine never sends a page to bad/, and the next run completes.
. tests/tap.sh
. tests/incoming/lib.sh
no_sync
. "$root/tests/incoming/shims.sh"

stage_fails() # a filter that says 3, whichever
{
	local pages=1
	for f in $filters; do
		three
		instead "$f" 'cat >/dev/null; echo "'"$f"': No space left on device" >&2; exit 3'
		go 3 && said 'No space left' && all_wait || return 1
		back "$f"
		completes || return 1
	done
}
stage_missing()
{
	three
	rm bin/denoise
	go 3 && all_wait || return 1
	back denoise
	completes
}
model() # what is done to it
{
	three
	rm -rf own
	cp -rs "$root/share" own
	rm own/models/names.bin
	case $1 in
	cut) head -c 1000000 "$root/share/models/names.bin" >own/models/names.bin ;;
	byte) { head -c 1234567 "$root/share/models/names.bin" && printf X && tail -c +1234569 "$root/share/models/names.bin"; } >own/models/names.bin ;;
	esac
	BROADSHEET_SHARE=$BS_TMP/own go 3 && said names.bin && all_wait && is "$(events)" 'left left left ' && completes
}
gives_up() # after three in a row, and the summary counts the rest
{
	three
	for i in 4 5 6 7; do page $i >in/p$i.txt; done
	instead tag-entities 'echo . >>"'"$BS_TMP"'/starts"; cat >/dev/null; exit 3'
	rm -f starts
	go 3 && said '7 left' && is "$(wc -l <starts)" 3
	local rc=$?
	back tag-entities
	return $rc
}
starves_nobody() # Files that wait for pdftotext do not keep others waiting.
{
	fresh
	for i in 1 2 3 4; do printf '%%PDF-1.4\n' >in/a$i.pdf; done
	page 1 >in/p1.txt
	shim pdftotext 'exit 127'
	shimmed 3 && said 'a1.pdf: pdftotext is not installed' && waits 'a1.pdf a2.pdf a3.pdf a4.pdf' && made in/done/p1.txt p1.txt
	local rc=$?
	rm shim/pdftotext
	return $rc
}
tool_fails() # program, script: each step that writes
{
	local rc
	three
	shim "$1" "$2"
	shimmed 3 && waits 'p1.txt p2.txt p3.txt' && is "$(ls -A in/bad)" ''
	rc=$?
	rm "shim/$1"
	[ $rc = 0 ] && completes
}
journal_full()
{
	three
	mkdir -p out/.incoming
	ln -s /dev/full out/.incoming/journal.jsonl
	go 3 && said 'cannot write .*journal' && waits 'p1.txt p2.txt p3.txt' && rm out/.incoming/journal.jsonl && completes
}
preloaded() # what the filter that writes meets
{
	three
	instead to-jsonl "BS_FAULT=$1 LD_PRELOAD=$BS_BUILD/tests/shims/io.so exec '$bin/to-jsonl' \"\$@\""
	go 3 && all_wait
	local rc=$?
	back to-jsonl
	[ $rc = 0 ] && completes
}
size_limit() # the disk-full of those who may not mount
{
	three
	head -c 300000 /dev/zero | tr '\0' 'x' >in/p2.txt
	# shellcheck disable=SC3045
	(ulimit -f 100 && go 3) && said 'p2.txt: .*File too large' && waits p2.txt && is "$(ls -A in/bad)" '' || return 1
	page 2 >in/p2.txt
	completes
}
tmpfs() # too small, then enlarged
{
	three
	for i in 4 5 6; do { page $i; for n in $(seq 4000); do echo "第${n}座小水站每天供水${n}吨。"; done; } >in/p$i.txt; done
	mkdir out && mount -t tmpfs -o size=256k broadsheet-test out || return 1
	go 3 && said 'o space left' && is "$(ls -A in/bad)" '' && [ ! -e in/done/p4.txt ] && go 3 && go 3 && go 3 && is "$(ls -A in/bad)" '' &&
		is "$(find out -maxdepth 1 -name 'p[456]*')" '' && mount -o remount,size=64m out && go 0 && waits && made in/done/p6.txt p6.txt &&
		made in/done/p1.txt p1.txt && is "$(ls -A out/older)" '' && jq -e . out/.incoming/journal.jsonl >/dev/null
	local rc=$?
	umount out
	return $rc
}

ok 'a filter that fails with 3, whichever' stage_fails
ok 'a filter that is not there' stage_missing
ok 'no model' model none
ok 'half a model' model cut
ok 'a damaged model' model byte
ok 'after three in a row it ends' gives_up
ok 'a missing pdftotext keeps nobody else waiting' starves_nobody
ok 'fsync fails' tool_fails sync 'exit 1'
ok 'the copy fails' tool_fails dd 'echo "dd: error writing: No space left on device" >&2; exit 1'
ok 'rename fails' tool_fails mv 'exit 1'
[ ! -c /dev/full ] || ok 'the journal cannot be written' journal_full
if [ -f "$BS_BUILD/tests/shims/io.so" ]; then
	ok 'to-jsonl cannot write' preloaded nospace:1
	ok 'to-jsonl cannot close' preloaded close:1
else
	skip 'writes that fail' 'no shims in this build'
fi
ok 'a limit on file sizes' size_limit
mkdir mnt
if mount -t tmpfs -o size=64k broadsheet-test mnt 2>/dev/null; then
	umount mnt
	ok 'a file system too small, then enlarged' tmpfs
else
	skip 'a file system too small, then enlarged' 'mounting is not permitted'
fi
end
