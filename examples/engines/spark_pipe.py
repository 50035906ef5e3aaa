"""One file of many pages through RDD.pipe; run with spark-submit.

    spark-submit spark_pipe.py PAGES.txt OUT

Two things are easily missed. Records have to be cut at form feeds, not at lines,
and pipe() ignores the status of the program unless checkCode=True: without it,
pages of a filter that failed are simply not in the output.
"""
import sys

from pyspark import SparkContext


def main():
    pages, out = sys.argv[1:3]
    context = SparkContext(appName="broadsheet")
    records = context.newAPIHadoopFile(
        pages, "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
        "org.apache.hadoop.io.LongWritable", "org.apache.hadoop.io.Text",
        conf={"textinputformat.record.delimiter": "\f\n"})
    # pipe() ends each element with a line end: that makes "\f\n" again.
    (records.map(lambda record: record[1] + "\f")
        .pipe("broadsheet", checkCode=True)
        .saveAsTextFile(out))


if __name__ == "__main__":
    main()
