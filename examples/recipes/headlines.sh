# The headlines of a page, by grep: one record a line, the text in field 4.
from-text examples/lakeside-daily-2031-03-04.txt | denoise | dehyphenate | split-articles |
	grep '^headline' | cut -f4
