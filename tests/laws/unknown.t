#!/bin/bash
# Unknown kinds, unknown keys and # lines pass byte for byte.
. tests/tap.sh
. tests/laws/lib.sh

# The stream of a page with strange lines strewn in and strange keys on records of
# some kind; records= in the end record is made right again.
strew()
{
	awk -F '\t' -v OFS='\t' -v kind="$2" '
		/^end\t/ { $3 = "records=" n; print; next }
		$1 == kind { $3 = ($3 == "-" ? "" : $3 " ") "zz-new=1 zz.odd=a\\sb\\\\c" }
		{ print; if (NR > 1) n++ }
		NR % 3 == 2 { print "# a remark, " NR "\twith a TAB"; n++ }
		NR % 4 == 2 { print "zz-kind\tany id " NR "\tkey=value\\q\ttext with \\x and more"; n++ }
		' "$1"
}

strange()
{
	grep -a -e '^#' -e '^zz-kind	' "$1"
}

passes()
{
	local f=$1 name i
	i=$(rank "$f")
	for name in "${pages[@]}"; do
		strew "$stage/$name.$i" none >"$BS_TMP/in"
		"$f" <"$BS_TMP/in" >"$BS_TMP/out" 2>"$BS_TMP/err" || { echo "$name: status $?"; cat "$BS_TMP/err"; return 1; }
		strange "$BS_TMP/in" >"$BS_TMP/a"
		strange "$BS_TMP/out" >"$BS_TMP/b"
		[ -s "$BS_TMP/a" ] && same "$BS_TMP/a" "$BS_TMP/b" || { echo "on $name"; return 1; }
	done
}

# Strange lines must not change what is made of the known ones.
ignores()
{
	local f=$1 name i
	i=$(rank "$f")
	for name in "${pages[@]}"; do
		strew "$stage/$name.$i" none | "$f" 2>/dev/null | grep -av -e '^#' -e '^zz-kind	' -e '^end	' >"$BS_TMP/a"
		grep -av '^end	' "$stage/$name.$((i + 1))" >"$BS_TMP/b"
		same "$BS_TMP/b" "$BS_TMP/a" || { echo "on $name"; return 1; }
	done
}

# Keys stay on the records that the filter does not merge or retype.
keys()
{
	local f=$1 kind=$2 name i wanted got
	i=$(rank "$f")
	for name in "${pages[@]}"; do
		strew "$stage/$name.$i" "$kind" >"$BS_TMP/in"
		"$f" <"$BS_TMP/in" >"$BS_TMP/out" 2>/dev/null
		wanted=$(grep -ac 'zz-new=1 zz.odd=a\\sb\\\\c' "$BS_TMP/in")
		got=$(grep -ac 'zz-new=1 zz.odd=a\\sb\\\\c' "$BS_TMP/out")
		[ "$wanted" = "$got" ] || { echo "$name: $got of $wanted $kind records kept their keys"; return 1; }
	done
}

# split-articles puts a headline of two lines into one record, so records are not
# counted: whatever was made of a paragraph, and says of which lines, has its keys.
made()
{
	local name
	for name in "${pages[@]}"; do
		strew "$stage/$name.3" paragraph | split-articles 2>/dev/null >"$BS_TMP/out"
		grep -aq 'zz-new=1' "$BS_TMP/out" || return 1
		# a section label over several articles is said again for each: the first is the record itself
		awk -F '\t' '$1 == "section" && seen[$4]++ { next } $3 ~ /(^| )lines=/ && $1 != "article" && $3 !~ / zz-new=1 zz.odd=a\\sb\\\\c( |$)/' "$BS_TMP/out" >"$BS_TMP/bare"
		[ ! -s "$BS_TMP/bare" ] || { echo "$name:"; cat "$BS_TMP/bare"; return 1; }
	done
}

for f in "${filters[@]}"; do
	[ "$f" = from-text ] && continue
	ok "$f: unknown kinds and # lines pass" passes "$f"
	ok "$f: unknown lines change nothing else" ignores "$f"
	ok "$f: unknown keys of the page pass" keys "$f" page
	case $f in
	denoise) ok "$f: unknown keys of lines pass" keys "$f" line ;;
	dehyphenate) ok "$f: unknown keys of noise pass" keys "$f" noise ;;
	split-articles) ok "$f: unknown keys of paragraphs pass" made ;;
	tag-entities) ok "$f: unknown keys of paragraphs pass" keys "$f" paragraph
		ok "$f: unknown keys of headlines pass" keys "$f" headline ;;
	esac
done
end
