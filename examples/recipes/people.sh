# An index of the people on a page and the articles that name them, by jq.
broadsheet examples/lakeside-daily-2031-03-05.txt |
	jq -r '. as $a | .entities[] | select(.label == "PER") | [.text, "\($a.order)", $a.headline] | @tsv' |
	LC_ALL=C sort -u
