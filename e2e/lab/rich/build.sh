#!/bin/bash
# Builds the rich host's disk from Debian packages and prints the directory that holds it: vmlinux, initrd, root.img,
# versions. Built once per set of package versions and of lists in this folder, then kept under .cache/lab/rich/<key>. Files
# of our own are not in it: start.sh adds them, so that a change there needs no new build.
#   build.sh          build when it is not there yet
#   build.sh --force  build anyway
# Needs root (packages are configured in a chroot), the tools of ../packages.txt and, for a build, a Debian mirror: the
# one this machine's apt uses.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$here/../../.." && pwd)/.cache/lab/rich
say() { echo "rich host: $*" >&2; }
export LC_ALL=C

# To reach the disk. Whatever else is loaded once it is mounted.
boot_modules=(virtio_pci virtio_blk ext4 crc32c_generic crc32c-intel)
# What is in the machine, what its guests and their storage and networks need, and what tests may ask for.
modules=(virtio_net virtio_console virtio_scsi virtio-rng sd_mod sr_mod sg e1000 e1000e nvme ahci snd-intel8x0
  xhci-pci usb-storage uas usbhid hid-generic evdev button qemu_fw_cfg
  vfio-pci vfio_iommu_type1 kvm-amd kvm-intel tun bridge veth macvtap vhost_net 8021q bonding dummy
  loop nbd dm-mod dm-thin-pool dm-snapshot dm-multipath dm-crypt iscsi_tcp scsi_debug nfs nfsv3 nfsv4 nfsd btrfs xfs vfat isofs
  nf_tables nft_chain_nat nft_compat nft_ct nft_masq nf_conntrack xt_MASQUERADE xt_CHECKSUM xt_conntrack xt_comment xt_tcpudp
  ip_tables ip6_tables iptable_nat iptable_filter iptable_mangle ebtables ebtable_nat ebtable_filter
  sch_netem sch_sfq sch_htb sch_tbf sch_ingress cls_u32 cls_fw act_police)

