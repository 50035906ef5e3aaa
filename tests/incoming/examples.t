#!/bin/bash
# The examples for cron and systemd, run as far as that goes here.
. tests/tap.sh
. tests/incoming/lib.sh
no_sync
examples=$root/examples/incoming
sanitizers=() # theirs is the only environment
[ -z "${BS_SAN-}" ] || sanitizers=("ASAN_OPTIONS=$ASAN_OPTIONS" "UBSAN_OPTIONS=$UBSAN_OPTIONS")

# The command of the crontab, with its environment and nothing else, in a shell as
# cron starts it; folders and programs are those of this test.
as_cron() # status, by how many runs
{
	local line path rc
	line=$(sed -n 's/^\*[^ ]* \* \* \* \* //p' "$examples/crontab")
	path=$(sed -n 's/^PATH=//p' "$examples/crontab")
	line=${line//\/srv\/pages\/incoming/$BS_TMP/in}
	line=${line//\/srv\/pages\/articles/$BS_TMP/out}
	(cd / && env -i "${sanitizers[@]}" HOME=/nowhere LOGNAME=nobody SHELL=/bin/sh PATH="$bin:$path" /bin/sh -c "$line") >mail.txt 2>&1 </dev/null
	rc=$?
	is $rc "$1"
}
cron()
{
	fresh
	page 1 >in/p1.txt
	page 2 | gzip >in/p2.txt.gz
	as_cron 0 && as_cron 0 && [ ! -s mail.txt ] && waits && [ -s out/p1.txt.jsonl ] && [ -s out/p2.txt.gz.jsonl ] || return 1
	echo junk >in/p3.gz
	as_cron 0 && [ ! -s mail.txt ] && as_cron 1 && is "$(wc -l <mail.txt)" 1 && as_cron 0 && [ ! -s mail.txt ]
}
no_environment() # none at all, not even PATH, and standard streams closed
{
	fresh
	page 1 >in/p1.txt
	(cd / && env -i "${sanitizers[@]}" "$incoming" -n1 "$BS_TMP/in" "$BS_TMP/out") >mail.txt 2>&1 </dev/null && [ ! -s mail.txt ] && made in/done/p1.txt p1.txt || return 1
	page 2 >in/p2.txt
	(cd / && env -i "${sanitizers[@]}" "$incoming" -n1 "$BS_TMP/in" "$BS_TMP/out") <&- >&- 2>&- && made in/done/p2.txt p2.txt
}
units() # with the program of this tree
{
	mkdir units
	cp "$examples"/*.timer units/
	sed "s|/usr/local/bin/broadsheet-incoming|$incoming|" "$examples/broadsheet-incoming.service" >units/broadsheet-incoming.service
	for unit in units/*; do
		systemd-analyze verify --man=no "$unit" >verify.txt 2>&1 || { cat verify.txt; return 1; }
		! grep -e "$unit" -e broadsheet verify.txt || return 1
	done
}
steps() # the commands of the README of the examples, in a folder of ours
{
	local commands
	fresh
	page 1 >page.txt
	page 2 >in/p2.txt
	printf junk >in/bad.gz
	"$incoming" -n1 in out 2>/dev/null
	mv in/bad/bad.gz in/bad/page.txt
	mv in/bad/bad.gz.err in/bad/page.txt.err
	mkdir -p srv/pages && mv in srv/pages/incoming && mv out srv/pages/articles
	commands=$(sed -n 's/^    //p' "$examples/README.md" | grep -v -e '^useradd' -e '^install' -e systemd -e '^systemctl')
	(PATH=$bin:$PATH && eval "${commands//\/srv\//$BS_TMP/srv/}") >out.txt 2>err.txt
	[ ! -s err.txt ] || { cat err.txt; return 1; }
	is "$(cd srv/pages/incoming && echo *)" 'bad done p2.txt page.txt' && is "$(ls -A srv/pages/incoming/bad)" '' && grep -q '^bad       1' out.txt
}

ok 'the crontab, in the environment of cron' cron
ok 'without any environment, and without standard streams' no_environment
if systemd-analyze --version >/dev/null 2>&1; then
	ok 'systemd knows all that is in the units' units
else
	skip 'systemd knows all that is in the units' 'no systemd-analyze'
fi
ok 'the README of the examples' steps
end
