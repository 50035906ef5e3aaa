#!/bin/bash
# What is wrong with a page sends it to bad/, and says so; what may be either's fault
# does so after some tries.
. tests/tap.sh
. tests/incoming/lib.sh
no_sync
. "$root/tests/incoming/shims.sh"

bad() # name, reason
{
	go 1 && waits && said "$1: $2" && [ -f "in/bad/$1" ] && [ ! -e "out/$1.jsonl" ] && head -n 1 "in/bad/$1.err" | grep -q "^$1: $2" && go 0
}
damaged()
{
	fresh
	page 1 | gzip >p1.gz
	head -c 100 p1.gz >in/a.gz && bad a.gz 'gzip: .*unexpected end' || return 1
	page 1 >in/b.gz && bad b.gz 'gzip: .*not in gzip format' || return 1
	{ head -c 60 p1.gz && printf XXXX && tail -c +65 p1.gz; } >in/c.gz && bad c.gz 'gzip: ' || return 1
	gzip -c p1.gz >in/d.gz && bad d.gz 'from-text: -: is no text but compressed: gzip -dc' || return 1
	head -c 2000 /dev/urandom | { printf '\211PNG\r\n'; cat; } >in/e.txt && bad e.txt 'from-text: -: is no text but a PNG picture' || return 1
	head -c 200000 /dev/urandom | { printf '\211PNG\r\n'; cat; } | gzip >in/g.gz && bad g.gz 'from-text: -: is no text but a PNG picture' || return 1
	printf 'broadsheet\t1\t-\t\npage\t1\n' >in/f.txt && bad f.txt 'from-text: ' || return 1
	is "$(events)" 'bad bad bad bad bad bad bad '
}
bad_pdfs()
{
	fresh
	printf '%%PDF-1.4\njunk\n' >in/a.pdf && bad a.pdf 'pdftotext: Syntax' || return 1
	page 1 >in/b.pdf && bad b.pdf 'pdftotext: Syntax'
}
columns() # two narrow ones: without -raw pdftotext prints them side by side
{
	fresh
	cp "$root/tests/incoming/pdf/two-columns.pdf" in/a.pdf
	go 0 && is "$(jq -r .text out/a.pdf.jsonl | head -n 1)" 'The new bridge over the harbour opened on Monday. Some three thousand cars crossed it on the first day, the council said. The old ferry will stop next month, and its crew will be trained as guides on the footpath of the bridge. The mayor thanked the workers, who had finished two weeks early. Tolls will be paid by lorries only.'
}
too_large()
{
	fresh
	page 1 >in/a.txt
	go 1 --max-page 100 && said 'a.txt: from-text: .*page is larger' && [ -f in/bad/a.txt ]
}
strict()
{
	fresh
	{ page 1; printf '\377\n'; } >p1
	cp p1 in/p1.txt
	go 0 && is "$(jq -r .remark out/.incoming/journal.jsonl | head -n 1)" 'from-text: -:9: 1 invalid byte sequence became U+FFFD (UTF-8)' || return 1
	cp p1 in/p1.txt
	go 1 --strict && [ -f in/bad/p1.txt ]
}
comes_back() # mended, or the same again
{
	fresh
	printf junk >in/a.gz
	go 1 && printf junk >in/a.gz && go 1 && is "$(ls in/bad | tr '\n' ' ')" 'a.gz a.gz.err ' || return 1
	printf 'other junk' >in/a.gz && go 1 && is "$(ls in/bad | wc -l)" 4 && page 1 | gzip >in/a.gz && go 0 && waits && [ -s out/a.gz.jsonl ]
}

# ---- nobody knows ------------------------------------------------------------------

crash() # Twice it waits, the third time it goes; others are not kept waiting.
{
	three
	local crashes='cat >"$TMPDIR/x"; grep -q 第2座 "$TMPDIR/x" && kill -s SEGV $$; exec '"'$bin/denoise'"' "$@" <"$TMPDIR/x"'
	instead denoise "$crashes"
	go 3 && waits p2.txt && said 'p2.txt: broadsheet: a filter ended with status 139' && go 3 && waits p2.txt && go 1 && waits &&
		[ -f in/bad/p2.txt ] && grep -q '3 times' in/bad/p2.txt.err || return 1
	three
	instead denoise "$crashes"
	go 3 && go 3 && back denoise && completes && is "$(ls -A out/.incoming/tries)" ''
}
hang()
{
	three
	instead denoise 'sleep 60'
	go 3 --timeout 1 --retries 2 && all_wait && go 1 -t1 -r2 && is "$(ls in/bad | wc -l)" 6 && said 'p1.txt: takes longer than 1 seconds'
	local rc=$?
	back denoise
	return $rc
}
pdf_hangs()
{
	fresh
	printf '%%PDF-1.4\n' >in/a.pdf
	shim pdftotext 'exec sleep 60'
	shimmed 3 -t 1 && waits a.pdf && rm shim/pdftotext
}

ok 'damaged inputs' damaged
if command -v pdftotext >/dev/null; then
	ok 'damaged PDFs' bad_pdfs
	ok 'a PDF with two columns' columns
else
	skip 'damaged PDFs' 'no pdftotext'
	skip 'a PDF with two columns' 'no pdftotext'
fi
ok 'a page over --max-page' too_large
ok '--strict' strict
ok 'what was bad comes again' comes_back
ok 'a filter that crashes' crash
ok 'a filter that hangs' hang
ok 'a pdftotext that hangs' pdf_hangs
end
