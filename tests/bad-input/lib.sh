# shellcheck shell=bash
# lib.sh - programs, their inputs, and what an unhappy end must look like; sourced after tests/tap.sh.
programs=()
for p in from-text denoise dehyphenate split-articles tag-entities to-jsonl; do
	[ -x "$BS_BIN/$p" ] && programs+=("$p")
done
limit=20

# A small page as each program reads it: $BS_TMP/PROGRAM.in
page=$BS_TMP/page.txt
cp tests/laws/small.txt "$page"
previous=$page
for p in "${programs[@]}"; do
	cp "$previous" "$BS_TMP/$p.in"
	previous=$BS_TMP/$p.made
	"$p" <"$BS_TMP/$p.in" >"$previous" 2>/dev/null
done

# ends STATUS WORDS NAME COMMAND...: the command ends with the status (of several:
# "0|1|3"), and if WORDS is not empty, standard error has a line `NAME: ...` that
# matches WORDS, an extended regular expression. Standard output goes to $BS_TMP/out
# unless the command redirects it itself.
ends()
{
	local want=$1 words=$2 name=$3 rc
	shift 3
	timeout -k 2 $limit "$@" >"$BS_TMP/out" 2>"$BS_TMP/err" </dev/null
	rc=$?
	judge "$rc" "$want" "$words" "$name"
}

# fed STATUS WORDS NAME FILE COMMAND...: the same with FILE on standard input.
fed()
{
	local want=$1 words=$2 name=$3 file=$4 rc
	shift 4
	timeout -k 2 $limit "$@" <"$file" >"$BS_TMP/out" 2>"$BS_TMP/err"
	rc=$?
	judge "$rc" "$want" "$words" "$name"
}

judge() # rc wanted words name
{
	[[ $1 =~ ^($2)$ ]] || { echo "status $1, not $2"; head -n 5 "$BS_TMP/err"; return 1; }
	if [ -n "$3" ] && ! grep -aEq -e "^$4: .*($3)" "$BS_TMP/err"; then
		echo "no message like '$4: ... $3' but:"
		head -n 5 "$BS_TMP/err"
		return 1
	fi
	# nothing may look like a crash
	! grep -aE 'Sanitizer|runtime error|core dumped|Assertion|double free|corrupted' "$BS_TMP/err"
}

# all lines of $BS_TMP/out are whole JSON objects
whole_json()
{
	jq -e -s 'all(type == "object")' "$BS_TMP/out" >/dev/null
}
