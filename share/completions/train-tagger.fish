# fish completion for train-tagger
complete -c train-tagger -s d -l dev -r -d 'labelled text on which each epoch is tried out'
complete -c train-tagger -s n -l names -r -d 'names with what lists know them'
complete -c train-tagger -s e -l epochs -r -f -d 'times that the text is read'
complete -c train-tagger -s m -l more -r -f -d 'and again, with only the features that fit'
complete -c train-tagger -s b -l bold -r -f -d 'nats taken from the label O, to find more'
complete -c train-tagger -s j -l jobs -r -f -d threads
complete -c train-tagger -s r -l rate -r -f -d 'how fast it learns'
complete -c train-tagger -s l -l decay -r -f -d 'what weights lose every 2,048 sentences'
complete -c train-tagger -s o -l dropout -r -f -d 'share of the features that sit out'
complete -c train-tagger -s c -l seen -r -f -d 'features seen less often are left out'
complete -c train-tagger -s s -l size -r -f -d 'bytes of the model, at most'
complete -c train-tagger -s h -l help -d 'print this and exit'
complete -c train-tagger -s V -l version -d 'print the version and exit'
