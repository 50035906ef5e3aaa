# Tasks with predictions for Label Studio (here: the times), by jq. It counts UTF-16
# units, so places move by the characters outside the BMP that stand before them.
broadsheet examples/odd-characters-2031-08-09.txt | jq -s 'def u($s): .[:$s] | length + ([explode[] | select(. > 65535)] | length);
	map(.text as $t | {data: {id, text}, predictions: [{model_version: .schema, result: [.entities[]
	| select(.field == "text" and .label == "TIME") | {from_name: "label", to_name: "text", type: "labels",
	value: {start: (.start as $s | $t | u($s)), end: (.end as $e | $t | u($e)), text, labels: [.label]}}]}]})'
