#!/bin/bash
# extra.sh DIRECTORY: one more libvirtd beside the host's own; runs inside the host. DIRECTORY has etc, lib, cache, run and
# sasl, which only this daemon sees in place of the host's: two daemons with one state folder would not start.
set -euo pipefail
directory=$1
while read -r _ mounted _; do echo $$ >"$mounted/cgroup.procs"; done < <(awk '$3 ~ /^cgroup2?$/ { print $1, $2 }' /proc/mounts) 2>/dev/null
mount --bind "$directory/etc" /etc/libvirt
mount --bind "$directory/lib" /var/lib/libvirt
mount --bind "$directory/cache" /var/cache/libvirt
mkdir -p /run/libvirt && mount --bind "$directory/run" /run/libvirt
export SASL_CONF_PATH=$directory/sasl
cd / && exec setsid libvirtd -d --listen -f /etc/libvirt/libvirtd.conf -p "$directory/libvirtd.pid" \
  </dev/null >"$directory/out.log" 2>&1
