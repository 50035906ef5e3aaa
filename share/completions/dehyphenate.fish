# fish completion for dehyphenate
complete -c dehyphenate -l no-model -d 'do without the character model share/models/zh-chars.bin'
complete -c dehyphenate -l from -r -f -a 'UTF-8 GB18030 Big5 Big5-HKSCS UTF-16 UTF-16LE UTF-16BE UTF-32 UTF-32LE UTF-32BE ISO-8859-1 Windows-1252' -d 'encoding of plain text (default: found out page by page)'
complete -c dehyphenate -l source -r -f -d 'what standard input is called in ids and src='
complete -c dehyphenate -l text -d 'take the input for plain text even if it looks like a stream'
complete -c dehyphenate -l max-page -r -f -d 'largest page in bytes, K, M or G may follow (default 16M)'
complete -c dehyphenate -l strict -d 'flaws in the input give exit status 1'
complete -c dehyphenate -s h -l help -d 'print this and exit'
complete -c dehyphenate -s V -l version -d 'print the version and exit'
