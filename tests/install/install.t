#!/bin/bash
# make install: the installed tree works where it lies, and uninstall takes all of it away.
. tests/tap.sh
[ -z "${BS_SAN-}" ] || { echo '1..0 # SKIP the sanitized build is not installed'; exit 0; }
dest=$BS_TMP/dest
prefix=$(cat "$BS_BUILD/prefix")
make=(make --no-print-directory DESTDIR="$dest" PREFIX="$prefix")
# With other flags than the build had, make would build anew under the running tests.
"${make[@]}" -n install 2>&1 | grep -q -e ' -c -o ' && { echo '1..0 # SKIP built with other flags'; exit 0; }

quiet()
{
	"$@" >"$BS_TMP/log" 2>&1 || { tail -n 5 "$BS_TMP/log"; return 1; }
}

same_articles()
{
	local page=$PWD/tests/laws/small.txt
	broadsheet "$page" >"$BS_TMP/here" || return 1
	(cd / && env -u BROADSHEET_SHARE "$dest$prefix/bin/broadsheet" "$page") >"$BS_TMP/there" || return 1
	[ -s "$BS_TMP/here" ] && cmp "$BS_TMP/here" "$BS_TMP/there"
}

installed()
{
	find "$dest" ! -type d | sed "s|^$dest$prefix/||" | sort
}

belongs() # nothing but what the build and share/ hold
{
	installed | grep -v -e '^bin/' -e '^share/broadsheet/' -e '^share/man/man[157]/' -e '^share/man/zh_CN/man7/' \
		-e '^share/bash-completion/completions/' -e '^share/zsh/site-functions/_' -e '^share/fish/vendor_completions.d/' \
		>"$BS_TMP/odd"
	is "$(cat "$BS_TMP/odd")" ''
}

completions()
{
	local p
	for p in "$dest$prefix"/bin/*; do
		p=${p##*/}
		[ -f "$dest$prefix/share/bash-completion/completions/$p" ] && [ -f "$dest$prefix/share/fish/vendor_completions.d/$p.fish" ] &&
			head -n 1 "$dest$prefix/share/zsh/site-functions/_broadsheet" | grep -q "^#compdef.* $p\\( \\|$\\)" || { echo "$p"; return 1; }
	done
}

drop_folder()
{
	command -v flock >/dev/null || return 0
	mkdir "$BS_TMP/in" && cp tests/laws/small.txt "$BS_TMP/in/" &&
	(cd / && env -u BROADSHEET_SHARE "$dest$prefix/bin/broadsheet-incoming" -n 1 "$BS_TMP/in" "$BS_TMP/out") && [ -s "$BS_TMP/out/small.txt.jsonl" ]
}

ok 'make install' quiet "${make[@]}" install
# A program a folder, the two drivers, and train-tagger.
ok 'every program is there' test "$(installed | grep -c '^bin/')" = "$(find filters -mindepth 1 -maxdepth 1 -type d ! -name lib | wc -l | awk '{ print $1 + 3 }')"
ok 'files lie in the usual places' belongs
ok 'each program has its completions for three shells' completions
ok 'the installed drop folder works' drop_folder
ok 'no tool of the tree is installed' is "$(installed | grep -e install-deps -e '\.py$')" ''
ok 'installed programs find their data' same_articles
mkdir -p "$dest$prefix/share/broadsheet/gazetteers"
: >"$dest$prefix/share/broadsheet/gazetteers/mine.txt"
ok 'make uninstall' quiet "${make[@]}" uninstall
ok 'nothing is left but what the user put there' is "$(installed)" share/broadsheet/gazetteers/mine.txt
end
