#!/bin/bash
# netns-add.sh STATE NAME: makes a network namespace and notes it first, so that down.sh deletes ours and no other.
set -euo pipefail
state=$1 name=$2
if [ -e "/run/netns/$name" ]; then
  echo "lab: network namespace $name exists and was not made by the lab; remove it with: ip netns del $name" >&2
  exit 1
fi
echo "$name" >>"$state/netns"
ip netns add "$name"
