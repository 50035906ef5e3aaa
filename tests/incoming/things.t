#!/bin/bash
# Things that are no files, or not any longer, and odd folders.
. tests/tap.sh
. tests/incoming/lib.sh
no_sync

no_files() # left alone, and not waited for
{
	fresh
	page 1 >page.txt
	mkdir in/folder in/folder.txt
	page 2 >in/folder/p2.txt
	mkfifo in/fifo.txt
	ln -s "$BS_TMP/page.txt" in/link.txt
	ln -s nowhere in/dangling.txt
	ln -s /etc/passwd in/passwd
	ln -s . in/loop
	page 3 >in/p3.txt
	command -v python3 >/dev/null && (cd in && python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket.txt")')
	before=$(ls -l in --ignore=done --ignore=p3.txt --ignore=bad | tail -n +2)
	timeout 20 "$incoming" -n1 in out && is "$(ls -l in --ignore=done --ignore=bad | tail -n +2)" "$before" && is "$(ls out)" 'older
p3.txt.jsonl'
}
swapped() # a link or a FIFO that takes the place of a file after the scan
{
	for thing in 'ln -sf /etc/passwd' mkfifo mkdir; do
		fresh
		page 1 >in/a.txt
		page 2 >in/b.txt
		# when a.txt is through, b.txt is no longer what it was
		mkdir -p shim
		printf '#!/bin/sh\nrm -rf "%s/in/b.txt"; %s "%s/in/b.txt"\nexec %s "$@"\n' "$BS_TMP" "$thing" "$BS_TMP" "$(command -v od)" >shim/od
		chmod +x shim/od
		PATH=$BS_TMP/shim:$PATH timeout 20 "$incoming" -n1 in out || return 1
		[ ! -e out/b.txt.jsonl ] && [ -f in/done/a.txt ] || return 1
	done
}
replaced_in_place() # a new file of that name comes while the old one is worked on
{
	fresh
	page 1 >in/a.txt
	printf '#!/bin/sh\n[ -e "%s/again" ] || { cp "%s/p2" "%s/in/.a" && mv "%s/in/.a" "%s/in/a.txt"; touch "%s/again"; }\nexec %s "$@"\n' \
		"$BS_TMP" "$BS_TMP" "$BS_TMP" "$BS_TMP" "$BS_TMP" "$BS_TMP" "$(command -v od)" >shim/od
	page 2 >p2
	(PATH=$BS_TMP/shim:$PATH go 0) && waits a.txt && cmp in/a.txt p2 && go 0 && waits && made p2 a.txt && cmp in/done/a.txt p2 || return 1
	# the same with one that would go to bad/
	fresh
	printf '\211PNG\r\n' >in/a.txt
	rm again
	(PATH=$BS_TMP/shim:$PATH go 0) && waits a.txt && is "$(ls -A in/bad)" '' && go 0 && made p2 a.txt
}
unreadable() # As root, who reads all, it is run as another, in a folder that this one can reach.
{
	local there=$BS_TMP as=
	if [ "$(id -u)" = 0 ]; then
		there=$(TMPDIR='' mktemp -d) as='setpriv --reuid=65534 --clear-groups'
		trap 'rm -rf "$there"' RETURN
		chmod 777 "$there"
	fi
	(
		cd "$there" && fresh && chmod 777 in || exit
		page 1 >in/p1.txt
		page 2 >in/p2.txt
		chmod 0 in/p1.txt
		$as "$incoming" -n1 in out >out.txt 2>err.txt
		is $? 3 && is "$(wc -l <err.txt)" 1 && said 'p1.txt: cannot be read' && waits p1.txt && [ -s out/p2.txt.jsonl ] && is "$(ls -A in/bad)" ''
	)
}
in_the_way() # of what is to be written
{
	fresh
	mkdir -p out/a.txt.jsonl in/done/b.txt
	page 1 >in/a.txt
	page 2 >in/b.txt
	go 3 && waits a.txt && made in/done/b.txt b.txt && rmdir out/a.txt.jsonl && go 0 && waits || return 1
	fresh
	mkdir out
	mkfifo out/a.txt.jsonl
	page 1 >in/a.txt
	go 3 && waits a.txt || return 1
	fresh
	page 1 >in/a.txt
	echo >in/done
	go 3 && said 'cannot make folders'
}
odd_folders() # INCOMING and OUT themselves
{
	for name in $'fol\nder' '-n' 'a b' $'x\xff' 'it'\''s' '*'; do
		rm -rf in out "$name"
		mkdir "./$name"
		page 1 >"./$name/p1.txt"
		"$incoming" -n 1 -- "$name" "$name/out" || return 1
		[ -f "./$name/done/p1.txt" ] && [ -s "./$name/out/p1.txt.jsonl" ] || return 1
		"$incoming" --status -- "$name" "$name/out" >/dev/null || return 1
	done
	rm -rf in
	mkdir in $'in\n'
	page 1 >$'in\n/p1.txt'
	"$incoming" -n 1 $'in\n' out && [ -s out/p1.txt.jsonl ] && is "$(ls -A in)" ''
}

ok 'links, FIFOs, folders, sockets' no_files
ok 'a link, a FIFO or a folder that takes the place of a file' swapped
ok 'a file that takes the place of one that is worked on' replaced_in_place
if [ "$(id -u)" != 0 ] || setpriv --reuid=65534 --clear-groups test -x "$incoming" 2>/dev/null; then
	ok 'a file that cannot be read' unreadable
else
	skip 'a file that cannot be read' 'root reads all, and the programs cannot be run as another'
fi
ok 'folders and FIFOs where articles should go' in_the_way
ok 'odd names of the folders' odd_folders
end
