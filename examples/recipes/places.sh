# The places that two days' pages name more than once, by sort and uniq.
broadsheet examples/lakeside-daily-*.txt | jq -r '.entities[] | select(.label == "LOC").text' |
	LC_ALL=C sort | uniq -cd | LC_ALL=C sort -k1,1nr -k2
