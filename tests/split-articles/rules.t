#!/bin/bash
# The rule files of split-articles, rule by rule: what their .cases say, and that each
# rule is needed, because without it some case comes out otherwise.
# shellcheck source=tests/tap.sh
. tests/tap.sh
here=tests/split-articles

# A page for each case: what is asked stands where its rule looks for it.
pages() # name
{
	local text
	grep -v '^#' $here/"$1".cases | cut -f2 | while IFS= read -r text; do
		case $1$text in
		kinds'|'*) printf '夜市搬了家，烟火气还在\n\n%s\n\f' "${text#|}" ;;
		kinds* | parts*) printf '%s\n\n摊位从八十个添到一百二十个，油烟由一台机器统一收走，街坊们又坐到了江边。\n\f' "$text" ;;
		*'|'*) printf '夜市搬了家，烟火气还在\n\n摊位从八十个添到一百二十个，油烟由一台机器统一收走。\n\n%s\n\f' "${text#|}" ;;
		*) printf '夜市搬了家，烟火气还在\n\n%s\n\f' "$text" ;;
		esac
	done
}

# What split-articles says of each page, one a line.
found() # name
{
	split-articles --source cases <"$BS_TMP/$1.pages" | awk -F'\t' -v name="$1" '
		function value(key,   n, a, i) {
			n = split($3, a, " ")
			for (i = 1; i <= n; i++)
				if (index(a[i], key "=") == 1) { sub(/^[^=]*=/, "", a[i]); gsub(/\\s/, " ", a[i]); return a[i] }
			return ""
		}
		function flush() { if (pages++) print line == "" ? (name == "kinds" ? "article" : "-") : line; line = "" }
		$1 == "page" { flush() }
		$1 == "article" && name == "kinds" && line == "" { line = value("kind") }
		$1 == "article" && name == "parts" && line == "" { line = value("part") }
		$1 == "author" && name == "credits" { line = (line == "" ? (value("in") == "" ? "author" : value("in")) : line) " " value("role") "=" $4 }
		END { flush() }'
}

is_right() # number
{
	is "$(sed -n "$1p" "$BS_TMP/found")" "$(sed -n "$1p" "$BS_TMP/want")"
}

# A share/ without line $2 of rules/$1.rules.
without()
{
	rm -rf "$BS_TMP/share" && mkdir -p "$BS_TMP/share/rules"
	ln -s "$PWD"/share/* "$BS_TMP/share/" 2>/dev/null
	ln -s "$PWD"/share/rules/* "$BS_TMP/share/rules/" 2>/dev/null
	rm "$BS_TMP/share/rules/$1.rules"
	sed "$2d" "share/rules/$1.rules" >"$BS_TMP/share/rules/$1.rules"
}

is_needed() # name line
{
	without "$1" "$2"
	! BROADSHEET_SHARE=$BS_TMP/share found "$1" | cmp -s - "$BS_TMP/want"
}

for name in kinds parts credits; do
	pages $name >"$BS_TMP/$name.pages"
	grep -v '^#' $here/$name.cases | cut -f1 >"$BS_TMP/want"
	found $name >"$BS_TMP/found"
	n=0
	while IFS= read -r text; do
		n=$((n + 1))
		ok "$name: $text" is_right $n
	done < <(grep -v '^#' $here/$name.cases | cut -f2)
	while IFS=: read -r line rule; do
		ok "$name.rules:$line is needed (${rule%% *})" is_needed $name "$line"
	done < <(grep -nv -e '^#' -e '^$' share/rules/$name.rules)
done
end
