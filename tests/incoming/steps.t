#!/bin/bash
# Each step of a run fails in turn: no page is lost, none is blamed, the next run completes.
. tests/tap.sh
. tests/incoming/lib.sh
no_sync
. "$root/tests/incoming/shims.sh"

nth_fails() # program, n: its n-th call fails, and those after it
{
	printf 'n=$(cat "%s/n"); echo $((n + 1)) >"%s/n"; [ $n -lt %d ] && exec %s "$@"; echo "%s: No space left on device" >&2; exit 1' \
		"$BS_TMP" "$BS_TMP" "$2" "$(command -v "$1")" "$1"
}
each_call() # program
{
	local i rc pages=1
	for i in 0 1 2 3 4 5; do
		three
		echo 0 >n
		shim "$1" "$(nth_fails "$1" $i)"
		PATH=$BS_TMP/shim:$PATH "$incoming" -n1 in out >out.txt 2>err.txt
		rc=$?
		rm "shim/$1"
		[ $rc = 0 ] || [ $rc = 3 ] && is "$(ls -A in/bad 2>/dev/null)" '' && completes || { echo "call $i of $1, status $rc"; return 1; }
	done
}
for tool in sync mv sha256sum dd mkdir rm stat; do ok "the n-th $tool fails" each_call $tool; done
end
