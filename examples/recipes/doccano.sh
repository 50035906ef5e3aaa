# Lines for doccano (sequence labelling, JSONL with offsets in code points), by jq.
broadsheet examples/lakeside-daily-2031-03-05.txt | jq -c 'select(.order == 4) |
	{id, text, label: [.entities[] | select(.field == "text") | [.start, .end, .label]]}'
