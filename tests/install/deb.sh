#!/bin/bash
# deb.sh PACKAGE.deb - `make check-deb`: lintian, install, README's example, remove; as root
#
# Compares what lies below /usr and /etc before and after.
set -u
deb=$(readlink -f "$1") || exit 2
cd "$(dirname "$0")/../.." || exit 2
. tests/tap.sh
unset BROADSHEET_SHARE
PATH=/usr/sbin:/usr/bin:/sbin:/bin
[ "$(id -u)" = 0 ] || { echo '1..0 # SKIP not root'; exit 0; }
dpkg -s broadsheet 2>/dev/null | grep -q '^Status: install ok' && { echo '1..0 # SKIP a broadsheet is installed here'; exit 0; }

# gVisor and containers write caches of their own: only names count, and man's and dpkg's indexes do not.
listing() { find /usr /etc -xdev ! -path '/usr/share/mime/*' ! -path '*/__pycache__*' 2>/dev/null | sort; }
clean() { lintian --fail-on info,warning,error --info "$deb"; }
example() { (cd / && /usr/bin/broadsheet /usr/share/doc/broadsheet/examples/lakeside-daily-2031-03-04.txt) >"$BS_TMP/out" && is "$(jq -r .order "$BS_TMP/out" | tail -n 1)" 6; }
same_as_tree()
{
	local page=$PWD/examples/lakeside-daily-2031-03-04.txt
	bin/broadsheet "$page" >"$BS_TMP/tree" && (cd / && /usr/bin/broadsheet "$page") | cmp - "$BS_TMP/tree"
}
pages() { for p in /usr/share/man/man1/broadsheet.1.gz /usr/share/man/man7/broadsheet-scale.7.gz /usr/share/man/zh_CN/man7/broadsheet.7.gz; do [ -s $p ] || { echo $p; return 1; }; done; }
gone() { listing | diff "$BS_TMP/before" -; }

listing >"$BS_TMP/before"
if command -v lintian >/dev/null; then ok 'lintian has nothing to say' clean; else skip lintian 'not installed'; fi
ok 'the package installs' dpkg -i "$deb"
ok "README's example runs from it" example
ok 'it prints what the tree prints' same_as_tree
ok 'its manual pages are there' pages
ok 'the package is removed' dpkg -P broadsheet
ok 'nothing is left behind' gone
end
