#!/bin/bash
# Operands that are no pages.
. tests/tap.sh
. tests/bad-input/lib.sh

for p in "${programs[@]}"; do
	ok "$p: a missing file" ends 3 'no-such-file.*No such file' "$p" "$p" "$BS_TMP/no-such-file"
	ok "$p: a directory" ends 3 'Is a directory' "$p" "$p" "$BS_TMP"
	ok "$p: a directory as standard input" fed 3 'Is a directory' "$p" "$BS_TMP" "$p"
	ok "$p: /dev/null" fed 0 '' "$p" /dev/null "$p"
	: >"$BS_TMP/empty"
	ok "$p: an empty file" ends 0 '' "$p" "$p" "$BS_TMP/empty"
	ok "$p: silence over an empty file" test ! -s "$BS_TMP/err"
	ok "$p: a good file after a missing one is still done" ends 3 'No such file' "$p" "$p" "$BS_TMP/no-such-file" "$BS_TMP/$p.in"
	if [ "$(id -u)" = 0 ]; then
		skip "$p: an unreadable file" 'root reads everything'
	else
		: >"$BS_TMP/closed"
		chmod 0 "$BS_TMP/closed"
		ok "$p: an unreadable file" ends 3 'Permission denied' "$p" "$p" "$BS_TMP/closed"
	fi
	cp "$BS_TMP/$p.in" "$BS_TMP/-odd	name
\$(x)"
	ok "$p: an odd file name" ends 0 '' "$p" "$p" -- "$BS_TMP/-odd	name
\$(x)"
done

if [ -x "$BS_BIN/broadsheet" ]; then
	ok 'broadsheet: a missing file' ends 3 'No such file' '[a-z-]*' broadsheet "$BS_TMP/no-such-file"
	ok 'broadsheet: a directory' ends 3 'Is a directory' '[a-z-]*' broadsheet "$BS_TMP"
	ok 'broadsheet: an empty file' ends 0 '' broadsheet broadsheet "$BS_TMP/empty"
	ok 'broadsheet: an unknown option' ends 2 '' broadsheet broadsheet --no-such-option
fi
end
