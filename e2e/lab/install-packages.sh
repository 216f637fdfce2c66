#!/bin/bash
# Installs the packages listed in packages.txt that are missing, and nothing else.
#   install-packages.sh          install (needs root)
#   install-packages.sh --check  say what is missing; exit 1 when something is
# Services are not started: the lab runs its own daemons inside its hosts and must not touch this machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
say() { echo "packages: $*"; }

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  say "this is not a Debian or Ubuntu system; install the equivalents of e2e/lab/packages.txt by hand" >&2
  exit 1
fi

installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' | tr ' ' '\n' | sed -n 's/^installed://p' | tr '\n' ' ')"
mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$here/packages.txt")
missing=()
for line in "${wanted[@]}"; do
  found=no
  IFS='|' read -ra names <<<"$line"
  for name in "${names[@]}"; do
    case $installed in *" $name "*) found=yes ;; esac
  done
  [ $found = yes ] || missing+=("$line")
done

if [ ${#missing[@]} -eq 0 ]; then
  say "all ${#wanted[@]} present"
  exit 0
fi
if [ "${1:-}" = --check ]; then
  say "missing: ${missing[*]}"
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  say "missing: ${missing[*]}" >&2
  say "install them with: sudo $here/install-packages.sh" >&2
  exit 1
fi

# invoke-rc.d and deb-systemd-invoke ask this file whether a service may start; 101 means no.
# https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
policy=/usr/sbin/policy-rc.d
saved=$policy.saved-by-innkeeper
restore_policy() {
  if [ -e $saved ] || [ -L $saved ]; then mv -f $saved $policy; elif [ -n "${placed:-}" ]; then rm -f $policy; fi
}
trap restore_policy EXIT
trap 'exit 130' INT TERM
# A run that was killed leaves its saved copy behind: that copy is the true one, so it is not overwritten.
if [ ! -e $saved ] && [ ! -L $saved ] && { [ -e $policy ] || [ -L $policy ]; }; then mv $policy $saved; fi
placed=yes
printf '#!/bin/sh\nexit 101\n' >$policy
chmod 755 $policy

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
apt=(apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)

# Which of the alternative names this release has.
choose() {
  local name
  chosen=()
  for line in "${missing[@]}"; do
    IFS='|' read -ra names <<<"$line"
    local pick=
    for name in "${names[@]}"; do
      # A pure virtual package has an entry too, but no candidate version.
      # (Not "grep -q": it would close the pipe early, which pipefail takes for a failure.)
      if apt-cache policy "$name" | grep '^  Candidate: [^(]' >/dev/null; then pick=$name && break; fi
    done
    [ -n "$pick" ] || return 1
    chosen+=("$pick")
  done
}
install_chosen() {
  say "installing ${#chosen[@]}: ${chosen[*]}"
  "${apt[@]}" install -y --no-install-recommends "${chosen[@]}"
}

started=$SECONDS
if ! choose || ! install_chosen; then
  say "refreshing the package lists first"
  "${apt[@]}" update
  choose || { say "this system's package lists lack one of: ${missing[*]}" >&2; exit 1; }
  install_chosen
fi
say "installed in $((SECONDS - started)) s"
