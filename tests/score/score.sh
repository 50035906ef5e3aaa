#!/bin/bash
# tests/score/score.sh [SHARED] - scores bin/broadsheet over pages with gold readings
#
# SHARED holds pages (seed/ and pages/: NAME.txt beside NAME.gold.json) and the tool that
# compares (tools/score_pages.py). It is no part of the project. Other scripts named
# tests/score/score-* are run after it with the same operand.
set -u -o pipefail
cd "$(dirname "$0")/../.." || exit 2
shared=${1:-../shared}
if [ ! -f "$shared/tools/score_pages.py" ]; then
	echo "score: no scored pages at $shared (give their folder with make score SHARED=DIR)" >&2
	exit 1
fi
export LC_ALL=C
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
status=0

pages() # folder title
{
	local gold name
	mkdir -p "$tmp/$2"
	for gold in "$1"/*.gold.json; do
		name=$(basename "$gold" .gold.json)
		bin/broadsheet "$1/$name.txt" >"$tmp/$2/$name.jsonl" || { echo "score: $name: status $?" >&2; status=1; }
	done
	echo "== $2"
	python3 "$shared/tools/score_pages.py" ${ERRORS:+--errors} --dir "$1" "$tmp/$2" || status=1
}

[ -d "$shared/seed" ] && pages "$shared/seed" seed
[ -d "$shared/pages" ] && pages "$shared/pages" pages
pages examples examples
pages tests/pages invented
pages tests/score/pages "not yet right"
for more in tests/score/score-*; do
	[ -x "$more" ] || continue
	echo "== ${more##*/score-}"
	"$more" "$shared" || status=1
done
if compgen -G "$shared/corpora/latin/overproof_*.jsonl" >/dev/null; then
	echo "== hyphens"
	python3 tests/score/hyphens.py "$shared/corpora/latin" ${ERRORS:+--errors} || status=1
fi
exit $status
