/**
 * What the user chose for a new VM, and only that: everything else is suggested, and follows when something it was
 * suggested from becomes another.
 */
import type { HardwareChange } from '../hardware/change'
import type { AnswersWish } from './answers-wish'
import type { CloudWish } from './cloud-wish'
import type { ContainerWish } from './container-wish'
import type { ForeignVm } from './foreign'
import type { Firmware, InstallDisc, InstallSource, NewDisk, NewNic, PlaceOnHost } from './new-vm'

export type SourceKind = InstallSource['kind']

export type DiskWish =
  | {
      readonly kind: 'new'
      readonly pool?: string
      readonly volume?: string
      /** A text is what was typed and is no size. */
      readonly sizeBytes?: number | string
      readonly format?: 'qcow2' | 'raw'
      readonly isFull?: boolean
      readonly bus?: NonNullable<NewDisk['bus']>
      /** It begins as a copy of this; `missing`: of one that is still to be chosen. */
      readonly original?: DiskOriginal | 'missing'
    }
  | {
      readonly kind: 'existing'
      readonly image?: PlaceOnHost
      readonly bus?: NonNullable<NewDisk['bus']>
    }

export type DiskOriginal = NonNullable<Extract<NewDisk, { kind: 'new' }>['original']>

export interface TreeWish {
  readonly url?: string
  readonly kernelArgs?: string
  readonly answersUrl?: string
  readonly isTextConsole?: boolean
}

/** A card without a source is plugged in where the host's usual cards are. */
export type NicWish = Partial<NewNic>

export interface Wishes {
  readonly name?: string
  readonly source?: SourceKind
  readonly disc?: InstallDisc
  readonly second?: readonly InstallDisc[]
  /** For the installer of the disc. */
  readonly answers?: AnswersWish
  readonly device?: string
  /** For a folder on a web server, as typed. */
  readonly tree?: TreeWish
  /** For a cloud image. */
  readonly cloud?: CloudWish
  readonly container?: ContainerWish
  /** Read from another hypervisor's file, which filled in the rest. */
  readonly foreign?: ForeignVm
  readonly foreignDevices?: 'emulated' | 'virtio'
  readonly foreignDisks?: 'convert' | 'in-place'
  readonly osId?: string
  /** What the medium says does not count: the user said that no system is to be assumed. */
  readonly noOs?: boolean
  readonly virtType?: string
  readonly osType?: string
  readonly architecture?: string
  readonly machine?: string
  readonly firmware?: Firmware
  readonly hasTpm?: boolean
  readonly vcpuCount?: number | string
  readonly memoryBytes?: number | string
  /** Of a size that was chosen by its name: for the first disk that is made, unless its own is said. */
  readonly storageBytes?: number
  /** Absent: one, of what the source needs. */
  readonly disks?: readonly DiskWish[]
  readonly nics?: readonly NicWish[]
  readonly graphics?: 'vnc' | 'spice' | 'none'
  /** Absent: one. */
  readonly count?: number | string
  readonly hasAutostart?: boolean
  readonly startsNow?: boolean
  /** Made in the hardware editor and on the XML page, and what the latter were made on (NewVmPlan.base). */
  readonly changes?: readonly HardwareChange[]
  readonly changesBase?: string
}
