# page.sh - one input: a snapshot, the pipeline, and whose fault it is when that fails
# shellcheck shell=sh disable=SC2154,SC2034 # shares its variables with bin/broadsheet-incoming

# What the result depends on besides the input: programs, data and options.
mark_versions()
{
	version=$("$bin/broadsheet" -V 2>"$work/err") || return
	version=$(printf '%s' "$version" | tr '\n' ' ')
	for share in "${BROADSHEET_SHARE:-$bin/../share}" "$bin/../share/broadsheet"; do
		[ ! -f "$share/models/names.bin" ] || break
	done
	versions=$({
		printf '%s\n' "$version" "$pass" "$from"
		(cd -- "$bin" && sha256sum from-text denoise dehyphenate split-articles tag-entities to-jsonl broadsheet)
		[ -z "$rules" ] || sha256sum <"$rules"
		(cd -- "$share" && sha256sum rules/* gazetteers/*.txt models/* words/*.txt)
	} 2>/dev/null | sha256sum)
}

within() # command...: within its time, and without the locks
{
	timeout --foreground -k 10 "$limit" "$@" 8>&- 9>&-
}

magic() # the first bytes of standard input, in hexadecimal
{
	head -c 12 | od -An -v -tx1 | tr -d ' \n'
}

# How to read the snapshot, in $kind. Bytes count for more than names. What else is no text,
# from-text tells.
recognise()
{
	kind=text bytes=$(magic <"$work/input")
	case $bytes in
	1f8b*)
		kind=gzip
		case $(gzip -dc <"$work/input" 2>/dev/null | magic) in
		255044462d*) kind=gzip-pdf ;;
		esac ;;
	255044462d*) kind=pdf ;;
	*)
		case $name in
		*.[Gg][Zz]) kind=gzip ;;
		*.[Pp][Dd][Ff]) kind=pdf ;;
		esac ;;
	esac
}

articles() # of the text on standard input, to the temporary file; what else a kind of input needs
{
	eval "within \"\$bin/broadsheet\" --source=\"\$name\" $pass \"\$@\" -" >"$work/page.jsonl" 2>"$work/err"
}

# The status of the program that feeds the pipeline goes to a file: `|' has room for
# one only. A file that cannot be written, on a full disk, stays empty and tells as much.
unpack() # file, command...
{
	feed=$1
	shift
	within "$@" <"$feed" 2>"$work/unpack.err"
	echo $? >"$work/status"
}

# Runs the pipeline on the snapshot; statuses in $rc and $unpacked, 0 where nothing was unpacked.
convert()
{
	rc=0 unpacked=0 feed=$work/input
	rm -f "$work/status" "$work/unpack.err" "$work/err"
	if [ "$kind" = gzip-pdf ]; then
		kind=gzip
		unpack "$feed" gzip -dc >"$work/pdf"
		IFS= read -r unpacked <"$work/status" || unpacked=lost
		case $unpacked in
		0 | 2) kind=pdf feed=$work/pdf ;;
		*) return ;;
		esac
	fi
	case $kind in
	text) articles ${from:+"--from=$from"} <"$feed" ;;
	gzip) unpack "$feed" gzip -dc | articles ${from:+"--from=$from"} ;;
	pdf) unpack "$feed" pdftotext -raw -enc UTF-8 - - | articles --from=UTF-8 ;;
	esac
	rc=$?
	[ "$kind" = text ] || IFS= read -r unpacked <"$work/status" || unpacked=lost
	rm -f "$work/pdf"
}

# What the program that unpacks ended with: is there a page to go on with?
judge_unpacking()
{
	program=gzip
	[ "$kind" = gzip ] || program=pdftotext
	[ "$unpacked" != 0 ] || return 0
	first_line "$work/unpack.err" "status $unpacked"
	case $kind:$unpacked in
	gzip:2) return ;; # 2: a remark about zeros after the end
	*:141) [ "$rc" = 0 ] || return 0 ;;
	*:124) again "takes longer than $limit seconds"; return 1 ;;
	*:127) left "$program is not installed" || return ;;
	pdf:[13]) quarantine "$program: $first"; return 1 ;;
	gzip:1)
		case $first in
		*'unexpected end'* | *'invalid compressed'* | *'not in gzip'* | *'crc error'* | *'length error'* | *'unknown method'* | *'encrypted'* | *'multi-part'* | *' flags'*)
			quarantine "$first"; return 1 ;;
		esac ;;
	*:lost | *:126) ;;
	*) again "$program: $first"; return 1 ;;
	esac
	hindered "$program: $first"
}

# The page's fault, the machine's, or nobody's: sends the input where it belongs.
judge()
{
	judge_unpacking || return
	first_line "$work/err" "the pipeline ended with status $rc"
	case $rc in
	0)
		[ "$kind" = pdf ] && ! [ -s "$work/page.jsonl" ] || return 0
		quarantine 'no text in this PDF' ;;
	1) quarantine "$first" ;;
	2) refused=1 && left "$first" ;;
	124) again "takes longer than $limit seconds" ;;
	3)
		if grep -aqx '[a-z-]*: -:[0-9]*: page is larger than .*' "$work/err"; then
			quarantine "$first"
		elif grep -aqx 'broadsheet: a filter ended with status [0-9]*' "$work/err"; then
			again "$(grep -ax -m 1 'broadsheet: a filter ended with status [0-9]*' "$work/err")"
		else
			hindered "$first"
		fi ;;
	12[67]) hindered "$first" ;;
	*) again "$first" ;;
	esac
	return 1
}

# Were these bytes under this name turned into what lies in OUT, by the same programs?
known()
{
	set -- "$state/keys/$shelf/$key".*
	[ -e "$1" ] && [ -f "$out/$target" ] && [ "$(sha256sum <"$out/$target" | cut -c -32)" = "${1##*.}" ]
}

# An older result of the same name, from other bytes or other programs, is kept.
keep_older()
{
	event='done'
	[ -e "$out/$target" ] || [ -L "$out/$target" ] || return 0
	[ -f "$out/$target" ] || return
	cmp -s -- "$work/page.jsonl" "$out/$target" && return
	event=replaced
	fit "$name" ".$(sha256sum <"$out/$target" | cut -c -12).jsonl"
	[ -e "$out/older/$fit" ] || ln -- "$out/$target" "$out/older/$fit" 2>/dev/null ||
		mv -nT -- "$out/$target" "$out/older/$fit" 2>/dev/null
	[ -e "$out/older/$fit" ] && sync "$out/older"
}

# On the disk first, then under its name, then in the journal; only then may the input go.
publish()
{
	made=$(sha256sum <"$work/page.jsonl" | cut -c -32)
	count=$(wc -l <"$work/page.jsonl")
	first=$(head -n 1 "$work/err" | head -c 300)
	json "$first"
	told="${first:+,\"remark\":\"$json\"}"
	json "$target"
	told=",\"sha256\":\"$sha\",\"key\":\"$key\",\"output\":\"$json\",\"articles\":$count$told"
	if ! { sync "$work/page.jsonl" && keep_older && mv -fT -- "$work/page.jsonl" "$out/$target" && sync "$out"; } 2>"$work/err"; then
		first_line "$work/err" "cannot write $out/$target"
		hindered "$first" || return
	fi
	note "$event" "$told" || hindered "cannot write $journal" || return
	# Only saves work: without it the same bytes would be made again.
	{ mkdir -p "$state/keys/$shelf" && rm -f "$state/keys/$shelf/$key".* "$state/tries/$sha".* && true >"$state/keys/$shelf/$key.$made"; } 2>/dev/null
	finish || return
	n_done=$((n_done + 1)) row=0
	say "$event" "$count articles"
}

take() # file, how it looked
{
	path=$1 name=${1##*/} looked=$2
	[ -r "$path" ] || { ! settled || left 'cannot be read'; return; }
	# A snapshot, so that what is hashed is what is read; no links, no waiting for writers.
	dd if="$path" of="$work/input" iflag=nofollow,nonblock,fullblock bs=1M status=none 2>"$work/err" || {
		settled || return 0
		first_line "$work/err" 'cannot be copied'
		hindered "${first#dd: }" || return
	}
	settled || return 0
	[ -n "${versions-}" ] || mark_versions || hindered 'broadsheet does not tell its version' || return
	sha=$(sha256sum <"$work/input") && sha=${sha%% *}
	key=$(printf '%s %s\n%s' "$sha" "$versions" "$name" | sha256sum | cut -c -32)
	shelf=${key%"${key#??}"}
	fit "$name" .jsonl
	target=$fit
	if known; then
		note same ",\"sha256\":\"$sha\",\"key\":\"$key\"" || hindered "cannot write $journal" || return
		finish && n_same=$((n_same + 1)) row=0 && say same
		return
	fi
	recognise
	convert
	judge && publish
}
