#!/bin/bash
# lane.sh NAME COMMAND…: runs a command that may bring up a lab of its own beside others: /tmp, network namespaces, the
# lab's lock, control groups and process numbers are its own, and of the network it has loopback only. Whatever it started ends with it.
set -euo pipefail
export INNKEEPER_LANE=$1
shift
own=/tmp/innkeeper-lane-$INNKEEPER_LANE
rm -rf --one-file-system "$own"
mkdir -m 1777 "$own"
mkdir -p /run/netns /run/lock
# A working copy that lies under /tmp is seen in there, too.
# The first process collects the children of processes that have ended; what the command says it says itself.
exec unshare --mount --net --ipc --pid --fork --kill-child --mount-proc bash -c '
  if [[ $PWD == /tmp/* ]]; then
    mkdir -p "$0/${PWD#/tmp/}"
    mount --bind "$PWD" "$0/${PWD#/tmp/}"
  fi
  mount --rbind "$0" /tmp
  cd "$PWD"
  mount -t tmpfs tmpfs /run/netns
  mount -t tmpfs tmpfs /run/lock
  ip link set lo up
  "$@" &
  wait $!' "$own" "$@"
