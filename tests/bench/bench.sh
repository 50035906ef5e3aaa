#!/bin/bash
# tests/bench/bench.sh [MEGABYTES [ROUNDS]] - how fast each filter is, beside well-known tools
#
# The text is examples/ (the UTF-8 pages), repeated with form feeds between them up to
# 20 MB. Each filter reads what it gets in the pipeline; the tools read the plain text.
# All run in turn, round after round on the same machine; what is printed is the median
# time of the filter over the median time of the tool. Seconds would only tell about the
# machine, so none are shown. A stream holds more bytes than the text in it: the column
# "iconv-in" is the time over that of iconv on the very bytes that the filter reads. Those
# filters that work with several processes are timed with one, too; the tools have one.
# With --text, denoise and dehyphenate read the plain text and write plain text, as iconv does.
set -u
cd "$(dirname "$0")/../.." || exit 2
export LC_ALL=C PATH=$PWD/bin:$PATH
megabytes=${1:-20} rounds=${2:-5}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for f in examples/*.txt; do
	iconv -f UTF-8 -t UTF-8 "$f" >/dev/null 2>&1 && { cat "$f"; printf '\f'; }
done >"$tmp/once"
[ -s "$tmp/once" ] || { echo 'bench: no pages in examples/' >&2; exit 1; }
size=$(wc -c <"$tmp/once")
for ((n = 0; n < megabytes * 1000000; n += size)); do
	cat "$tmp/once"
done >"$tmp/0"

tools=() names=()
declare -A input times
tool() # command
{
	command -v "${1%% *}" >/dev/null || { echo "# ${1%% *} is missing"; return; }
	tools+=("$1") input[$1]=$tmp/0
}
tool 'iconv -f UTF-8 -t UTF-8'
tool 'sed s/x/y/'
tool 'jq -R .'
grep -v '^#' share/gazetteers/foreign.txt | cut -f1 | head -n 3000 >"$tmp/list"
tool "grep -cF -f $tmp/list"
stage=0
for p in from-text denoise dehyphenate split-articles tag-entities to-jsonl; do
	[ -x "bin/$p" ] || break
	names+=("$p") input[$p]=$tmp/$stage
	case $p in
	denoise | dehyphenate) names+=("$p --text") input["$p --text"]=$tmp/0 ;;
	esac
	if "$p" --help | grep -q -e --jobs; then
		names+=("$p -j 1") input["$p -j 1"]=$tmp/$stage
	fi
	"$p" <"$tmp/$stage" >"$tmp/$((stage + 1))" 2>/dev/null
	stage=$((stage + 1))
done
if [ -x bin/broadsheet ]; then
	names+=(broadsheet)
	input[broadsheet]=$tmp/0
fi

for ((round = 0; round < rounds; round++)); do
	for c in "${tools[@]}" "${names[@]}"; do
		[ -t 2 ] && printf '\rround %d of %d: %-24s' $((round + 1)) "$rounds" "$c" >&2
		start=${EPOCHREALTIME/./}
		$c <"${input[$c]}" >/dev/null 2>&1
		times[$c]+="$((${EPOCHREALTIME/./} - start)) "
		start=${EPOCHREALTIME/./}
		iconv -f UTF-8 -t UTF-8 <"${input[$c]}" >/dev/null 2>&1
		times["iconv <${input[$c]}"]+="$((${EPOCHREALTIME/./} - start)) "
	done
done
[ -t 2 ] && printf '\r%48s\r' '' >&2

median()
{
	# shellcheck disable=SC2086
	printf '%s\n' ${times[$1]} | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

peak() # most memory of the command, in MiB
{
	[ -x /usr/bin/time ] || { echo -; return; }
	/usr/bin/time -f %M -o "$tmp/peak" $1 <"${input[$1]}" >/dev/null 2>&1
	awk 'END { printf "%d", $1 / 1024 + 0.5 }' "$tmp/peak"
}

echo "time on $megabytes MB of text over the time of each tool on the same text, median of $rounds rounds, on $(getconf _NPROCESSORS_ONLN) processors"
printf '%-26s' ''
printf '%10s' "${tools[@]%% *}" iconv-in 'peak MiB'
echo
for c in "${tools[@]}" "${names[@]}"; do
	printf '%-26s' "$c"
	for t in "${tools[@]}"; do
		awk -v a="$(median "$c")" -v b="$(median "$t")" 'BEGIN { printf "%10.2f", a / b }'
	done
	awk -v a="$(median "$c")" -v b="$(median "iconv <${input[$c]}")" 'BEGIN { printf "%10.2f", a / b }'
	printf '%10s\n' "$(peak "$c")"
done

# words and their classes, in Python: a small part of the text, since it takes
# its time; its start is not counted, since the rest is reckoned from that part
python=python3 # Debian's package goes with Debian's own, which need not be the first on the path
"$python" -c 'import jieba.posseg' 2>/dev/null || python=/usr/bin/python3
if "$python" -c 'import jieba.posseg' 2>/dev/null; then
	seconds=$("$python" -c 'import sys, time, jieba.posseg
list(jieba.posseg.cut("春天"))
start = time.perf_counter()
for line in open(sys.argv[1], encoding="utf-8"):
    list(jieba.posseg.cut(line))
print(time.perf_counter() - start)' "$tmp/once" 2>/dev/null) || seconds=
	awk -v a="${seconds:-0}" -v b="$(median 'tag-entities -j 1')" -v n="$((megabytes * 1000000 / size))" 'BEGIN {
		if (a > 0)
			printf "python3-jieba (posseg, without its start) takes %.0f times as long as tag-entities -j 1\n", 1000000 * a * n / b
		else
			print "# python3-jieba does not run"
	}'
else
	echo '# python3-jieba is missing'
fi
