#!/bin/bash
# The manual pages are clean, and pages and completions know every option that
# --help knows and no other.
. tests/tap.sh

helped() # program: the long options in its --help
{
	"$1" --help | sed -n 's/^ *\(-., \)\{0,1\} *--\([a-z-]*\).*/--\2/p' | sort -u
}

paged() # program: the long options that have an item in its manual page
{
	sed -n 's/^\.It \(Fl [A-Za-z0-9]\( Ar [A-Za-z-]*\)\{0,1\} , \)\{0,1\}Fl Fl \([a-z-]*\).*/--\3/p' "share/man/man1/$1.1" | sort -u
}

same_options()
{
	diff <(helped "$1") <(paged "$1")
}

# The completion of one program in three shells.
completed() # program shell
{
	case $2 in
	bash) bash -c '. share/completions/broadsheet.bash; _broadsheet_options '"$1" | tr ' ' '\n' | grep -- '^--' ;;
	zsh) sed -n "/^$1)/,/;;/p" share/completions/_broadsheet | grep -o -e '--[a-z][a-z-]*'
		sed -n "/^$1)/,/;;/p" share/completions/_broadsheet | grep -q 'common=()' ||
			sed -n "/^common=/,/^)/p" share/completions/_broadsheet | grep -o -e '--[a-z][a-z-]*' ;;
	fish) sed -n 's/.* -l \([a-z-]*\).*/--\1/p' "share/completions/$1.fish" ;;
	esac | sort -u
}

all_completed()
{
	diff <(helped "$1") <(completed "$1" "$2")
}

for page in share/man/man[157]/* share/man/*/man[157]/*; do
	if command -v mandoc >/dev/null; then
		ok "$page is clean" mandoc -Tlint -W warning "$page"
	else
		skip "$page is clean" "no mandoc"
	fi
done
for page in share/man/man1/*.1; do
	program=${page##*/} program=${program%.1}
	ok "$program: --help has options" test -n "$(helped "$program")"
	ok "$program: same options in --help and in its manual page" same_options "$program"
	for shell in bash zsh fish; do
		ok "$program: same options in --help and in the completion for $shell" all_completed "$program" $shell
	done
	[ ! -f "share/completions/$program.bash" ] || ok "$program.bash parses" bash -n "share/completions/$program.bash"
	if command -v zsh >/dev/null; then ok "_broadsheet parses" zsh -n share/completions/_broadsheet; fi
done
for program in "$BS_BIN"/*; do
	program=${program##*/}
	[ "$program" = install-deps ] || ok "$program has a manual page" test -f "share/man/man1/$program.1"
done
end