kernel_package() { apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^  Depends: //p' | head -n 1; }
kernel=$(kernel_package)
if [ -z "$kernel" ]; then
  [ "$(id -u)" = 0 ] || { say "no package lists; run: sudo apt-get update"; exit 1; }
  apt-get -q update >&2
  kernel=$(kernel_package)
fi
[ -n "$kernel" ] || { say "this system's package lists have no linux-image-amd64"; exit 1; }
mapfile -t packages < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^-/d' -e '/^$/d' "$here/packages.txt")
mapfile -t unpacked < <(sed -n -e 's/[[:space:]]//g' -e 's/^-//p' "$here/packages.txt")
versions=$(apt-cache policy "$kernel" "${packages[@]}" "${unpacked[@]}" | awk '/^[^ ]/ { name = $1 } /^  Candidate: / { print name, $2 }')
key=$( (echo "$versions"; cd "$here" && cat build.sh packages.txt ../guest/unpack-kernel.sh) | sha256sum | cut -c1-16)
out=$cache/$key
if [ -e "$out/versions" ] && [ "${1:-}" != --force ]; then
  echo "$out"
  exit 0
fi
[ "$(id -u)" = 0 ] || { say "building it needs root"; exit 1; }

started=$(date +%s)
mkdir -p "$cache"
work=$(mktemp -d "$cache/build-XXXXXX")
# One file system: mmdebstrap mounts /proc and the like in the root while it works.
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work"
mkdir kernel initrd result

fetch() {
  # apt's own unprivileged user cannot write here; without the sandbox it does not try.
  apt-get -q -o APT::Sandbox::User=root -o Acquire::Retries=3 download "$kernel" "${unpacked[@]}" >fetch.log 2>&1
}
if ! fetch; then
  # A mirror drops old files when a package is updated, so stale lists lead to a 404.
  apt-get -q update >&2
  fetch || { cat fetch.log >&2; exit 1; }
fi

say "installing ${#packages[@]} packages and what they need"
# From the mirrors that this machine's apt uses, as far as it has their lists and they are the distribution's own.
apt-get indextargets --format '$(ORIGIN) deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  sed -n -E 's/^(Debian|Ubuntu) //p' >sources
apt-config dump | grep -E '^Acquire::(https?|Check-|ForceIPv|Retries)' >apt.conf || true
# Patterns for dpkg, not for this shell.
excluded=(/usr/share/{doc,man,info,locale,lintian,bug,i18n}/'*' '/usr/share/qemu/edk2-*')
keyrings=()
for folder in /etc/apt/trusted.gpg.d /usr/share/keyrings; do [ -d $folder ] && keyrings+=(--keyring=$folder); done
if ! mmdebstrap --mode=root --variant=essential --format=directory "${keyrings[@]}" \
  --include="$(IFS=,; echo "${packages[*]}")" \
  --aptopt=apt.conf --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
  --dpkgopt=force-unsafe-io "${excluded[@]/#/--dpkgopt=path-exclude=}" \
  '' root sources >mmdebstrap.log 2>&1; then
  grep -A 3 -E '^(dpkg: |E:)' mmdebstrap.log | tail -n 40 >&2
  exit 1
fi

for package in "${unpacked[@]}"; do
  # Not "dpkg-deb -x", which would put a folder in the place of a link such as /sbin.
  dpkg-deb --fsys-tarfile "$package"_*.deb | tar x -C root --keep-directory-symlink --exclude './usr/share/doc' --exclude './usr/share/man'
done
chroot root ldconfig

say "unpacking $kernel"
dpkg-deb --fsys-tarfile "$kernel"_*.deb |
  tar x -C kernel --wildcards './boot/vmlinuz*' './lib/modules/*/modules.*' './lib/modules/*/kernel/*'
release=$(ls kernel/lib/modules)
"$here/../guest/unpack-kernel.sh" "kernel/boot/vmlinuz-$release" >result/vmlinux

# pick TARGET MODULE…: these modules and all that they need.
pick() {
  local target=$1/lib/modules/$release module file
  mkdir -p "$target"
  for module in "${@:2}"; do
    modprobe -d "$work/kernel" -S "$release" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
  done | sort -u | while read -r file; do
    mkdir -p "$target/$(dirname "${file#"$work/kernel/lib/modules/$release/"}")"
    cp "$file" "$target/${file#"$work/kernel/lib/modules/$release/"}"
  done
  cp "kernel/lib/modules/$release"/modules.{builtin,builtin.modinfo,order} "$target/"
  find "$target" -name '*.ko' -exec strip --strip-debug {} +
  depmod -b "$1" "$release"
}
depmod -b kernel "$release"
pick root "${boot_modules[@]}" "${modules[@]}"
pick initrd "${boot_modules[@]}"

mkdir -p initrd/{bin,dev,proc,sys,root}
cp root/bin/busybox initrd/bin/
(cd initrd && find . -print0 | sort -z | cpio -0 -o -H newc -R 0:0 --reproducible --quiet) | gzip -1n >result/initrd

rm -rf root/var/cache/apt root/var/lib/apt/lists
# Twice what is in it, in holes.
mke2fs -q -t ext4 -O ^has_journal -E lazy_itable_init=1 -d root result/root.img $(($(du -sm root | cut -f1) * 2))M >&2
echo "$versions" >result/versions

rm -rf "$out"
# Somebody else may have finished the same build meanwhile; theirs is as good.
mv -T result "$out" 2>/dev/null || [ -e "$out/versions" ]
# Earlier builds, except those that somebody may just be starting from.
find "$cache" -mindepth 1 -maxdepth 1 -type d -mmin +1440 -exec rm -rf {} +
say "built in $(($(date +%s) - started)) s: $(du -h "$out/root.img" | cut -f1)"
echo "$out"
