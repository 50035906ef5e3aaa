#!/bin/bash
# train-tagger: the same model each time, one that the tagger takes; bad input is named.
. tests/tap.sh

sentences() # name...: labelled text in which each is a person
{
	local name i tag
	for name; do
		printf '记\tO\n者\tO\n'
		tag=B
		for ((i = 0; i < ${#name}; i++)); do
			printf '%s\t%s-PER\n' "${name:i:1}" $tag
			tag=I
		done
		printf '说\tO\n\n'
	done
}

learned() # threads file
{
	train-tagger --jobs "$1" --epochs 3 --more 3 --size 30000 <"$BS_TMP/text" >"$2" 2>"$BS_TMP/err"
}

same_models()
{
	learned 1 "$BS_TMP/a" && learned 3 "$BS_TMP/b" && cmp "$BS_TMP/a" "$BS_TMP/b"
}

used()
{
	is "$(echo 记者余谷雨说 | tag-entities --model "$BS_TMP/a" --inline --labels PER)" '记者[PER 余谷雨]说'
}

averaged()
{
	train-tagger --times 2 --epochs 3 --more 3 --size 30000 <"$BS_TMP/text" >"$BS_TMP/c" 2>"$BS_TMP/err" || return 1
	! cmp -s "$BS_TMP/a" "$BS_TMP/c" && is "$(grep -c '^epoch 3: ' "$BS_TMP/err")" 3 || return 1
	is "$(echo 记者余谷雨说 | tag-entities --model "$BS_TMP/c" --inline --labels PER)" '记者[PER 余谷雨]说'
}

weighed()
{
	train-tagger --weigh "$BS_TMP/a" "$BS_TMP/b" "$BS_TMP/text" >"$BS_TMP/d" 2>"$BS_TMP/err" || return 1
	train-tagger --weigh "$BS_TMP/a" "$BS_TMP/b" "$BS_TMP/text" >"$BS_TMP/e" && cmp "$BS_TMP/d" "$BS_TMP/e" || return 1
	is "$(wc -c <"$BS_TMP/d")" $(($(wc -c <"$BS_TMP/a") + 131904 + 131072)) || return 1
	is "$(echo 记者余谷雨说 | tag-entities --model "$BS_TMP/d" --inline --labels PER)" '记者[PER 余谷雨]说' || return 1
	! train-tagger --weigh "$BS_TMP/d" "$BS_TMP/b" "$BS_TMP/text" >"$BS_TMP/e" 2>"$BS_TMP/err" && grep -q 'already' "$BS_TMP/err"
}

# The other text marks people as places: the model does as the first one.
more_text()
{
	train-tagger --jobs 1 --also "$BS_TMP/other" --epochs 3 --more 3 --size 30000 <"$BS_TMP/text" >"$BS_TMP/f" 2>"$BS_TMP/err" || return 1
	train-tagger --jobs 3 --also "$BS_TMP/other" --epochs 3 --more 3 --size 30000 <"$BS_TMP/text" >"$BS_TMP/g" 2>/dev/null || return 1
	cmp "$BS_TMP/f" "$BS_TMP/g" && ! cmp -s "$BS_TMP/a" "$BS_TMP/f" || return 1
	is "$(echo 记者余谷雨说 | tag-entities --model "$BS_TMP/f" --inline --labels PER,LOC)" '记者[PER 余谷雨]说'
}

no_model()
{
	train-tagger --weigh "$BS_TMP/text" "$BS_TMP/b" "$BS_TMP/text" >"$BS_TMP/e" 2>"$BS_TMP/err"
	[ $? -eq 1 ] && grep -q 'not a model' "$BS_TMP/err" || return 1
	train-tagger --weigh "$BS_TMP/a" "$BS_TMP/b" >"$BS_TMP/e" 2>"$BS_TMP/err"
	[ $? -eq 2 ]
}

refuses() # words
{
	train-tagger <"$BS_TMP/text" >"$BS_TMP/a" 2>"$BS_TMP/err"
	[ $? -eq 1 ] && grep -q "$1" "$BS_TMP/err" && [ ! -s "$BS_TMP/a" ]
}

(
	LC_ALL=C.UTF-8
	sentences 柳闻笛 乔以安 余谷雨 周砚秋 尹安澜
) >"$BS_TMP/text"
sed 's/PER/LOC/' "$BS_TMP/text" >"$BS_TMP/other"
ok 'any number of threads makes the same model' same_models
ok 'no larger than asked for' test "$(wc -c <"$BS_TMP/a")" -le 30000
ok 'progress goes to standard error' grep -q '^epoch 3: ' "$BS_TMP/err"
ok 'the tagger takes it' used
ok 'two trainings after the first are averaged' averaged
ok 'spans are weighed, each time the same' weighed
ok 'text marked by other conventions changes the model, not what it marks' more_text
ok 'what is no model has no spans to weigh' no_model
printf '记\tO\n者 O\n' >"$BS_TMP/text"
ok 'a line without a tab' refuses ':2: '
printf '记者\tO\n' >"$BS_TMP/text"
ok 'two characters' refuses ':1: '
printf '\377\tO\n' >"$BS_TMP/text"
ok 'bytes that are no character' refuses ':1: '
printf '记\tX-PER\n' >"$BS_TMP/text"
ok 'a tag that is none' refuses ':1: '
: >"$BS_TMP/text"
ok 'nothing to learn from' refuses 'no sentence'
end
