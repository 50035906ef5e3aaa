#!/bin/sh
# hadoop-mapper.sh - the mapper of a Hadoop Streaming job
#
#   hadoop jar hadoop-streaming.jar -D mapreduce.job.reduces=0 \
#     -D mapreduce.input.lineinputformat.linespermap=1000 -D stream.map.input.ignoreKey=true \
#     -inputformat org.apache.hadoop.mapred.lib.NLineInputFormat \
#     -files hadoop-mapper.sh -mapper hadoop-mapper.sh -input list.txt -output articles
#
# Reads names of files (on a disk that all nodes see) a line, prints JSON lines.
# Streaming takes what stands before the first TAB as the key: a record has no TAB,
# JSON escapes it, so lines come out as they went in. A failing mapper fails its
# task (stream.non.zero.exit.is.failure is true by default), which is tried again.
set -u
tr '\n' '\0' | xargs -0 -r -n 500 broadsheet -j 1 --
