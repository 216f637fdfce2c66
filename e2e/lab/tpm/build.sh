#!/bin/bash
# Unpacks swtpm, the program of emulated TPMs, and prints the folder whose bin/ has it. It is not installed: what libvirt and
# the wizard offer on this machine would be another thing with it.
# Done once per set of package versions, then kept under .cache/lab/tpm/<key>. Needs no root, and a Debian mirror the first time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$here/../../.." && pwd)/.cache/lab/tpm
say() { echo "tpm: $*" >&2; }
export LC_ALL=C

packages=(swtpm swtpm-libs libtpms0)
versions() { apt-cache policy "${packages[@]}" | awk '/^[^ ]/ { name = $1 } /^  Candidate: / { print name, $2 }'; }
if [ -z "$(versions)" ] && [ "$(id -u)" = 0 ]; then apt-get -q update >&2; fi
[ -n "$(versions)" ] || { say "this system's package lists have no swtpm"; exit 1; }
key=$( (versions; sha256sum <"$0") | sha256sum | cut -c1-16)
out=$cache/$key
if [ -x "$out/bin/swtpm" ]; then
  echo "$out"
  exit 0
fi

mkdir -p "$cache"
work=$(mktemp -d "$cache/build-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir debs root bin
say "fetching ${packages[*]}"
fetch() { (cd debs && apt-get -q -o APT::Sandbox::User=root -o Acquire::Retries=3 download "${packages[@]}" >fetch.log 2>&1); }
if ! fetch; then
  # a mirror drops old files when a package is updated
  [ "$(id -u)" = 0 ] && apt-get -q update >&2
  fetch || { cat debs/fetch.log >&2; exit 1; }
fi
for deb in debs/*.deb; do dpkg-deb -x "$deb" root; done
rm -r debs
cat >bin/swtpm <<'EOF'
#!/bin/sh
root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")/root
libraries=$(echo "$root"/usr/lib/*-linux-gnu)
LD_LIBRARY_PATH=$libraries:$libraries/swtpm exec "$root/usr/bin/swtpm" "$@"
EOF
chmod +x bin/swtpm
bin/swtpm --version >&2
rm -rf "$out"
mv "$work" "$out"
trap - EXIT
echo "$out"
