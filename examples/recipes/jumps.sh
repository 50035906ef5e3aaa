# Both ends of a continued article, by jq: from_link on one page is to_link on the other.
# awk makes two pages of one example page here, with labels, for want of a whole paper.
awk 'BEGIN { day = "湖滨日报 2031年3月4日" } { print } /下转第3版/ { exit }
	END { printf "\f%s 第3版\n\n一座小水站 解了上坞村的大难题\n\n（上接第1版）管水员每天早晚各巡查一次水站。\n", day }' \
	examples/lakeside-daily-2031-03-04.txt | sed 's/第812期/& 第1版/' | broadsheet |
	jq -s '[.[] | select(.jump) | {id, headline, jump}]'
