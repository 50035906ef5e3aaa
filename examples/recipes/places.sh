# The places that two days' pages name three times or more, by sort and uniq.
broadsheet examples/lakeside-daily-*.txt | jq -r '.entities[] | select(.label == "LOC").text' |
	LC_ALL=C sort | uniq -c | awk '$1 > 2' | LC_ALL=C sort -k1,1nr -k2
