#!/bin/bash
# Builds the test guest from Debian packages and prints the directory that holds it: vmlinux, initrd, versions.
# Built once per set of package versions and of files in this folder, then kept under .cache/lab/guest/<key>.
#   build.sh          build when it is not there yet
#   build.sh --force  build anyway
# Needs no root, only the builder's tools (cpio kmod binutils xz-utils) and, for a build, a Debian mirror.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$here/../../.." && pwd)/.cache/lab/guest
say() { echo "guest: $*" >&2; }
export LC_ALL=C

# What the guest may meet on a q35 machine; the modules these need come along.
modules=(button evdev virtio_pci virtio_blk virtio_net virtio_console virtio_balloon virtio_scsi virtio_input
  virtio-rng virtio-gpu bochs e1000e ahci sd_mod sr_mod isofs ext4 crc32c_generic xhci-pci usbhid hid-generic)

kernel_package() { apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^  Depends: //p' | head -n 1; }
kernel=$(kernel_package)
if [ -z "$kernel" ]; then
  [ "$(id -u)" = 0 ] || { say "no package lists; run: sudo apt-get update"; exit 1; }
  apt-get -q update >&2
  kernel=$(kernel_package)
fi
[ -n "$kernel" ] || { say "this system's package lists have no linux-image-amd64"; exit 1; }
# the last three make keymaps for the guest's own console; nothing else of them gets into it
packages=("$kernel" busybox-static qemu-guest-agent kbd console-setup xkb-data)
versions=$(apt-cache policy "${packages[@]}" | awk '/^[^ ]/ { name = $1 } /^  Candidate: / { print name, $2 }')
key=$( (echo "$versions"; cd "$here" && find . -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-16)
out=$cache/$key
if [ -e "$out/versions" ] && [ "${1:-}" != --force ]; then
  echo "$out"
  exit 0
fi

started=$(date +%s)
mkdir -p "$cache"
work=$(mktemp -d "$cache/build-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work"
mkdir debs kernel busybox agent keys root result

say "fetching ${packages[*]}"
# apt's own unprivileged user cannot write here; without the sandbox it does not try.
fetch() { (cd debs && apt-get -q -o APT::Sandbox::User=root -o Acquire::Retries=3 download "${packages[@]}" >fetch.log 2>&1); }
if ! fetch; then
  # A mirror drops old files when a package is updated, so stale lists lead to a 404.
  [ "$(id -u)" = 0 ] && apt-get -q update >&2
  fetch || { cat debs/fetch.log >&2; exit 1; }
fi

say "unpacking"
dpkg-deb --fsys-tarfile debs/"$kernel"_*.deb |
  tar x -C kernel --wildcards './boot/vmlinuz*' './lib/modules/*/modules.*' './lib/modules/*/kernel/*'
dpkg-deb -x debs/busybox-static_*.deb busybox
dpkg-deb -x debs/qemu-guest-agent_*.deb agent
for package in kbd console-setup xkb-data; do dpkg-deb -x debs/"$package"_*.deb keys; done
release=$(ls kernel/lib/modules)
"$here/unpack-kernel.sh" "kernel/boot/vmlinuz-$release" >result/vmlinux

say "making the root"
mkdir -p root/{bin,sbin,dev,proc,sys,tmp,run,root,mnt,var,usr/bin,usr/sbin,lib64,etc,lib/x86_64-linux-gnu}
ln -s ../run root/var/run
cp busybox/bin/busybox root/bin/
for applet in $(busybox/bin/busybox --list); do [ "$applet" = busybox ] || ln -s busybox "root/bin/$applet"; done
ln -s ../bin/busybox root/sbin/init
ln -s sbin/init root/init
echo 'root:x:0:0:root:/root:/bin/sh' >root/etc/passwd
echo 'root:x:0:' >root/etc/group
cp -a "$here/root/." root/

cp agent/usr/sbin/qemu-ga root/usr/sbin/
needed=$(ldd agent/usr/sbin/qemu-ga)
case $needed in *'not found'*) say "the guest agent's libraries are missing here:" && echo "$needed" >&2 && exit 1 ;; esac
for library in $(grep -o '/[^ ]*\.so[^ ]*' <<<"$needed"); do
  case $library in
    */ld-linux*) cp -L "$library" root/lib64/ ;;
    *) cp -L "$library" root/lib/x86_64-linux-gnu/ ;;
  esac
done

mkdir root/etc/keymaps
for layout in us de; do
  # symbols that a text console does not know are told as warnings
  perl keys/usr/bin/ckbcomp -Ikeys/usr/share/X11/xkb -layout "$layout" 2>/dev/null |
    keys/bin/loadkeys --bkeymap --unicode --quiet - >root/etc/keymaps/$layout
done

depmod -b kernel "$release"
for module in "${modules[@]}"; do
  modprobe -d "$work/kernel" -S "$release" --show-depends "$module" | sed -n 's/^insmod //p' | tr -d ' '
done | sort -u | while read -r file; do
  target=root/${file#"$work/kernel/"}
  mkdir -p "${target%/*}"
  cp "$file" "$target"
done
cp "kernel/lib/modules/$release"/modules.{builtin,builtin.modinfo,order} "root/lib/modules/$release/"
find root/lib/modules -name '*.ko' -exec strip --strip-debug {} +
depmod -b root "$release"

(cd root && find . -print0 | sort -z | cpio -0 -o -H newc -R 0:0 --reproducible --quiet) | gzip -1n >result/initrd
echo "$versions" >result/versions
rm -rf "$out"
# Somebody else may have finished the same build meanwhile; theirs is as good.
mv -T result "$out" 2>/dev/null || [ -e "$out/versions" ]
# Earlier builds, except those that somebody may just be about to copy.
find "$cache" -mindepth 1 -maxdepth 1 -type d -mmin +1440 -exec rm -rf {} +
say "built in $(($(date +%s) - started)) s: vmlinux $(du -h "$out/vmlinux" | cut -f1), initrd $(du -h "$out/initrd" | cut -f1)"
echo "$out"
