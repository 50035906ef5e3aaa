#!/bin/bash
# Twice equals once, on streams and on plain text.
. tests/tap.sh
. tests/laws/lib.sh

twice()
{
	"$1" <"$2" >"$BS_TMP/once" 2>/dev/null
	"$1" <"$BS_TMP/once" >"$BS_TMP/twice" 2>/dev/null
	same "$BS_TMP/once" "$BS_TMP/twice"
}

for f in "${filters[@]}"; do
	ok "$f: twice equals once" each twice "$f"
done
end
