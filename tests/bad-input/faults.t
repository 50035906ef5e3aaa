#!/bin/bash
# Memory that runs out and system calls that fail, one after the other.
. tests/tap.sh
. tests/bad-input/lib.sh
malloc=$BS_BUILD/tests/shims/malloc.so io=$BS_BUILD/tests/shims/io.so
[ -z "${BS_SAN-}" ] || { echo '1..0 # SKIP the sanitizers have their own malloc'; exit 0; }
[ -f "$malloc" ] || { echo '1..0 # SKIP no shims'; exit 0; }

# The n-th allocation fails: every n up to 40, then ever fewer, up to the last.
# With MODE 1 all later ones fail too.
no_memory()
{
	local p=$1 mode=$2 n total
	total=$(BS_FAIL_FD=9 LD_PRELOAD=$malloc "$p" <"$BS_TMP/$p.in" 9>&1 >/dev/null 2>&1 | sed -n 's/^allocations //p')
	[ "${total:-0}" -gt 3 ] || { echo "no allocations seen: '$total'"; return 1; }
	for ((n = 1; n <= total; n += n < 40 ? 1 : n / 16 + 1)); do
		BS_FAIL_AT=$n BS_FAIL_ON=$mode fed '0|3' '' "$p" "$BS_TMP/$p.in" env LD_PRELOAD="$malloc" "$p" ||
			{ echo "allocation $n of $total"; return 1; }
		if [ "$p" = to-jsonl ] && ! whole_json; then
			echo "half a JSON line, allocation $n of $total"
			return 1
		fi
		# status 0 means that the failure did not matter
		if grep -q . "$BS_TMP/err"; then
			grep -q "^$p: " "$BS_TMP/err" || { cat "$BS_TMP/err"; return 1; }
		else
			same_out "$p" || { echo "status 0 but other output, allocation $n of $total"; return 1; }
		fi
	done
}

same_out()
{
	cmp -s "$BS_TMP/out" "$BS_TMP/$1.made"
}

fault() # program fault status words
{
	BS_FAULT=$2 fed "$3" "$4" "$1" "$BS_TMP/$1.in" env LD_PRELOAD="$io" "$1"
}

unseen() # program fault: must not show at all
{
	fault "$1" "$2" 0 '' && [ ! -s "$BS_TMP/err" ] && same_out "$1"
}

unreadable_data() # the first files opened are data files
{
	local n
	for n in 1 2 3; do
		fault "$1" "$2:$n" '0|3' '' || { echo "$2 $n"; return 1; }
	done
}

for p in "${programs[@]}"; do
	ok "$p: one allocation fails" no_memory "$p" 0
	ok "$p: memory runs out" no_memory "$p" 1
	ok "$p: interrupted calls do not show" unseen "$p" eintr
	ok "$p: reads and writes of one byte do not show" unseen "$p" short
	ok "$p: the first read fails" fault "$p" read:1 3 'Input/output error'
	ok "$p: the second read fails" fault "$p" read:2 3 'Input/output error'
	ok "$p: the write fails" fault "$p" write:1 3 'standard output.*Input/output error'
	ok "$p: the disk is full" fault "$p" nospace:1 3 'standard output.*No space'
	ok "$p: the close fails" fault "$p" close:1 3 'standard output.*Input/output error'
	ok "$p: no file can be opened" unreadable_data "$p" open
	ok "$p: no file can be mapped" unreadable_data "$p" mmap
done
end
