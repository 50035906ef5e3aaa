#!/usr/bin/python3
"""One file of many pages over the workers of a Dask cluster, in order.

    dask_pages.py PAGES.txt [SCHEDULER] >articles.jsonl

SCHEDULER is an address such as tcp://host:8786; without one, a cluster of this
machine's cores is made. Each task gets a few pages as bytes and hands them to one
broadsheet; check=True turns a status other than 0 into an exception, so that no
page is lost silently. The file must be on a disk that all workers see.
"""
import subprocess
import sys

from dask.distributed import Client, LocalCluster

BLOCK = 1 << 20


def cuts(path):
    """Yields (offset, length) of blocks that end at form feeds."""
    start = position = 0
    with open(path, "rb") as pages:
        for line in pages:
            position += len(line)
            if line.endswith(b"\f\n") and position - start >= BLOCK:
                yield start, position - start
                start = position
    if position > start:
        yield start, position - start


def articles(path, start, length):
    """What broadsheet prints for one block, as bytes."""
    with open(path, "rb") as pages:
        pages.seek(start)
        block = pages.read(length)
    if len(block) != length:
        raise OSError(f"{path} became shorter")
    return subprocess.run(["broadsheet", "-j", "1"], input=block, stdout=subprocess.PIPE, check=True).stdout


def main():
    path = sys.argv[1]
    cluster = sys.argv[2] if len(sys.argv) > 2 else LocalCluster(
        host="127.0.0.1", dashboard_address=None, threads_per_worker=1)
    with Client(cluster) as client:
        jobs = [client.submit(articles, path, start, length, retries=2) for start, length in cuts(path)]
        for job in jobs:
            sys.stdout.buffer.write(job.result())
            job.release()
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
