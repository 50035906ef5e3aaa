# One character and its IOB2 tag a line (CoNLL), a blank line between blocks, by jq.
broadsheet examples/lakeside-daily-2031-03-05.txt | jq -r 'select(.order == 4)
	| [.text | explode[] | [.] | implode] as $c
	| (reduce (.entities[] | select(.field == "text")) as $e ([$c[] | "O"]; reduce range($e.start; $e.end) as $i (.;
		.[$i] = (if $i == $e.start then "B-" else "I-" end) + $e.label))) as $t
	| range($c | length) | if $c[.] == "\n" then "" else $c[.] + "\t" + $t[.] end'
