# Who writes on one day and not on the other, by diff.
names()
{
	broadsheet "$1" | jq -r '.authors[].name' | LC_ALL=C sort -u
}
diff <(names examples/lakeside-daily-2031-03-04.txt) <(names examples/lakeside-daily-2031-03-05.txt) | LC_ALL=C grep '^[<>]'
