#!/bin/bash
# net.sh STATE: the lab's network, a switch and a client, each in a network namespace of its own.
# The machine's own interfaces and namespace stay as they are.
set -euo pipefail
state=$1
here=$(cd "$(dirname "$0")" && pwd)

"$here/netns-add.sh" "$state" labsw
"$here/netns-add.sh" "$state" labclient
ip -n labsw link set lo up
ip -n labsw link add br0 type bridge forward_delay 0
ip -n labsw link set br0 up
ip link add eth0 netns labclient type veth peer name client netns labsw
ip -n labsw link set client master br0 up
ip -n labclient addr add 10.77.0.1/24 dev eth0
ip -n labclient link set lo up
ip -n labclient link set eth0 up
