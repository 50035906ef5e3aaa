# A table of all articles of two days, by Miller.
# needs mlr
broadsheet examples/lakeside-daily-*.txt |
	mlr --ijsonl --ocsv put '$characters = strlen($text); $authors = joinv(apply($authors, func(a) { return a.name }), " ")' \
		then cut -o -f date,order,headline,authors,characters
