#!/bin/bash
# daemon.sh start|kill|stop|cont: the host's libvirtd; runs inside the host. Guests outlive a killed daemon.
set -uo pipefail
pid() { cat /run/libvirtd.pid; }
case $1 in
  start)
    # Whoever entered the host from outside is still in the machine's control groups, and its guests would be too.
    while read -r _ mounted _; do echo $$ >"$mounted/cgroup.procs"; done < <(awk '$3 ~ /^cgroup2?$/ { print $1, $2 }' /proc/mounts) 2>/dev/null
    cd / && exec setsid libvirtd -d --listen </dev/null >/var/log/libvirtd.out 2>&1
    ;;
  kill)
    dead=$(pid)
    kill -9 "$dead"
    # The next one can start only when this one's lock on its pid file is gone.
    while [ -e "/proc/$dead" ]; do sleep 0.02; done
    rm -f /run/libvirtd.pid
    ;;
  stop) kill -STOP "$(pid)" ;;
  cont) kill -CONT "$(pid)" ;;
esac
