# shellcheck shell=bash
# What goes wrong, on demand; after lib.sh.

# The programs with filters of our choice beside them.
mkdir bin shim
ln -s "$root/share" share
cp "$incoming" "$bin/broadsheet" bin/
filters='from-text denoise dehyphenate split-articles tag-entities to-jsonl'
for f in $filters; do ln -s "$bin/$f" "bin/$f"; done
incoming=$BS_TMP/bin/broadsheet-incoming
instead() # filter, script
{
	rm -f "bin/$1"
	printf '#!/bin/sh\n[ "$1" != -V ] || exec "%s" -V\n%s\n' "$bin/$1" "$2" >"bin/$1"
	chmod +x "bin/$1"
}
back() # filter
{
	rm -f "bin/$1"
	ln -s "$bin/$1" "bin/$1"
}
shim() # program, script: in its place in PATH
{
	printf '#!/bin/sh\n%s\n' "$2" >"shim/$1"
	chmod +x "shim/$1"
}
shimmed() # status, options
{
	local PATH=$BS_TMP/shim:$PATH
	go "$@"
}
pages=3
three() # pages, or as many as $pages says, and all programs in order
{
	local i f
	fresh
	rm -f shim/*
	for f in $filters; do [ -L "bin/$f" ] || back "$f"; done
	for i in $(seq $pages); do page $i >in/p$i.txt; done
}
all_wait() # nothing went anywhere, and no half page is to be seen
{
	waits "$(for i in $(seq $pages); do echo p$i.txt; done | tr '\n' ' ' | sed 's/ $//')" && is "$(ls -A in/bad in/done | grep -v -e : -e '^$')" '' && is "$(find out -maxdepth 1 -type f)" ''
}
completes()
{
	local i
	go 0 && waits && is "$(ls -A in/bad out/older | grep -v -e : -e '^$')" '' || return 1
	for i in $(seq $pages); do made in/done/p$i.txt p$i.txt || return 1; done
	jq -e . out/.incoming/journal.jsonl >/dev/null
}
