#!/bin/bash
# The drop folder when all is well: what is taken when, where it goes, what is told.
. tests/tap.sh
. tests/incoming/lib.sh
no_sync

one_page()
{
	fresh
	page 1 >in/p1.txt
	page 1 >p1
	go 0 && made p1 p1.txt && cmp p1 in/done/p1.txt && waits && is "$(events)" 'done '
}

# ---- settled -------------------------------------------------------------------

two_scans()
{
	fresh
	page 1 >in/p1.txt
	run 0 "$BS_TMP/in" "$BS_TMP/out" && waits p1.txt && [ ! -e out/p1.txt.jsonl ] &&
	run 0 "$BS_TMP/in" "$BS_TMP/out" && waits && made in/done/p1.txt p1.txt
}
three_scans()
{
	fresh
	page 1 >in/p1.txt
	for i in 1 2; do run 0 -n3 "$BS_TMP/in" "$BS_TMP/out" && waits p1.txt || return 1; done
	run 0 --scans=3 "$BS_TMP/in" "$BS_TMP/out" && waits
}
slow_writer() # A page that grows between scans is left alone until it has stopped growing.
{
	fresh
	page 1 >p1
	for n in 20 40 60 80; do
		head -c $n p1 >in/p1.txt
		run 0 "$BS_TMP/in" "$BS_TMP/out" && waits p1.txt || return 1
	done
	cat p1 >in/p1.txt
	run 0 "$BS_TMP/in" "$BS_TMP/out" && waits p1.txt && run 0 "$BS_TMP/in" "$BS_TMP/out" && made p1 p1.txt
}
same_size() # Written anew with as many bytes, and its time set back.
{
	fresh
	page 1 >in/p1.txt
	touch -d '2020-01-01' in/p1.txt
	run 0 "$BS_TMP/in" "$BS_TMP/out" || return 1
	page 2 >in/p1.txt
	touch -d '2020-01-01' in/p1.txt
	run 0 "$BS_TMP/in" "$BS_TMP/out" && waits p1.txt
}
renamed_in()
{
	fresh
	page 1 | tee in/p1.txt.part >p1
	page 2 | tee in/.p2 >p2
	page 3 >in/p3.tmp
	run 0 "$BS_TMP/in" "$BS_TMP/out" && run 0 "$BS_TMP/in" "$BS_TMP/out" && waits 'p1.txt.part p3.tmp' || return 1
	mv in/p1.txt.part in/p1.txt
	mv in/.p2 in/p2.txt
	run 0 "$BS_TMP/in" "$BS_TMP/out"
	case $(stat -c %W p1) in
	0 | -) # no times of birth here: what comes now is new
		run 0 "$BS_TMP/in" "$BS_TMP/out" ;;
	esac
	made p1 p1.txt && made p2 p2.txt && waits p3.tmp
}
a_new_file_is_not_renamed() # though it may have got the inode of one that went
{
	fresh
	for i in 1 2 3 4 5 6 7 8; do
		page 1 >in/old.part
		run 0 "$BS_TMP/in" "$BS_TMP/out" || return 1
		rm in/old.part
		page $i >in/new.txt
		run 0 "$BS_TMP/in" "$BS_TMP/out" && waits new.txt || return 1
		rm in/new.txt
	done
}
waiting()
{
	fresh
	page 1 >in/p1.txt
	run 0 --wait=0 "$BS_TMP/in" "$BS_TMP/out" && waits && made in/done/p1.txt p1.txt
}
clock() # Times of files in the far past and future, and a clock that is wrong.
{
	fresh
	for i in 1 2 3; do page $i >in/p$i.txt; done
	touch -d '1971-01-01' in/p1.txt
	touch -d '2099-12-31 23:59:59' in/p2.txt
	run 0 "$BS_TMP/in" "$BS_TMP/out" && waits 'p1.txt p2.txt p3.txt' || return 1
	# the record of the scan, the folders and the locks come from other times, too
	find in out -name 'p*' -prune -o -exec touch -d '2099-01-01' {} +
	run 0 "$BS_TMP/in" "$BS_TMP/out" && waits || return 1
	for i in 1 2 3; do made in/done/p$i.txt p$i.txt || return 1; done
}

