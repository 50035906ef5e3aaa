#!/bin/bash
#SBATCH --job-name=broadsheet
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
# slurm-array.sh - a list of files in shards, a shard an array task
#
#   sbatch --array=0-99 slurm-array.sh LIST OUT [broadsheet's options]
#
# Task I of N takes the I-th N-th of LIST (a file name a line) and writes
# OUT/shard-I.jsonl; `cat OUT/shard-*.jsonl' is what one process would print for
# the whole list. The file appears under its name only when it is whole, so a task
# that is killed, preempted or requeued starts its shard again and does no harm, and
# a task whose shard is there has nothing to do. Status 3 (a full disk, a file
# server that is away) is worth another try on another day: three are made.
set -u
[ $# -ge 2 ] || { echo 'usage: sbatch --array=0-N slurm-array.sh LIST OUT [options]' >&2; exit 2; }
list=$1 out=$2
shift 2
: "${SLURM_ARRAY_TASK_ID:?wants to run as a job array}" "${SLURM_ARRAY_TASK_COUNT:?}" "${SLURM_ARRAY_TASK_MIN:=0}"
shard=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN))
total=$(wc -l <"$list") || exit 3
from=$((total * shard / SLURM_ARRAY_TASK_COUNT)) to=$((total * (shard + 1) / SLURM_ARRAY_TASK_COUNT))
done=$(printf '%s/shard-%06d.jsonl' "$out" "$shard")
[ ! -e "$done" ] || exit 0
mkdir -p -- "$out" || exit 3

# The names one a line, so that no name is too long a list for a command line.
pages()
{
	tail -n "+$((from + 1))" "$list" | head -n $((to - from)) | tr '\n' '\0' | xargs -0 -r -n 500 broadsheet -j 1 "$@" --
}

pages "$@" >"$done.part"
status=$?
# xargs says 123 for any failure of broadsheet; what was written is not trusted then.
if [ $status != 0 ]; then
	if [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ] && command -v scontrol >/dev/null; then
		scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
	fi
	exit $status
fi
sync "$done.part" && mv "$done.part" "$done" && sync "$out"
