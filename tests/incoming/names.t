#!/bin/bash
# Names that nobody should give to a file in a drop folder.
. tests/tap.sh
. tests/incoming/lib.sh
no_sync

long=$(printf '%0255d' 0)
names=($'two\nlines.txt' $'ends in a line end\n' '-n' '--help' $'bad\xff\xe6\x96.txt' $'\xe6\x9d\x8e\xe6\x9d\x8e.txt' 'a b  c.txt'
	"it's \"\$(touch x)\" \`touch x\`.txt" '*' '?' '[a]' 'back\slash\n.txt' $'bell\a\e[2Jtab\t.txt' '~' '#' '%s%n' '!x' 'x=y' '{}' ';' "$long"
	"${long:1}1" "${long:5}.txt" "${long:9}.jsonl" 'done.txt' 'x' 'x.err' 'x.jsonl' 'nul.TXT' $'\xc2\x9b31m.txt')

# Every one of them becomes its own file; nothing is run, nothing else is touched.
hostile_names()
{
	local i name
	fresh
	for i in "${!names[@]}"; do page $i >"in/${names[i]}"; done
	go 0 && waits && is "$(ls -A in/bad)" '' || return 1
	is "$(find out -maxdepth 1 -name '*.jsonl' -printf x)" "$(printf "%${#names[@]}s" | tr ' ' x)" || return 1
	for i in "${!names[@]}"; do
		name=${names[i]}
		cmp <(page $i) "in/done/$name" || return 1
		[ ${#name} -gt 249 ] || made "in/done/$name" "$name" || return 1
	done
	# the long ones, told from each other by a hash
	for i in "${!names[@]}"; do
		[ ${#names[i]} -le 249 ] || { wanted "in/done/${names[i]}" "${names[i]}" >wanted.jsonl && cat out/0*~*.jsonl | grep -qFf wanted.jsonl; } || return 1
	done
	is "$(ls out/.incoming | grep -cv -e seen -e lock -e journal -e keys -e tries)" 0 && [ ! -e x ] && [ ! -e cwd/x ]
}
journal_of_names() # whole JSON, in UTF-8, and the names can be had back
{
	jq -r 'select(.event == "done") | .bytes // (.name | @base64)' out/.incoming/journal.jsonl |
		while read -r line; do
			case $line in
			*[!0-9a-f]*) base64 -d <<<"$line" | od -An -v -tx1 ;;
			*) echo "$line" ;;
			esac | tr -d ' \n'
			echo
		done | sort >got.txt
	for name in "${names[@]}"; do printf %s "$name" | od -An -v -tx1 | tr -d ' \n'; echo; done | sort >wanted.txt
	cmp got.txt wanted.txt && iconv -f UTF-8 -t UTF-8 out/.incoming/journal.jsonl >/dev/null &&
	! LC_ALL=C grep -q $'[\x01-\x1f\x7f]' out/.incoming/journal.jsonl
}
again_with_them() # the same bytes, other bytes, and bytes that are no page
{
	local i
	for i in "${!names[@]}"; do page $i >"in/${names[i]}"; done
	go 0 && waits && is "$(ls -A out/older)" '' || return 1
	for i in "${!names[@]}"; do page $i.1 >"in/${names[i]}"; done
	go 0 && waits && is "$(ls -U --quoting-style=c out/older | wc -l)" ${#names[@]} &&
	is "$(ls -U --quoting-style=c in/done | wc -l)" $((2 * ${#names[@]})) || return 1
	for i in "${!names[@]}"; do printf '\211PNG\r\n%d' $i >"in/${names[i]}"; done
	go 1 && waits && is "$(ls -U --quoting-style=c in/bad | wc -l)" $((2 * ${#names[@]})) || return 1
	# every .err has its input beside it, and tells its hash
	is "$(sha256sum -z in/bad/* | tr '\0' '\n' | cut -c -64 | grep -cFf <(cat in/bad/*.err | sed -n 's/^sha256 //p'))" ${#names[@]}
}
summary_is_one_line()
{
	fresh
	printf '\211PNG\r\n' >"in/${names[0]}"
	go 1 && said 'two\\nlines.txt: from-text: -: is no text but a PNG picture' || return 1
	printf '\211PNG\r\n' >in/$'bell\a\e[2J.txt'
	go 1 && said 'bell\\u0007\\u001b\[2J.txt' && "$incoming" -s in out >out.txt && ! LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f]' out.txt
}
ok "${#names[@]} hostile names" hostile_names
ok 'the journal tells them' journal_of_names
ok 'the same names again' again_with_them
ok 'what is printed is one line, and fit for a terminal' summary_is_one_line
end