# ---- kinds of files --------------------------------------------------------------

gzipped()
{
	fresh
	page 1 >p1
	gzip -c p1 >in/p1.txt.gz
	cp in/p1.txt.gz in/misnamed.txt
	{ cat in/p1.txt.gz; gzip -c p1; } >in/two-members.gz
	{ cat in/p1.txt.gz; head -c 100 /dev/zero; } >in/zeros.GZ
	cat p1 p1 >p2
	go 0 && made p1 p1.txt.gz && made p1 misnamed.txt && made p2 two-members.gz && made p1 zeros.GZ
}
# A PDF of one page with the letters given, made by hand.
pdf() # text
{
	local stream="BT /F1 12 Tf 72 720 Td ($1) Tj ET" at=() body='%PDF-1.4
' i=0 object
	for object in '<</Type/Catalog/Pages 2 0 R>>' '<</Type/Pages/Kids[3 0 R]/Count 1>>' \
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>' \
		"<</Length ${#stream}>>
stream
$stream
endstream" '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'; do
		i=$((i + 1))
		at+=(${#body})
		body+="$i 0 obj
$object
endobj
"
	done
	printf '%sxref\n0 6\n0000000000 65535 f \n' "$body"
	printf '%010d 00000 n \n' "${at[@]}"
	printf 'trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' ${#body}
}
pdfs()
{
	fresh
	pdf 'The Harbour Bridge Opens at Last' >in/p1.pdf
	pdf 'The Ferry Stays for One More Year' | gzip >in/p2.pdf.gz
	pdf 'The Mayor Thanks the Ferrymen' >in/p3
	go 0 && grep -q 'Harbour Bridge' out/p1.pdf.jsonl && grep -q 'One More Year' out/p2.pdf.gz.jsonl && grep -q Ferrymen out/p3.jsonl && waits
}
empty()
{
	fresh
	true >in/p1.txt
	go 0 && waits && [ -f out/p1.txt.jsonl ] && [ ! -s out/p1.txt.jsonl ]
}

# ---- the same again ----------------------------------------------------------------

again()
{
	fresh
	page 1 | tee in/p1.txt >in/p2.txt
	go 0 && made in/done/p1.txt p1.txt && made in/done/p2.txt p2.txt || return 1
	before=$(stat -c '%i %.Y' out/*.jsonl)
	cp in/done/p1.txt in/p1.txt
	mv in/done/p2.txt in/p2.txt
	go 0 && waits && is "$(stat -c '%i %.Y' out/*.jsonl)" "$before" && is "$(events)" 'done done same same ' &&
	is "$(ls in/done | tr '\n' ' ')" 'p1.txt p2.txt '
}
options_count()
{
	fresh
	page 1 | tee p1 >in/p1.txt
	go 0 && cp p1 in/p1.txt && go 0 --ascii && is "$(events)" 'done replaced ' || return 1
	! grep -q 栖湖 out/p1.txt.jsonl && grep -q 栖湖 out/older/p1.txt.*.jsonl || return 1
	cp p1 in/p1.txt
	go 0 && made p1 p1.txt && is "$(ls out/older | wc -l)" 2
}
rules_count() # by what is in them
{
	fresh
	page 1 | tee p1 >in/p1.txt
	echo 'water 水站每天.*' >my.rules
	(cd cwd && "$incoming" -n1 --rules ../my.rules ../in ../out) && ! grep -q 每天供水 out/p1.txt.jsonl || return 1
	cp p1 in/p1.txt
	echo 'water 火站每天.*' >my.rules
	(cd cwd && "$incoming" -n1 --rules=../my.rules ../in ../out) && grep -q 每天供水 out/p1.txt.jsonl
}
data_count() # the model, the rules of the package and so on
{
	fresh
	rm -rf share2
	cp -rs "$root/share" share2
	page 1 | tee p1 >in/p1.txt
	(cd "$BS_TMP" && BROADSHEET_SHARE=share2 "$incoming" -n1 in out) && cp p1 in/p1.txt || return 1
	rm share2/rules/furniture.rules
	{ echo 'water 水站每天.*'; cat "$root/share/rules/furniture.rules"; } >share2/rules/furniture.rules
	(cd "$BS_TMP" && BROADSHEET_SHARE=share2 "$incoming" -n1 in out) && is "$(events)" 'done replaced ' && ! grep -q 每天供水 out/p1.txt.jsonl
}
changed_bytes()
{
	fresh
	page 1 | tee p1 >in/p.txt
	go 0 && mv out/p.txt.jsonl first && cp first out/p.txt.jsonl || return 1
	page 2 | tee p2 >in/p.txt
	go 0 && made p2 p.txt && cmp first out/older/p.txt.*.jsonl && cmp p2 in/done/p.txt && cmp p1 in/done/p.txt~* &&
	is "$(events)" 'done replaced ' || return 1
	cp p1 in/p.txt
	go 0 && cmp first out/p.txt.jsonl && cmp p1 in/done/p.txt && is "$(ls in/done out/older | grep -c p.txt)" 5
}
lost_result() # What was done is done again where its articles are gone or were changed.
{
	fresh
	page 1 | tee p1 >in/p1.txt
	go 0 && rm out/p1.txt.jsonl && cp p1 in/p1.txt && go 0 && made p1 p1.txt || return 1
	cp p1 in/p1.txt
	echo '{}' >>out/p1.txt.jsonl
	go 0 && made p1 p1.txt && is "$(ls out/older | wc -l)" 1
}

# ---- what it tells ------------------------------------------------------------------

verbose()
{
	fresh
	page 1 >in/p1.txt
	printf '\377\330\377\340' >in/p2.jpg
	"$incoming" -v -n1 in out >out.txt 2>err.txt
	is $? 1 && is "$(cat out.txt)" 'done     p1.txt: 1 articles
bad      p2.jpg: from-text: -: is no text but a JPEG picture: OCR makes text of it'
}
journal()
{
	fresh
	page 1 >in/p1.txt
	go 0 && is "$(jq -c '[.event, .name, .output, .articles, .sha256, .status]' out/.incoming/journal.jsonl)" \
		"[\"done\",\"p1.txt\",\"p1.txt.jsonl\",1,\"$(sha256sum <in/done/p1.txt | cut -c -64)\",null]
[\"run\",\"$BS_TMP/in\",null,null,null,0]" || return 1
	printf '{"time":"2031-' >>out/.incoming/journal.jsonl
	page 2 >in/p2.txt
	go 0 && is "$(events)" 'done done ' && go 0 && is "$(wc -l <out/.incoming/journal.jsonl)" 4
}
status()
{
	fresh
	page 1 >in/p1.txt
	printf '\377\330\377\340' >$'in/p\n2.jpg'
	mkfifo in/fifo
	echo >in/p3.part
	mkdir out
	"$incoming" --status in out >out.txt && is "$(ls -A out)" '' && grep -qx 'waiting   2' out.txt || return 1
	"$incoming" -n1 in out 2>/dev/null
	page 4 >in/p4.txt
	"$incoming" -s in out >out.txt && is "$(sed -n '3,10p' out.txt | grep -v '^last')" 'waiting   1
ignored   1 with the name of an unfinished file
ignored   1 that are no regular files
done      1
bad       1
          p\n2.jpg: from-text: -: is no text but a JPEG picture: OCR makes text of it' && grep -qx 'running   no' out.txt
}
usage()
{
	fresh
	for args in '' 'in' 'in out more' '-n in out' '-n0 in out' '--retries=x in out' '--no-such in out' 'in in' 'in in/done' '--rules=none in out' '--wait -1 in out'; do
		# shellcheck disable=SC2086
		"$incoming" $args >out.txt 2>err.txt
		is $? 2 && [ ! -s out.txt ] && is "$(wc -l <err.txt)" 1 || { echo "$args"; return 1; }
	done
	for args in 'none out' 'in none/out'; do
		# shellcheck disable=SC2086
		"$incoming" $args >out.txt 2>err.txt
		is $? 3 && is "$(wc -l <err.txt)" 1 || { echo "$args"; return 1; }
	done
	page 1 >in/p1.txt
	go 2 --date nonsense && waits p1.txt && go 0 && waits
}
tells_itself()
{
	"$incoming" --help | grep -q '^usage: broadsheet-incoming' && "$incoming" --version | grep -q '^broadsheet-incoming (broadsheet)' &&
	is "$("$incoming" -h | wc -L)" "$("$incoming" -h | awk 'length > n { n = length } END { print n }')" &&
	[ "$("$incoming" -h | wc -L)" -le 90 ] && ! "$incoming" -h >/dev/full 2>/dev/null
}
passes_options()
{
	fresh
	page 1 | sed 1,2d >in/p1.txt
	go 0 --newspaper "It's 栖湖" --date 2031-03-05 && is "$(jq -r '.newspaper, .date' out/p1.txt.jsonl)" "It's 栖湖
2031-03-05" || return 1
	page 2 | iconv -f UTF-8 -t GB18030 >in/p2.txt
	go 0 --from=GB18030 && grep -q 孟桂枝 out/p2.txt.jsonl
}
links() # started through a link, from elsewhere
{
	fresh
	page 1 >in/p1.txt
	ln -sf "$incoming" link
	(cd / && PATH=$BS_TMP:$PATH "$BS_TMP/link" -n1 "$BS_TMP/in" "$BS_TMP/out") && waits
}
shells()
{
	for sh in dash 'bash --posix' 'busybox sh' mksh yash; do
		command -v "${sh%% *}" >/dev/null || continue
		fresh
		page 1 >in/p1.txt
		gzip -c in/p1.txt >$'in/p\377\n2.gz'
		head -c 50 $'in/p\377\n2.gz' >in/p3.gz
		(cd cwd && $sh "$incoming" -n1 ../in ../out) 2>err.txt
		is $? 1 && is "$(wc -l <err.txt)" 1 && made in/done/p1.txt p1.txt && is "$(events)" 'done bad done ' ||
			{ echo "$sh"; cat err.txt; events; return 1; }
	done
}

ok 'a page' one_page
ok 'a file is taken when two scans found it unchanged' two_scans
ok 'or three, if so wished' three_scans
ok 'a slow writer' slow_writer
ok 'a file written anew, with its time set back' same_size
ok 'a file seen unfinished and renamed is taken at once' renamed_in
ok 'a new file in the inode of an unfinished one is not' a_new_file_is_not_renamed
ok 'two scans in one run' waiting
ok 'times in the past and the future' clock
ok 'gzip, whatever the name' gzipped
if command -v pdftotext >/dev/null; then ok 'PDF' pdfs; else skip 'PDF' 'no pdftotext'; fi
ok 'an empty page' empty
ok 'the same bytes under the same name are not worked on again' again
ok 'other options make it another job' options_count
ok 'and other rules' rules_count
ok 'and other data' data_count
ok 'other bytes under an old name: both results are kept' changed_bytes
ok 'a result that is gone, or was changed, is made anew' lost_result
ok '--verbose' verbose
ok 'the journal; half a line is cut off' journal
ok '--status' status
ok 'wrong usage' usage
ok '--help and --version' tells_itself
ok 'options of the pipeline' passes_options
ok 'started through a link' links
ok 'in several shells' shells
end
