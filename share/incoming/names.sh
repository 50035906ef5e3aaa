# names.sh - names and reasons, fit to be printed and to be stored
# shellcheck shell=sh disable=SC2154,SC2034 # shares its variables with bin/broadsheet-incoming
unknown=$(printf '\357\277\275')

# A text as the inside of a JSON string, in $json: control characters escaped, bytes
# that are not UTF-8 as U+FFFD. Safe on a terminal, too.
json()
{
	case $1 in
	*[!A-Za-z0-9\ ._:\;,/+=~\(\)-]*) ;;
	*) json=$1 && return ;;
	esac
	json=$(printf %s "$1" | od -An -v -tx1 | awk '
	function value(h) { return 16 * (index(hex, substr(h, 1, 1)) - 1) + index(hex, substr(h, 2, 1)) - 1 }
	function more(i, low, high) { return i <= n && b[i] >= low && b[i] <= high }
	function long(i, c) { # length of the character that starts at i, 0 where none does
		c = b[i]
		if (c >= 194 && c <= 223) return more(i + 1, 128, 191) ? 2 : 0
		if (c >= 224 && c <= 239) return more(i + 1, c == 224 ? 160 : 128, c == 237 ? 159 : 191) && more(i + 2, 128, 191) ? 3 : 0
		if (c >= 240 && c <= 244) return more(i + 1, c == 240 ? 144 : 128, c == 244 ? 143 : 191) && more(i + 2, 128, 191) && more(i + 3, 128, 191) ? 4 : 0
		return 0
	}
	BEGIN { hex = "0123456789abcdef" }
	{ for (i = 1; i <= NF; i++) b[++n] = value($i) }
	END {
		for (i = 1; i <= n; i++) {
			if (b[i] == 34 || b[i] == 92) printf "\\%c", b[i]
			else if (b[i] == 10) printf "\\n"
			else if (b[i] < 32 || b[i] == 127) printf "\\u%04x", b[i]
			else if (b[i] < 127) printf "%c", b[i]
			else if (b[i] == 194 && more(i + 1, 128, 159)) printf "\\u%04x", b[++i]
			else if (k = long(i)) for (i--; k; k--) printf "%c", b[++i]
			else printf "%c%c%c", 239, 191, 189
		}
	}')
}

# A name with something after it, in $fit; cut, and told from others by its hash,
# where the file system has no room for it.
fit() # name, suffix
{
	fit=$1$2
	[ ${#fit} -gt 100 ] || return 0
	most=$(getconf NAME_MAX "$out" 2>/dev/null) || most=255
	[ ${#fit} -gt "$most" ] || return 0
	cut=$(printf %s "$1" | head -c $((most - 13 - ${#2})) | sed "\$s/$(printf '[\300-\377][\200-\277]')*\$//" && echo x)
	fit=${cut%x}~$(printf %s "$1" | sha256sum | cut -c -12)$2
}
