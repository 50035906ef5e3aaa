#!/bin/bash
# Runs each recipe below examples/recipes and compares with the .out beside it.
. tests/tap.sh

needs() # recipe: the tools that its text names
{
	local tool
	for tool in jq mlr awk diff; do
		grep -qw -e "$tool" "$1" && echo "$tool"
	done
}

missing() # recipe
{
	local tool
	for tool in $(needs "$1"); do
		command -v "$tool" >/dev/null || { echo "$tool"; return; }
	done
}

prints() # recipe output
{
	bash "$1" >"$BS_TMP/got" 2>"$BS_TMP/err" || return
	[ ! -s "$BS_TMP/err" ] || { cat "$BS_TMP/err"; return 1; }
	diff -u "$2" "$BS_TMP/got"
}

short() # recipe
{
	[ "$(wc -l <"$1")" -lt 10 ] && head -n 1 "$1" | grep -q '^# '
}

for recipe in examples/recipes/*.sh; do
	lacks=$(missing "$recipe")
	ok "$recipe is short and says what it shows" short "$recipe"
	if [ -n "$lacks" ]; then
		skip "$recipe" "no $lacks"
	else
		ok "$recipe" prints "$recipe" "${recipe%.sh}.out"
	fi
done
end
