#!/bin/bash
# hold.sh STATE TIMEOUT_S: holds the machine's one lab for the process at the other end of its standard input.
# Says "held", or "busy PID" when somebody else still has the lab after the timeout. Then obeys, one word a line:
#   down   take down what there is, say "down" or "failed"
#   keep   let go of the lab and leave it running
# End of input, which is also what a killed test run leaves behind, takes the lab down. Nothing outlives its run.
set -uo pipefail
state=$1 timeout=$2
here=$(cd "$(dirname "$0")" && pwd)
lock=/run/lock/innkeeper-lab.lock
mkdir -p /run/lock
trap '' INT HUP TERM

exec 9>>"$lock"
if ! flock -w "$timeout" 9; then
  echo "busy $(cat "$lock")"
  exit 75
fi
echo "$PPID" >"$lock"
echo held
while read -r word; do
  case $word in
    down) if "$here/down.sh" "$state" 9>&-; then echo down; else echo failed; fi ;;
    keep) exit 0 ;;
  esac
done
exec "$here/down.sh" "$state"
