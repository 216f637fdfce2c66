#!/bin/bash
# start.sh IMAGE STATE: runs the rich host in the foreground, on the switch of the network namespace that this is called
# in. IMAGE is what build.sh printed; STATE gets its sockets and serial lines. Holds STATE/lock as long as the machine runs.
#
# Says "busy" when another one still runs after 10 s. Ends with the end of standard input, which is also what a killed test leaves behind.
set -euo pipefail
image=$1 state=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$state/log"
exec 9>>"$state/lock"
flock -w 10 9 || { echo busy; exit 75; }
rm -f "$state"/*.sock "$state"/log/*

ip link show labR >/dev/null 2>&1 || ip tuntap add dev labR mode tap
ip link set labR master br0 up

# The kernel unpacks archives one after the other: the built one, its first program, and what that lays over the disk.
own=$(mktemp -d "$state/own-XXXXXX")
cp -r "$here/initramfs/." "$here/overlay" "$own/"
(cd "$own" && find . -print0 | sort -z | cpio -0 -o -H newc -R 0:0 --quiet) | gzip -1n | cat "$image/initrd" - >"$state/initrd"
# QEMU puts the archive at the top of memory, where the firmware's buffers for these many devices are, and devices may
# still write to those: then it is this padding, not a file, that they spoil. (The kernel complains of
# "invalid magic" then, and goes on.)
truncate -s +1M "$state/initrd"
rm -r "$own"

# Small disks: what is written to them is gone with the machine.
for disk in scsi1 scsi2 scsi3 usb1 usb2 nvme1; do
  rm -f "$state/$disk.img" && truncate -s 64M "$state/$disk.img"
done
drive() { arguments+=(-drive "if=none,id=$1,file=$state/$1.img,format=raw,cache=unsafe"); }
device() { arguments+=(-device "$1"); }

arguments=(
  -name labR -nodefaults -display none -no-user-config
  -accel tcg,thread=multi -M q35,kernel-irqchip=split -cpu EPYC -smp 2 -m 1536
  -kernel "$image/vmlinux" -initrd "$state/initrd"
  # No check of timers, which come late under load; no mitigations, which cost time for nothing here.
  -append "console=ttyS0 quiet no_timer_check intel_iommu=on mitigations=off nokaslr"
  -serial "file:$state/log/console.log"
  -qmp "unix:$state/qmp.sock,server=on,wait=off"
  -drive "if=none,id=root,file=$image/root.img,format=raw,cache=unsafe,snapshot=on"
  -netdev tap,id=net,ifname=labR,script=no,downscript=no
  -chardev "socket,id=seed,path=$state/seed.sock,server=on,wait=off"
  -audiodev none,id=silence
)
# What the host itself needs, in the places a desktop board has them.
device intel-iommu,intremap=on
device VGA,addr=01.0
device virtio-net-pci,addr=02.0,netdev=net,mac=02:77:00:00:00:21,romfile=
device virtio-blk-pci,addr=03.0,drive=root
device virtio-serial-pci,addr=04.0
device virtserialport,chardev=seed,name=lab.seed
device virtio-scsi-pci,addr=05.0,id=scsi
device qemu-xhci,addr=06.0,id=usb
# What it can give to guests. A network card by itself, one with two ports, which only go together, an NVMe disk, and two
# old cards behind a bridge, which go together too.
for slot in 1 2 3 4; do device "pcie-root-port,addr=0$((slot + 7)).0,id=slot$slot,chassis=$slot,slot=$slot"; done
device e1000e,bus=slot1,addr=00.0,mac=02:77:00:00:21:01,romfile=
device e1000e,bus=slot2,addr=00.0,multifunction=on,mac=02:77:00:00:21:02,romfile=
device e1000e,bus=slot2,addr=00.1,multifunction=on,mac=02:77:00:00:21:03,romfile=
drive nvme1
device nvme,bus=slot3,addr=00.0,drive=nvme1,serial=LABNVME1
device pcie-pci-bridge,bus=slot4,addr=00.0,id=old
device e1000,bus=old,addr=01.0,mac=02:77:00:00:21:04,romfile=
device AC97,bus=old,addr=02.0,audiodev=silence
for number in 1 2 3; do
  drive scsi$number
  device "scsi-hd,bus=scsi.0,channel=0,scsi-id=0,lun=$number,drive=scsi$number,vendor=INNKEEP,product=LAB,serial=LABSCSI$number,wwn=0x500000000000000$number"
done
# Two sticks that differ in nothing but their serial number, a tablet and a keyboard with the same ids, and behind the same
# hub as this a reader for smart cards, which is the only one of its kind.
for number in 1 2; do
  drive usb$number
  device "usb-storage,bus=usb.0,port=$number,drive=usb$number,serial=LABUSB$number,removable=on"
done
device usb-tablet,bus=usb.0,port=3,serial=LABTABLET
device usb-hub,bus=usb.0,port=4
device usb-kbd,bus=usb.0,port=4.1
device usb-ccid,bus=usb.0,port=4.2

qemu-system-x86_64 "${arguments[@]}" </dev/null >"$state/log/qemu.log" 2>&1 &
machine=$!
echo "started $machine"
# The end of the input ends the machine, even when this script is no more; the machine's own end ends the script.
exec 8<&0
{ cat <&8; kill -9 $machine; } >/dev/null 2>&1 9>&- &
watch=$!
trap 'kill -9 $machine $watch 2>/dev/null' EXIT
trap 'exit 130' INT HUP TERM
wait $machine || true
cat "$state/log/qemu.log" >&2
