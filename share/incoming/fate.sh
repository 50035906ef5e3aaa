# fate.sh - what becomes of an input, and the journal that tells of it
# shellcheck shell=sh disable=SC2154,SC2034 # shares its variables with bin/broadsheet-incoming

# A crash or a full disk may have cut the last line off; half a line is no event.
mend()
{
	[ -s "$journal" ] && [ -n "$(tail -c 1 -- "$journal")" ] || return 0
	truncate -s "-$(tail -n 1 -- "$journal" | wc -c)" -- "$journal"
}

# One line in one write, so readers see whole lines.
note() # event, more members
{
	json "$name"
	line="\"event\":\"$1\",\"name\":\"$json\"${2-}"
	case $json in
	*"$unknown"*) line="$line,\"bytes\":\"$(printf %s "$name" | od -An -v -tx1 | tr -d ' \n')\"" ;;
	esac
	printf '{"time":"%s",%s}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$line" 2>/dev/null >>"$journal" && return
	mend
	return 1
}

say() # what happened
{
	[ -n "$verbose" ] || return 0
	json "$name"
	printf '%-8s %s%s\n' "$1" "$json" "${2+: $2}"
}

# ---- what becomes of an input ------------------------------------------------------------

n_done=0 n_same=0 n_bad=0 n_left=0 row=0 why='' refused=''

# What a program said, in $first. On a full disk there is no room for its words, either.
first_line() # file, words if it is empty
{
	first=$(sed -n '/became U+FFFD/d; /./{p;q;}' "$1" 2>/dev/null | head -c 300)
	[ -z "$first" ] || return 0
	first=$2
	head -c 65536 /dev/zero 2>/dev/null >"$work/room" || first="$first: no space left in $out"
	rm -f "$work/room"
}

first_reason() # reason
{
	json "$name: $1"
	[ -n "$why" ] || why=$json
}

# Left where it is, for the next run.
left() # reason
{
	n_left=$((n_left + 1))
	first_reason "$1"
	json "$1"
	say left "$json"
	note left ",\"reason\":\"$json\""
	return 1
}

# The machine's fault, not the page's. After three in a row the rest would fare no better.
hindered() # reason
{
	row=$((row + 1))
	left "$1"
}

form='%f %d:%i %.W %s %.Y %.Z'
settled() # is the input still what the scan saw?
{
	[ "$(stat -c "$form" -- "$path" 2>/dev/null)" = "$looked" ]
}

# Moves the input away. If another file took its name in that very moment, that one
# is put back.
move() # where to
{
	settled || return 1
	mv -fT -- "$path" "$1" 2>"$work/err" || return 1
	[ "$(stat -c '%f %d:%i %.W %s %.Y' -- "$1")" != "${looked% *}" ] || return 0
	mv -nT -- "$1" "$path"
	return 1
}

finish()
{
	to=$in/done/$name
	if [ -e "$to" ] || [ -L "$to" ]; then
		was=$([ -f "$to" ] && sha256sum <"$to" | cut -c -12)
		fit "$name" "~${was:-other}"
		[ "$was" = "${sha%"${sha#????????????}"}" ] || mv -fT -- "$to" "$in/done/$fit" 2>/dev/null
	fi
	move "$to" || ! settled || left 'cannot be moved to done/'
}

quarantine() # reason
{
	settled || return 0
	base=$name
	fit "$base" .err
	if [ -e "$in/bad/$base" ] || [ -e "$in/bad/$fit" ]; then
		grep -qsx "sha256 $sha" "$in/bad/$fit" || {
			fit "$name" "~${sha%"${sha#????????????}"}"
			base=$fit
			fit "$base" .err
		}
	fi
	json "$name: $1"
	{
		printf '%s\n' "$json" && printf 'sha256 %s\n' "$sha" && printf '%s\n' "$version" &&
			if [ -s "$work/err" ]; then head -c 4096 "$work/err"; fi
	} 2>/dev/null >"$in/bad/.why" && sync "$in/bad/.why" && mv -fT -- "$in/bad/.why" "$in/bad/$fit" || left 'cannot write its .err' || return
	json "$1"
	note bad ",\"sha256\":\"$sha\",\"reason\":\"$json\"" || left 'cannot write the journal' || return
	if ! move "$in/bad/$base"; then
		rm -f -- "$in/bad/$fit"
		! settled || left 'cannot be moved to bad/'
		return
	fi
	rm -f "$state/tries/$sha".*
	n_bad=$((n_bad + 1)) row=0
	first_reason "$1"
	json "$1"
	say bad "$json"
}

# A program crashed or hung. It may have been the machine, so the page gets more
# chances, in later runs, but not for ever.
again() # reason
{
	set -- "$1" "$state/tries/$sha.$key".*
	tried=$#
	[ -e "$2" ] || tried=1
	if [ "$tried" -ge "$retries" ]; then
		quarantine "$1, $tried times"
	else
		{ true >"$state/tries/$sha.$key.$tried"; } 2>/dev/null
		left "$1"
	fi
}
