# Who wrote how much in two days, by awk: the author records of the stream.
from-text examples/lakeside-daily-*.txt | denoise | dehyphenate | split-articles |
	awk -F'\t' '$1 == "author" { n[$4]++ } END { for (name in n) print n[name], name }' |
	LC_ALL=C sort -k1,1nr -k2
