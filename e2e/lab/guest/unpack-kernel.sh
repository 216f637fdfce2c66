#!/bin/bash
# unpack-kernel.sh VMLINUZ: writes the uncompressed kernel to standard output. It boots about 6 s sooner under TCG.
set -euo pipefail
image=$1
# Where it lies in the bzImage: setup_sects, payload_offset and payload_length of https://docs.kernel.org/arch/x86/boot.html
number() { od -An -v -t "u$2" -j "$1" -N "$2" "$image" | tr -d ' '; }
offset=$((($(number 0x1f1 1) + 1) * 512 + $(number 0x248 4)))
length=$(number 0x24c 4)
if [ "$(od -An -t x1 -j $offset -N 6 "$image" | tr -d ' ')" = fd377a585a00 ]; then
  # The stream is followed by its unpacked size, which xz would take for garbage.
  dd if="$image" iflag=skip_bytes,count_bytes skip=$offset count="$length" bs=1M status=none | xz -dc --single-stream
else
  echo "guest: kernel is not packed with xz; using it packed, which boots slower" >&2
  cat "$image"
fi
