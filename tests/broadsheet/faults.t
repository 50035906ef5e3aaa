#!/bin/sh
# The driver when something goes wrong: statuses, and nothing half-written.
# shellcheck disable=SC2086 # $three is a list without odd characters
. tests/tap.sh
. tests/broadsheet/lib.sh
cd "$BS_TMP" || exit 1
i=0
while [ $i -lt 150 ]; do
	cat one.txt two.txt one.txt two.txt one.txt two.txt
	printf '\f'
	i=$((i + 1))
done >many.txt

instead() # filter, script
{
	printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"
	chmod +x "bin/$1"
}

# The stage that fails takes the run with it, whichever it is.
fails() # status wanted, commands in place of the stage, stages
{
	for f in ${3-$filters}; do
		instead "$f" "$2"
		for j in 1 2; do
			"$own" -j $j many.txt $three >out 2>err
			rc=$?
			[ $rc = "$1" ] || { echo "$f -j$j: status $rc"; cat err; return 1; }
		done
		tidy || return 1
		through "$f"
	done
}
worst() # 3 in one stage, 2 in the other
{
	instead denoise 'cat >/dev/null; exit 3'
	instead tag-entities 'cat >/dev/null; exit 2'
	"$own" one.txt >out 2>err
	rc=$?
	through denoise
	through tag-entities
	is $rc 3
}
# What is there is whole: every file is the one of an undisturbed run.
whole() # folder
{
	for f in "$1"/* "$1"/.[!.]*; do
		[ -e "$f" ] || continue
		cmp "$f" "good/${f##*/}" || return 1
	done
}
cut() # a stage that is killed after so many bytes
{
	for f in from-text denoise tag-entities; do
		rm -rf o
		instead "$f" "'$real/$f' \"\$@\" | head -c $1; kill -9 \$\$"
		"$own" -o o many.txt two.txt 2>err
		rc=$?
		through "$f"
		is $rc 3 && whole o && tidy || return 1
	done
}
missing()
{
	"$own" no-such.txt one.txt . two.txt >out 2>err
	is $? 3 && is "$(jq -r .source.file out | uniq | tr '\n' ' ')" 'one.txt two.txt ' &&
	grep -q 'no-such.txt: No such file' err && grep -q '\.: Is a directory' err
}
full() # jobs
{
	"$own" -j "$1" $three >/dev/full 2>err
	is $? 3 && grep -q 'No space left' err && tidy
}
closed()
{
	"$own" one.txt >&- 2>err
	is $? 3 && grep -q 'standard output' err && "$own" -o o one.txt >&- && "$own" <&- 2>err
	is $? 3 && grep -q 'standard input' err && "$own" one.txt <&- >out && is "$(wc -l <out)" "$(wc -l <one.jsonl)"
}
reader_leaves() # jobs
{
	{
		"$own" -j "$1" many.txt many.txt 2>err
		echo $? >rc
	} | head -n 1 >out
	is "$(cat rc)" 141 && [ ! -s err ] && [ -s out ] && tidy
}
# Stopped while its input still comes: nothing of it is left.
stopped() # signal, status, options
{
	rm -rf o pid
	sig=$1 want=$2
	shift 2
	mkfifo slow
	{
		"$own" "$@" slow >out 2>err &
		echo $! >pid
		wait $!
		echo $? >rc
	} &
	job=$!
	{
		cat many.txt
		sleep 1
		kill -s "$sig" "$(cat pid)"
		i=0
		while [ ! -s rc ] && [ $i -lt 50 ]; do sleep 0.1; i=$((i + 1)); done
	} >slow
	wait $job
	rm slow
	is "$(cat rc)" "$want" && tidy && whole o
	bad=$?
	rm -f rc
	return $bad
}
no_folder()
{
	"$own" -o many.txt one.txt 2>err
	is $? 3 && TMPDIR=$BS_TMP/nowhere "$own" one.txt >out 2>err
	is $? 3 && [ ! -s out ]
}
big_page()
{
	"$own" --max-page 100 one.txt two.txt >out 2>err
	is $? 3 && grep -q 'one.txt:1: page is larger' err
}

mkdir ref
cp many.txt ref/slow
cp two.txt ref
(cd ref && "$own" -o ../good slow two.txt ../many.txt) || exit 1
sed -i.bak 's|"\.\./many.txt"|"many.txt"|' good/many* && rm -f good/*.bak
"$own" one.txt >one.jsonl
ok 'a stage that fails' fails 3 'cat >/dev/null; exit 3'
ok 'a stage that refuses its options' fails 2 'exit 2'
ok 'a stage that is killed' fails 3 'kill -9 $$'
ok 'a stage that ends early and says nothing' fails 3 'read -r line; exit 0' "${filters#from-text}"
ok 'a first stage that ends early and says nothing' fails 1 'printf "broadsheet\t1\t-\t\n"' from-text
ok 'the worst status counts' worst
ok 'a page cut off is not written' cut 20000
ok 'a page cut off later' cut 70001
ok 'an operand that cannot be read' missing
if [ -c /dev/full ]; then
	ok 'a full disk' full 1
	ok 'a full disk, three workers' full 3
fi
ok 'closed descriptors' closed
ok 'a reader that leaves' reader_leaves 1
ok 'a reader that leaves, two workers' reader_leaves 2
ok 'SIGTERM' stopped TERM 143
ok 'SIGHUP, two workers, one file a page' stopped HUP 129 -j 2 two.txt -o o
ok 'SIGTERM, one file a page' stopped TERM 143 -o o
ok 'folders that are not there' no_folder
ok 'a page over the limit' big_page
end
