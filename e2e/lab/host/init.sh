#!/bin/bash
# init.sh STATE NAME: first process of a host, inside its namespaces. Puts the host's own files in place of the
# machine's, starts its daemons and then only collects dead children: without that libvirt waits 40 s for QEMU
# processes it has ended, which stay as zombies.
set -uo pipefail
state=$1 name=$2
here=$(cd "$(dirname "$0")" && pwd)
host=$state/$name

hostname "$name"
mkdir -p /etc/libvirt /var/lib/libvirt /var/cache/libvirt
mount --bind "$host/etc" /etc/libvirt
mount --bind "$host/lib" /var/lib/libvirt
mount --bind "$host/cache" /var/cache/libvirt
mount --bind "$host/log" /var/log
mount --bind "$host/ssh" /etc/ssh
mount --bind "$host/root" /root
mount --bind "$host/home" /home
for file in passwd group shadow hostname hosts; do mount --bind "$host/$file" "/etc/$file"; done
# Not a tmpfs: the daemon's socket has to be reachable from outside.
mount --bind "$host/run" /run

mount -t sysfs sysfs /sys
if ! grep -q ' /sys/fs/cgroup$' <(cut -d' ' -f1,2 "$host/cgroups"); then
  mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
fi
while read -r kind mounted options; do
  mkdir -p "$mounted"
  # Of a hierarchy's options only its controllers and its name matter here.
  wanted=$(tr ',' '\n' <<<"$options" | grep -Ev '^(rw|ro|relatime|noatime|nosuid|nodev|noexec|xattr|nsdelegate|memory_.*|favordynmods|clone_children|release_agent=.*)$' | paste -sd,)
  case $wanted in name=*) wanted=none,$wanted ;; esac
  mount -t "$kind" ${wanted:+-o "$wanted"} "$kind" "$mounted"
done <"$host/cgroups"

: >/run/init-started
/usr/sbin/sshd -E /var/log/sshd.log
"$here/daemon.sh" start

trap 'exit 0' TERM
while :; do
  sleep 1000 &
  wait $!
done
