#!/bin/bash
# down.sh STATE: takes the lab down, whatever is left of it, and keeps its logs in .cache/lab/logs.
# Touches only what the lab noted down when it made it. Fine to run when there is nothing.
set -uo pipefail
state=$1
cache=$(cd "$(dirname "$0")/../../.." && pwd)/.cache/lab
[ -d "$state" ] || exit 0
# Written by root only, or it is not the lab's.
[ "$(stat -c %u "$state")" = 0 ] || { echo "lab: $state belongs to somebody else" >&2; exit 1; }

left=0
complain() {
  echo "lab: $*" >&2
  left=1
}
names=()
[ -e "$state/netns" ] && mapfile -t names < <(sort -u "$state/netns")
# All processes of a host are in its network namespace, and clients of the lab are in labclient's.
for name in "${names[@]}"; do
  [ -e "/run/netns/$name" ] || continue
  for _ in $(seq 500); do
    mapfile -t pids < <(ip netns pids "$name")
    [ ${#pids[@]} -gt 0 ] || break
    kill -9 "${pids[@]}" 2>/dev/null
    sleep 0.02
  done
  [ ${#pids[@]} -eq 0 ] || complain "processes of $name do not end: ${pids[*]}"
  ip netns del "$name" || complain "network namespace $name stays"
done

if [ -e "$state/cgroup-dirs" ]; then
  while read -r group; do
    # A group empties a moment after its last process has died.
    for _ in $(seq 100); do
      [ -d "$group" ] || break
      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
      [ -d "$group" ] && sleep 0.02
    done
    [ -d "$group" ] && complain "control group $group stays"
  done < <(sort -u "$state/cgroup-dirs")
fi

for learnt in "$state"/*/cache/qemu/capabilities; do
  ls "$learnt"/*.xml >/dev/null 2>&1 || continue
  rm -rf "$cache/capabilities" && mkdir -p "$cache" && cp -rp "$learnt" "$cache/capabilities"
  break
done
rm -rf "$cache/logs"
for log in "$state"/*/log; do
  [ -d "$log" ] || continue
  host=$(basename "$(dirname "$log")")
  mkdir -p "$cache/logs" && cp -r "$log" "$cache/logs/$host"
done
# What stays must be found by the next run, which needs these notes for it.
[ $left = 0 ] || exit 1
rm -rf --one-file-system "$state"
