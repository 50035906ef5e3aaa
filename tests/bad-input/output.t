#!/bin/bash
# Output that cannot be written, and descriptors that are not there.
. tests/tap.sh
. tests/bad-input/lib.sh

# run STATUS WORDS NAME SHELL-COMMAND: redirections and all; $BS_TMP/err is its standard error.
run()
{
	timeout -k 2 $limit bash -c "$4" 2>"$BS_TMP/err"
	judge "$?" "$1" "$2" "$3"
}

# Enough pages that a pipe cannot swallow the output.
many()
{
	local _
	for _ in {1..60}; do
		cat "$BS_TMP/$1.in"
	done >"$BS_TMP/$1.x"
	for _ in {1..60}; do
		cat "$BS_TMP/$1.x"
	done
}

# Where the parent of the tests ignores SIGPIPE, so would the program.
default_pipe='env --default-signal=PIPE'
$default_pipe true 2>/dev/null || default_pipe=

quiet_pipe()
{
	$default_pipe "$1" <"$BS_TMP/many" 2>"$BS_TMP/err" | head -n 1 >/dev/null
	is "${PIPESTATUS[0]}" 141 && is "$(cat "$BS_TMP/err")" ''
}

for p in "${programs[@]}"; do
	in=$BS_TMP/$p.in
	if [ -c /dev/full ]; then
		ok "$p: >/dev/full" run 3 'standard output.*No space' "$p" "exec '$p' <'$in' >/dev/full"
		ok "$p: --help >/dev/full" run 3 'standard output' "$p" "exec '$p' --help >/dev/full"
		ok "$p: --version >/dev/full" run 3 'standard output' "$p" "exec '$p' --version >/dev/full"
	fi
	ok "$p: closed standard output" run 3 'standard output.*Bad file descriptor' "$p" "exec '$p' <'$in' >&-"
	ok "$p: closed standard input" run 3 '-: Bad file descriptor' "$p" "exec '$p' <&- >/dev/null"
	ok "$p: closed standard error" run 0 '' "$p" "exec '$p' <'$in' >/dev/null 2>&-"
	ok "$p: closed standard error and a missing file" run 3 '' "$p" "exec '$p' $BS_TMP/none >/dev/null 2>&-"
	ok "$p: all three closed" run 3 '' "$p" "exec '$p' <&- >&- 2>&-"
	many "$p" >"$BS_TMP/many"
	ok "$p: | head -n 1" quiet_pipe "$p"
done

# Nothing that the program opens may land on a closed standard descriptor.
for p in "${programs[@]}"; do
	cp "$BS_TMP/$p.in" "$BS_TMP/kept"
	(exec "$p" "$BS_TMP/kept" <&- >&- 2>&-)
	ok "$p: leaves its operand as it was" cmp "$BS_TMP/kept" "$BS_TMP/$p.in"
done

if [ -x "$BS_BIN/broadsheet" ] && [ -c /dev/full ]; then
	ok 'broadsheet: >/dev/full' run 3 '' broadsheet "exec broadsheet '$page' >/dev/full"
	ok 'broadsheet: closed standard output' run 3 '' broadsheet "exec broadsheet '$page' >&-"
fi
end
