#!/bin/bash
# Data files: missing, unreadable, wrong; and where they are looked for.
. tests/tap.sh
. tests/bad-input/lib.sh

no_share()
{
	local p=$1
	BROADSHEET_SHARE=/nonexistent fed '0|3' '' "$p" "$BS_TMP/$p.in" "$p" || return 1
	# A program without data needs none; one with data names the place tried, and only that.
	if [ -s "$BS_TMP/err" ]; then
		grep -q "^$p: .*/nonexistent/" "$BS_TMP/err" && ! grep -q /usr/local "$BS_TMP/err"
	else
		BROADSHEET_SHARE=/nonexistent "$p" <"$BS_TMP/$p.in" | cmp - "$BS_TMP/$p.made"
	fi
}

# A copy of the tree's bin/ and share/, as `make install` lays them out.
moved()
{
	local p=$1
	mkdir -p "$BS_TMP/prefix/bin" "$BS_TMP/prefix/share"
	cp "$BS_BIN/$p" "$BS_TMP/prefix/bin/"
	[ -e "$BS_TMP/prefix/share/broadsheet" ] || cp -r share "$BS_TMP/prefix/share/broadsheet"
	(cd / && "$BS_TMP/prefix/bin/$p" <"$BS_TMP/$p.in") | cmp - "$BS_TMP/$p.made"
}

# All data files damaged in the same way: the program says so or does without.
damaged()
{
	local p=$1 how=$2 file
	rm -rf "$BS_TMP/bad"
	cp -r share "$BS_TMP/bad"
	find "$BS_TMP/bad" -type f ! -path '*/man/*' >"$BS_TMP/list"
	while read -r file; do
		case $how in
		empty) : >"$file" ;;
		half) head -c $(($(wc -c <"$file") / 2)) "$file" >"$BS_TMP/half" && cp "$BS_TMP/half" "$file" ;;
		random) "$BS_BUILD/tests/helpers/scramble" 7 5000 >"$file" ;;
		bytes) "$BS_BUILD/tests/helpers/scramble" 3 20 "$file" >"$BS_TMP/half" && cp "$BS_TMP/half" "$file" ;;
		folder) rm "$file" && mkdir "$file" ;;
		esac
	done <"$BS_TMP/list"
	BROADSHEET_SHARE=$BS_TMP/bad fed '0|1|2|3' '' "$p" "$BS_TMP/$p.in" "$p"
}

ways='empty half random bytes folder'
[ -z "${BS_SAN-}" ] || ways='half bytes'
for p in "${programs[@]}"; do
	ok "$p: \$BROADSHEET_SHARE that is not there" no_share "$p"
	[ -n "${BS_SAN-}" ] || ok "$p: moved elsewhere" moved "$p"
	for how in $ways; do
		ok "$p: data files, $how" damaged "$p" $how
	done
done
end
