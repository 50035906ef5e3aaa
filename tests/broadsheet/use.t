#!/bin/sh
# The driver: operands, options, one file a page, workers.
# shellcheck disable=SC2086 # $three is a list without odd characters
. tests/tap.sh
. tests/broadsheet/lib.sh
cd "$BS_TMP" || exit 1

by_hand()
{
	from-text $three | denoise | dehyphenate | split-articles | tag-entities | to-jsonl >by-hand || return 1
	[ "$(wc -l <by-hand)" -ge 4 ] && run 0 "$own" $three && cmp out by-hand
}
stdin_too()
{
	"$own" <one.txt >a && "$own" - <one.txt >b && cmp a b && is "$(jq -r '.id' a | cut -c 1)" x &&
	"$own" --source one.txt <one.txt | jq -c 'del(.source)' >c && "$own" one.txt | jq -c 'del(.source)' | cmp - c &&
	"$own" one.txt - three.txt <two.txt | jq -r .source.file | uniq | tr '\n' ' ' >d && is "$(cat d)" 'one.txt null three.txt '
}
workers()
{
	for j in 1 2 3 4 99 0; do
		rm -f starts
		run 0 "$own" -j $j $three && cmp out by-hand || return 1
	done
	"$own" -j 2 one.txt - three.txt <two.txt | cmp - d2
}
# One pipeline carries all pages of a worker.
processes()
{
	for j in 1 2; do
		rm -f starts
		"$own" -j$j $three $PWD/./one.txt >out || return 1
		for f in $filters; do
			is "$f $(grep -cx "$f" starts)" "$f $j" || return 1
		done
	done
}
into() # jobs
{
	rm -rf cwd/o
	(cd cwd && "$own" -j "$1" -o o/p $three && ls -A o/p) >out 2>err || return 1
	is "$(tr '\n' ' ' <out)$(cat err)" 'one.jsonl three-p0001.jsonl three-p0002.jsonl two.jsonl ' || return 1
	cat cwd/o/p/one.jsonl cwd/o/p/two.jsonl cwd/o/p/three-p*.jsonl | cmp - by-hand
	rc=$?
	rm -rf cwd/o
	return $rc
}
again() # the same files, byte for byte, and nothing else
{
	"$own" -o o $three && cat o/* >first && "$own" -j 3 -o o $three && cat o/* | cmp - first && is "$(ls -A o | wc -l)" 4
}
collide() # operands
{
	run 2 "$own" -o o "$@" && grep -q 'two inputs' err && [ ! -s starts ]
}
collisions()
{
	mkdir -p x
	cp one.txt x/one.md
	rm -rf starts
	collide one.txt x/one.md && collide one.txt one.txt && collide --source x.y/one.z - one.txt && run 0 "$own" "$BS_TMP/one.txt" "$BS_TMP/x/one.md"
}
jq_is() # filter, wanted, arguments
{
	filter=$1 want=$2
	shift 2
	run 0 "$own" "$@" && is "$(jq -r "$filter" out | sort -u | tr '\n' ' ')" "$want "
}
options()
{
	here=$BS_TMP
	jq_is .newspaper '湖滨 日报' --newspaper '湖滨 日报' "$here/one.txt" &&
	jq_is .newspaper "it's \$(a) \"b\"" "--newspaper=it's \$(a) \"b\"" "$here/one.txt" &&
	jq_is .date '2031-03-04' --date 2030-01-01 "$here/one.txt" &&
	jq_is .date '2030-01-01' "$here/two.txt" --date=2030-01-01 &&
	iconv -f UTF-8 -t GB18030 <one.txt >gb.txt && jq_is .source.encoding GB18030 --from gb18030 "$here/gb.txt" &&
	jq_is .headline 湖区春耕快了五天 --from=GB18030 "$here/gb.txt" &&
	run 0 "$own" --ascii "$here/one.txt" && ! LC_ALL=C grep -q '[^ -~]' out
}
punctuation()
{
	printf '标题在此\n\n他说,"今天很好",就走了。\n' >folded.txt
	"$own" folded.txt >a && "$own" --keep-punctuation folded.txt >b && ! cmp -s a b && jq -r .text b | grep -q '他说,"今天很好",'
}
rules()
{
	printf 'mine .*奇怪的一行.*\n' >"my 'rules"
	printf '标题在此\n\n正文一段，写在这里。\n\n这是奇怪的一行\n' >odd.txt
	"$own" odd.txt | grep -q 奇怪 && "$own" --rules "my 'rules" odd.txt >a && ! grep -q 奇怪 a
}
strict()
{
	printf '标题\n\n坏\377字，在这一行里。\n' >bad.txt
	"$own" bad.txt >a 2>err && grep -q 'bad.txt:3: 1 invalid' err && "$own" --strict bad.txt >b 2>err
	is $? 1 && cmp a b
}
odd_names()
(
	n="-a'b\" \$(x)
*c.txt"
	cp one.txt "$BS_TMP/odd $n" && mkdir -p odd && cp one.txt "odd/$n" && cd odd &&
	is "$("$own" -- -* | jq -r .source.file)" "$n" && is "$("$own" ./-* | jq -r .source.file)" "./$n" &&
	"$own" -j 2 -o ./-o -- "$n" ../two.txt && [ -s "./-o/${n%.txt}.jsonl" ] && [ -s ./-o/two.jsonl ]
)
found() # the driver finds its filters wherever it is called from
{
	ln -s "$broadsheet" link && mkdir -p far && ln -s ../link far/bs && is "$(far/bs one.txt | wc -l)" "$(wc -l <one.jsonl)" &&
	(cd far && is "$(./bs ../one.txt | wc -l)" "$(wc -l <../one.jsonl)") &&
	(PATH=$real:$PATH && broadsheet one.txt | cmp - one.jsonl) && (cd "$BS_TMP/bin" && sh broadsheet ../one.txt >/dev/null)
}
unbuilt()
{
	mkdir -p alone && cp "$broadsheet" alone/ && run 3 "$BS_TMP/alone/broadsheet" "$BS_TMP/one.txt" && grep -q 'is it built' err
}
printed()
{
	run 0 "$own" -h && grep -q -e '--newspaper NAME' out && run 0 "$own" --help && run 0 "$own" -V && grep -q '^broadsheet (broadsheet) [0-9.]*$' out
}
usage() # arguments; all end before any filter has printed
{
	run 2 "$own" "$@" && [ ! -s out ] && [ -s err ]
}
empty()
{
	: >empty.txt && run 0 "$own" "$BS_TMP/empty.txt" && [ ! -s out ] && run 0 "$own" -o "$BS_TMP/e" "$BS_TMP/empty.txt"
}
progress()
{
	command -v script >/dev/null || { echo none; return; }
	script -qc "'$own' one.txt 2>/dev/null" /dev/null </dev/null >tty 2>&1
	! grep -q 'pages done' tty || return 1
	through tag-entities 'sleep 2'
	script -qc "'$own' -o o one.txt" /dev/null </dev/null >tty 2>&1
	through tag-entities
	grep -q 'broadsheet: pages done: ' tty
}

ok 'the same as the pipeline by hand' by_hand
ok 'standard input' stdin_too
"$own" one.txt - three.txt <two.txt >d2
ok 'any number of workers, the same bytes' workers
ok 'one pipeline a worker' processes
ok 'one file a page' into 1
ok 'one file a page, three workers' into 3
ok 'one file a page, again' again
ok 'two files of one name' collisions
"$own" one.txt >one.jsonl
ok 'options reach their filters' options
ok '--keep-punctuation' punctuation
ok '--rules' rules
ok '--strict' strict
ok 'odd file names' odd_names
ok 'filters are found' found
ok 'filters are missing' unbuilt
ok 'help and version' printed
ok 'an empty file' empty
for words in --no-such -x '-j x' '-j -1' -o --from '--from klingon' '--date 2031-02-30' '--max-page 0' -j; do
	ok "usage: $words" usage $words
done
ok 'usage: an empty folder name' usage -o '' "$BS_TMP/one.txt"
# A chroot without /dev/pts has script(1) and no terminal to give.
if script -qc true /dev/null </dev/null >/dev/null 2>&1; then ok 'a progress line on a terminal' progress; else skip 'a progress line on a terminal' 'no terminal from script(1)'; fi
end
