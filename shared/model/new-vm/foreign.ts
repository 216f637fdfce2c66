/** What a file of another hypervisor says about its VM, whatever its format. Only what it says: nothing is looked up. */
import { z } from 'zod'
import type { LocalDisk } from './new-vm'

/** Such files are small; a larger one is a disk or no such file. */
export const maxForeignChars = 1024 * 1024

/** A file of this computer that the user chose, by its id. */
export const chosenForeign = z.object({ file: z.string().min(1).max(64) })

export interface ForeignFile {
  /** As the user chose it: "web.vmx". */
  readonly name: string
  readonly text: string
}

export const foreignBuses = ['virtio', 'sata', 'scsi', 'ide', 'xen', 'usb'] as const
export type ForeignBus = (typeof foreignBuses)[number]

export interface ForeignDisk {
  /** As it stands there: a path, or a name beside the file. Absent: an empty drive. */
  readonly file?: string
  /** In the words of qemu-img. */
  readonly format?: string
  readonly bus?: ForeignBus
  readonly device: 'disk' | 'disc'
  readonly isReadOnly: boolean
  /** What the guest sees of it, where the file tells. A disk with a size and no file is empty. */
  readonly sizeBytes?: number
  /** It is here, with the file. */
  readonly local?: LocalDisk
}

export interface ForeignNic {
  readonly mac?: string
  /** As the target calls it; absent: the format's usual one. */
  readonly model?: string
  /** Name of the bridge or network there. */
  readonly network?: string
}

export interface ForeignVm {
  readonly format: 'xl' | 'vmx' | 'ovf' | 'box'
  readonly name?: string
  readonly memoryBytes?: number
  readonly vcpuCount?: number
  readonly firmware?: 'bios' | 'efi' | 'efi-secure'
  /** A guest that knew it was one, and has no drivers for emulated devices in the first place. */
  readonly isParavirtual: boolean
  /** As the file calls it: "windows2019srv-64". */
  readonly osHint?: string
  readonly disks: readonly ForeignDisk[]
  readonly nics: readonly ForeignNic[]
  /** What does not come along or has to be seen to, in sentences. */
  readonly notes: readonly string[]
}
