#!/bin/bash
# kill -9 of the whole process group, again and again at random moments, while pages
# come in; then a quiet run. KILLS and PAGES say how many; SEED which moments.
# At every moment what lies in OUT is whole, and every page is in INCOMING or done/.
. tests/tap.sh
. tests/incoming/lib.sh
: "${KILLS:=$([ -n "${BS_SAN-}" ] && echo 6 || echo 20)}" "${PAGES:=$([ -n "${BS_SAN-}" ] && echo 10 || echo 30)}" "${SEED:=$RANDOM}"
RANDOM=$SEED
set -m

make_pages()
{
	local i
	mkdir pages
	for ((i = 1; i <= PAGES; i++)); do
		case $((i % 6)) in
		0) page $i | gzip -n >pages/p$i.txt.gz ;;
		1) page $i | iconv -f UTF-8 -t GB18030 >pages/p$i.txt ;;
		2) { page $i; printf '\f'; page $i.2; } >"pages/-p $i.txt" ;;
		*) page $i >pages/p$i.txt ;;
		esac
	done
	names=(pages/*)
}

undisturbed()
{
	cp -r pages quiet && (cd cwd && "$incoming" -n 1 ../quiet ../ref) && is "$(ls -A ref/older)" '' &&
	is "$(find ref -maxdepth 1 -name '*.jsonl' -printf x)" "$(printf "%${PAGES}s" | tr ' ' x)"
}

drop() # file of pages/, as a writer should: under another name, then renamed
{
	cp "$1" "in/.${1##*/}" && mv -T "in/.${1##*/}" "in/${1##*/}"
}

whole() # nothing in OUT differs from the undisturbed run, and no page is lost
{
	local n
	diff -rq --exclude=.incoming out ref | grep -v '^Only in ref: ' && return 1
	n=$({ ls in; ls in/done; } 2>/dev/null | grep -c -e '\.txt$' -e '\.gz$')
	[ "$n" -ge $dropped ] || { echo "$n of $dropped pages"; return 1; }
}

# Half of the kills come early, among the scan and the first page, the others within
# the next pages. Where the pages have run out, some come a second time.
killing()
{
	local hits=0 waiting pid
	dropped=0
	while [ $hits -lt "$KILLS" ]; do
		waiting=$(ls in | wc -l)
		while [ "$waiting" -lt 8 ]; do
			if [ $dropped -lt "$PAGES" ] && [ $((dropped * KILLS)) -le $(((hits + 4) * PAGES)) ]; then
				drop "${names[dropped]}"
				dropped=$((dropped + 1))
			elif [ $dropped -gt 0 ]; then
				drop "${names[RANDOM % dropped]}"
			fi
			waiting=$((waiting + 1))
		done
		"$incoming" -n 1 in out </dev/null >>said 2>&1 &
		pid=$!
		sleep "0.$(printf %03d $((RANDOM % (RANDOM % 2 ? 200 : 900))))"
		if kill -9 -- -$pid 2>/dev/null; then hits=$((hits + 1)); fi
		wait $pid 2>/dev/null
		whole || { echo "after $hits kills, SEED=$SEED"; return 1; }
	done
	while [ $dropped -lt "$PAGES" ]; do
		drop "${names[dropped]}"
		dropped=$((dropped + 1))
	done
	[ ! -s said ] || { sort said | uniq -c; return 1; }
}

then_quiet()
{
	run 0 -n 1 "$BS_TMP/in" "$BS_TMP/out" && waits && is "$(ls -A in/bad)" '' && diff -r --exclude=.incoming out ref &&
	diff -r in/done pages && is "$(ls -A out/.incoming | sed 's/^seen\..*/seen/' | tr '\n' ' ')" 'journal.jsonl keys lock seen tries '
}

told() # every page at least once, in whole lines
{
	jq -r 'select(.event == "done" or .event == "replaced") | .name | @json' out/.incoming/journal.jsonl | sort -u >told.txt
	is "$(wc -l <told.txt)" "$PAGES" && ! grep -q '"event":"\(bad\|left\|replaced\)"' out/.incoming/journal.jsonl
}

make_pages
mkdir in
ok "$PAGES pages, undisturbed" undisturbed
ok "$KILLS kills during a stream of $PAGES pages" killing 2>/dev/null
ok 'a quiet run: all is there once, and as undisturbed' then_quiet
ok 'the journal tells of every page' told
end
