#!/bin/bash
# down.sh STATE: takes the lab down, whatever is left of it, and keeps its logs in .cache/lab/logs.
# Touches only what the lab noted down when it made it. Fine to run when there is nothing.
set -uo pipefail
state=$1
cache=$(cd "$(dirname "$0")/../../.." && pwd)/.cache/lab
[ -d "$state" ] || exit 0
# Written by root only, or it is not the lab's.
[ "$(stat -c %u "$state")" = 0 ] || { echo "lab: $state belongs to somebody else" >&2; exit 1; }

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
  ip netns del "$name"
done

if [ -e "$state/cgroup-dirs" ]; then
  sort -u "$state/cgroup-dirs" | while read -r group; do
    # A group empties a moment after its last process has died.
    for _ in $(seq 100); do
      [ -d "$group" ] || break
      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
      [ -d "$group" ] && sleep 0.02
    done
  done
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
rm -rf --one-file-system "$state"
