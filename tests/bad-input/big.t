#!/bin/bash
# Too much of everything: in bounded memory and in time that grows with the input.
. tests/tap.sh
. tests/bad-input/lib.sh

memory=400000 size=300000
[ -z "${BS_SAN-}" ] || { memory=unlimited size=30000; }

# A line of 1 GB stops at the limit of a page, without having been read to its end.
endless()
{
	local p=$1
	(
		ulimit -v $memory
		head -c 1G /dev/zero | tr '\0' x | timeout -k 2 $limit "$p" >"$BS_TMP/out" 2>"$BS_TMP/err"
		exit "${PIPESTATUS[2]}"
	)
	judge "$?" 3 'larger than 16777216 bytes' "$p"
}

# The same inside a stream.
endless_stream()
{
	local p=$1
	(
		ulimit -v $memory
		{ printf 'broadsheet\t1\t-\t\npage\t1\t-\t\nline\t1:1\t-\t'; head -c 1G /dev/zero | tr '\0' x; } |
			timeout -k 2 $limit "$p" >"$BS_TMP/out" 2>"$BS_TMP/err"
		exit "${PIPESTATUS[1]}"
	)
	judge "$?" 3 'larger than 16777216 bytes' "$p"
}

# $size bytes or so of one pattern, as one line or many.
repeat()
{
	awk -v s="$1" -v n="$size" 'BEGIN { gsub(/@/, "\n", s); for (k = 0; k < n; k += length(s)) printf "%s", s; print "" }'
}

patterns=('x' '林' ' ' '　' '(' '"' '“' '-' '9' '9,' '.' '林 河 ' '林河。 ' 'a-@' 'a‐@' '林@' '@' '2031年7月1日' '3亿' '《' '》' '本报讯 ' '记者' '市' '县长' '第'
	'http://' 'a@@b.cn ' '■' '　　林@' '□ 本报记者 钱文山@' '10%-20%' '\t' '\\' 'e0́' $'\u0301' $'\u200b' '上午' '高兰、')

hostile()
{
	local p=$1 pattern bad=0
	for pattern in "${patterns[@]}"; do
		repeat "$pattern" >"$BS_TMP/hostile"
		limit=8 fed '0|1|3' '' "$p" "$BS_TMP/hostile" "$p" || { echo "over many '$pattern'"; bad=1; }
	done
	return $bad
}

# One record of a kind, its text a long pattern: what the later filters read.
hostile_stream()
{
	local p=$1 pattern kind bad=0
	for pattern in x 林 ' ' '林 河 ' '林河。 ' 9 '2031年7月1日' '《' '高兰、' '市' '本报讯 '; do
		for kind in line paragraph; do
			repeat "$pattern" | tr -d '\n' >"$BS_TMP/text"
			{
				printf 'broadsheet\t1\t-\t\npage\t1\t-\t\n%s\t1:1\tlines=1\t' "$kind"
				cat "$BS_TMP/text"
				printf '\nend\t-\trecords=2\t\n'
			} >"$BS_TMP/hostile"
			limit=8 fed '0|1|3' '' "$p" "$BS_TMP/hostile" "$p" || { echo "over a $kind of many '$pattern'"; bad=1; }
		done
	done
	return $bad
}

for p in "${programs[@]}"; do
	if [ -z "${BS_SAN-}" ]; then
		ok "$p: a line of 1 GB" endless "$p"
		[ "$p" = from-text ] || ok "$p: a record of 1 GB" endless_stream "$p"
	fi
	ok "$p: --max-page" fed 3 'larger than 100 bytes' "$p" "$page" "$p" --max-page 100
	ok "$p: long rows of one thing" hostile "$p"
	ok "$p: long records of one thing" hostile_stream "$p"
done
end
