#!/bin/bash
# enter.sh STATE NAME: moves itself into the host's control groups and namespaces and becomes init.sh there.
set -uo pipefail
state=$1 name=$2
here=$(cd "$(dirname "$0")" && pwd)

# Every mounted hierarchy, old kind or new; what a machine lacks, its hosts lack too.
awk '$3 == "cgroup" || $3 == "cgroup2" { print $3, $2, $4 }' /proc/mounts >"$state/$name/cgroups"
while read -r _ mounted _; do
  group=$mounted/innkeeper-lab${INNKEEPER_LANE:+-$INNKEEPER_LANE}
  mkdir -p "$group/$name" || continue
  echo "$group" >>"$state/cgroup-dirs"
  for level in "$group" "$group/$name"; do
    # A cpuset without processors takes no process.
    for file in cpuset.cpus cpuset.mems; do
      if [ -e "$level/$file" ] && [ -e "$mounted/$file" ]; then cat "$mounted/$file" >"$level/$file"; fi
    done
  done
  echo $$ >"$group/$name/cgroup.procs"
done <"$state/$name/cgroups"

exec nsenter --net="/run/netns/$name" \
  unshare --cgroup --mount --uts --ipc --pid --fork --kill-child --mount-proc "$here/init.sh" "$@"
