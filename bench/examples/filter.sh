#!/bin/sh
# A task per line in, a line per task out: what any shell, awk or R can do.
#   bench --protocol=filter --command='sh bench/examples/filter.sh'
while read -r task; do
  factor "$((9223372036854775807 - task))"
done
