# Input for displaCy (manual=True), one document a line, by jq.
broadsheet examples/lakeside-daily-2031-03-05.txt | jq -c 'select(.order == 4) |
	{title: .headline, text, ents: [.entities[] | select(.field == "text") | {start, "end": .end, "label": .label}]}'
