# status.sh - how things are, for people
# shellcheck shell=sh disable=SC2154,SC2034 # shares its variables with bin/broadsheet-incoming

show_status()
{
	printf 'incoming  %s\nout       %s\n' "$in" "$out"
	waiting=0 unfinished=0 odd=0
	for f in "$in"/* "$in"/.[!.]* "$in"/..?*; do
		case ${f##*/} in
		'*' | '.[!.]*' | '..?*') [ -e "$f" ] || continue ;;
		done | bad | .incoming.lock) continue ;;
		esac
		if [ -L "$f" ] || ! [ -f "$f" ]; then
			[ "$f" = "$out" ] || odd=$((odd + 1))
		else
			case ${f##*/} in
			.* | *.part | *.tmp) unfinished=$((unfinished + 1)) ;;
			*) waiting=$((waiting + 1)) ;;
			esac
		fi
	done
	printf 'waiting   %d\n' "$waiting"
	[ $unfinished = 0 ] || printf 'ignored   %d with the name of an unfinished file\n' $unfinished
	[ $odd = 0 ] || printf 'ignored   %d that are no regular files\n' $odd
	printf 'done      %d\nbad       %d\n' "$(find "$in/done" -type f -print0 2>/dev/null | tr -dc '\0' | wc -c)" \
		"$(find "$in/bad" -type f ! -name '*.err' -print0 2>/dev/null | tr -dc '\0' | wc -c)"
	for f in "$in/bad"/*.err; do
		[ ! -f "$f" ] || printf '          %s\n' "$(head -n 1 -- "$f")"
	done
	[ ! -f "$seen" ] || printf 'last look %s\n' "$(date -r "$seen" '+%Y-%m-%d %H:%M:%S')"
	[ ! -f "$journal" ] || awk '/"event":"run".*}$/ { last = $0 } END { if (last) print "last work " last }' "$journal"
	if (exec 9<"$state/lock" && flock -n -s 9) 2>/dev/null || ! [ -e "$state/lock" ]; then
		echo 'running   no'
	else
		echo 'running   yes'
	fi
}
