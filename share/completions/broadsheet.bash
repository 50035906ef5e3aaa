# bash completion for broadsheet and its filters

_broadsheet_options() # program: its options
{
	local common='--from --source --text --max-page --strict --help --version'
	case $1 in
	broadsheet) echo "--output --jobs --newspaper --date --ascii --from --source --text --keep-punctuation --rules --max-page --strict --help --version" ;;
	broadsheet-incoming) echo "--scans --wait --retries --timeout --status --verbose --newspaper --date --ascii --from --text --keep-punctuation --rules --max-page --strict --help --version" ;;
	from-text) echo "--list-encodings --detect $common" ;;
	denoise) echo "--keep-punctuation --rules --rejects $common" ;;
	dehyphenate) echo "--no-model $common" ;;
	split-articles) echo "--rules --roles --explain --jobs $common" ;;
	tag-entities) echo "--date --labels --min-score --inline --model --jobs $common" ;;
	train-tagger) echo "--dev --names --also --epochs --more --times --perceptron --bold --jobs --rate --decay --dropout --seen --weigh --size --help --version" ;;
	to-jsonl) echo "--newspaper --date --ascii --split --progress --jobs $common" ;;
	esac
}

_broadsheet_programs()
{
	local program=${COMP_WORDS[0]##*/} cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local encodings='UTF-8 GB18030 Big5 Big5-HKSCS UTF-16 UTF-16LE UTF-16BE UTF-32 UTF-32LE UTF-32BE ISO-8859-1 Windows-1252'
	local labels='PER LOC ORG TITLE WORK TIME MONEY PERCENT QUANTITY ORDINAL PHONE EMAIL URL'

	case $prev in
	--from) mapfile -t COMPREPLY < <(compgen -W "$encodings" -- "$cur") && return ;;
	--labels) mapfile -t COMPREPLY < <(compgen -W "$labels" -- "$cur") && return ;;
	--split | --output | -o) mapfile -t COMPREPLY < <(compgen -d -- "$cur") && return ;;
	--scans | --wait | --retries | --timeout | --source | --max-page | --date | --newspaper | --jobs | -j | --min-score | --epochs | --more | --times | --bold | --rate | --decay | --dropout | --seen | --size) return ;;
	esac
	case $cur in
	-*) mapfile -t COMPREPLY < <(compgen -W "$(_broadsheet_options "$program")" -- "$cur") && return ;;
	esac
	case $program:$prev in
	broadsheet-incoming:--rules) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	broadsheet-incoming:*) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
	*) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	esac
}

complete -o filenames -F _broadsheet_programs broadsheet broadsheet-incoming from-text denoise dehyphenate split-articles tag-entities to-jsonl train-tagger
