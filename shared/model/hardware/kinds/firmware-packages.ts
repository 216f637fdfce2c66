/** UEFI that the host has no files for: libvirt finds none, and the VM does not start. */
import type { Values } from '../field'
import type { HardwareContext, Problem } from '../kind'
import { own } from '../own'

/** By the guest's architecture: of openSUSE and SLE, of Debian and Ubuntu, of Fedora and its kin. */
const packages: Readonly<Record<string, string>> = {
  x86_64: 'qemu-ovmf-x86_64 (SUSE), ovmf (Debian), edk2-ovmf (Fedora)',
  i686: 'ovmf-ia32 (Debian), edk2-ovmf-ia32 (Fedora)',
  aarch64: 'qemu-uefi-aarch64 (SUSE), qemu-efi-aarch64 (Debian), edk2-aarch64 (Fedora)',
  armv7l: 'qemu-uefi-aarch32 (SUSE), qemu-efi-arm (Debian), edk2-arm (Fedora)',
  riscv64: 'qemu-efi-riscv64 (Debian), edk2-riscv64 (Fedora)',
}

export function firmwareMissing(values: Values, context: HardwareContext): Problem[] {
  const { firmware } = context.capabilities ?? {}
  // a libvirt that does not tell about secure loaders does not tell about firmware either
  if (values.firmware !== 'efi' || !firmware || firmware.secureBoot === 'unknown') return []
  if (!firmware.kinds.includes('efi')) {
    const install = own(packages, context.architecture)
    return [
      {
        severity: 'warning',
        field: 'firmware',
        message: `The host has no UEFI for such a VM, which will not start.${install === undefined ? '' : ` Install it there: ${install}.`}`,
      },
    ]
  }
  return values.secureBoot === true && firmware.secureBoot === 'no'
    ? [
        {
          severity: 'warning',
          field: 'secureBoot',
          message: 'None of the host’s UEFI firmware for such a VM has Secure Boot.',
        },
      ]
    : []
}
