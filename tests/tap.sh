# shellcheck shell=bash
# tap.sh - what the TAP scripts share; `. tests/tap.sh` from the root of the tree.
# tests/run sets BS_BIN, BS_BUILD, BS_TMP (an empty folder of this job) and PATH;
# a script run by hand gets them here.
export LC_ALL=C
: "${BS_BIN:=$PWD/bin}" "${BS_BUILD:=$PWD/build}"
case :$PATH: in *:"$BS_BIN":*) ;; *) PATH=$BS_BIN:$PATH ;; esac
if [ -z "${BS_TMP-}" ]; then
	BS_TMP=$(mktemp -d)
	trap 'rm -rf "$BS_TMP"' EXIT
fi
export BS_BIN BS_BUILD BS_TMP PATH
tap_n=0 tap_bad=0

# ok DESCRIPTION COMMAND...: passes when the command succeeds.
ok()
{
	local what=$1
	shift
	tap_n=$((tap_n + 1))
	if "$@" >"$BS_TMP/.tap" 2>&1; then
		echo "ok $tap_n - $what"
	else
		tap_bad=1
		echo "not ok $tap_n - $what"
		head -n 15 "$BS_TMP/.tap" | cut -c -300 | sed 's/^/#   /'
	fi
}

# skip DESCRIPTION WHY
skip()
{
	tap_n=$((tap_n + 1))
	echo "ok $tap_n - $1 # SKIP $2"
}

# is GOT WANTED: for use with ok.
is()
{
	[ "$1" = "$2" ] && return
	printf 'got:    %s\nwanted: %s\n' "$1" "$2"
	return 1
}

# The plan; last line of a script.
end()
{
	echo "1..$tap_n"
	exit $tap_bad
}
