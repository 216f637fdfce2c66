/**
 * What a user wants of a new VM, as the wizard asks for it, and what main makes of it before anything is done. The window
 * works out sensible answers from what the host offers (`suggest.ts`); main checks and resolves them again.
 */
import { z } from 'zod'
import { hardwareChange } from '../hardware/change'
import type { HardwareView } from '../hardware/view'
import { hostId } from '../ids'
import type { AccessFix } from '../storage/image'
import { vmName } from '../vm'
import { answers, type AnswersFile } from './answers/answers'
import { cloudInit } from './cloud'
import type { SeedFile } from './cloud-init'
import { containerSource } from './container'
import { treeSource } from './install-tree'

const word = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9_.+:-]+$/)

/** An image or disc on the host: a volume of a pool, or a file that is in none. */
export const placeOnHost = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('volume'),
    pool: z.string().min(1).max(256),
    volume: z.string().min(1).max(1024),
  }),
  z.object({ kind: z.literal('path'), path: z.string().startsWith('/').max(4096) }),
])
export type PlaceOnHost = z.output<typeof placeOnHost>

const copyTo = z.string().min(1).max(256).optional()
/** `copyTo`: a pool that the host copies it into first, as VMs cannot get to where it is. */
export const installDisc = z.discriminatedUnion('kind', [
  placeOnHost.options[0].extend({ copyTo }),
  placeOnHost.options[1].extend({ copyTo }),
])
export type InstallDisc = z.output<typeof installDisc>

/** A disk that belongs to a file of this computer: the description of a VM, or a package of both. */
export const localDisk = z.object({
  kind: z.literal('local'),
  /** As `files.chooseLocal` named it. */
  file: z.string().min(1).max(64),
  /** Its name in the package, or beside the description. */
  member: z.string().min(1).max(1024),
})
export type LocalDisk = z.output<typeof localDisk>

const bus = z.enum(['virtio', 'sata', 'scsi', 'ide', 'usb', 'xen'])
const sizeBytes = z
  .number()
  .int()
  .min(1024 * 1024)
  .max(2 ** 53 - 1)

export const newDisk = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('new'),
    pool: z.string().min(1).max(256),
    /** Name of the volume; absent: after the VM. */
    volume: z.string().min(1).max(255).optional(),
    sizeBytes,
    format: z.enum(['qcow2', 'raw']),
    /** Takes all its space at once. */
    isFull: z.boolean(),
    bus: bus.optional(),
    /** It begins as a copy of this image, in its own format, and is as large at the least. */
    original: z.discriminatedUnion('kind', [...placeOnHost.options, localDisk]).optional(),
  }),
  /** As it is: what the VM writes is written there. */
  z.object({ kind: z.literal('existing'), image: placeOnHost, bus: bus.optional() }),
])
export type NewDisk = z.output<typeof newDisk>

export const newNic = z.object({
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('network'), name: z.string().min(1).max(256), portGroup: word.optional() }),
    z.object({ kind: z.literal('bridge'), name: z.string().min(1).max(64) }),
    /** A macvtap on an interface of the host. */
    z.object({ kind: z.literal('direct'), interface: z.string().min(1).max(64) }),
    /** What the hypervisor's own process can reach, for hosts without networks. */
    z.object({ kind: z.literal('user') }),
  ]),
  model: word.optional(),
})
export type NewNic = z.output<typeof newNic>

/** Where the system comes from. */
export const installSource = z.discriminatedUnion('kind', [
  /** `second`: more discs, as add-on media or drivers; in this order. */
  z.object({
    kind: z.literal('iso'),
    disc: installDisc,
    second: z.array(installDisc).max(3),
    /** Absent: the installer asks. */
    answers: answers.optional(),
  }),
  /** A drive of the host, with the disc that lies in it. */
  z.object({ kind: z.literal('drive'), device: z.string().startsWith('/dev/').max(256) }),
  z.object({ kind: z.literal('network-boot') }),
  /** The first disk has a system already. */
  z.object({ kind: z.literal('import') }),
  /** A copy of an installed system, or a layer on it, becomes the first disk, before those of `disks`. */
  z.object({
    kind: z.literal('cloud'),
    base: placeOnHost,
    /** `overlay`: only what differs from the image is stored, which must stay as it is from then on. */
    how: z.enum(['copy', 'overlay']),
    pool: z.string().min(1).max(256),
    /** Absent: as large as the image. */
    sizeBytes: sizeBytes.optional(),
    init: cloudInit,
  }),
  /** A folder on a web server: its kernel makes the first start. */
  treeSource,
  containerSource,
  z.object({ kind: z.literal('none') }),
])
export type InstallSource = z.output<typeof installSource>

/** So many VMs are made at once; each is a task. */
export const maxSeries = 50

export const firmwares = ['bios', 'efi', 'efi-secure'] as const
export type Firmware = (typeof firmwares)[number]

export const newVmInput = z.object({
  host: hostId,
  name: vmName,
  /** Several: `name` is what they have before their numbers. */
  count: z.number().int().min(1).max(maxSeries).optional(),
  description: z.string().max(65_536).optional(),
  /** One of those the host offers (HostCapabilities.guests). */
  guest: z.object({
    virtType: word,
    osType: word,
    architecture: word,
    /** The hypervisor's default when absent. */
    machine: word.optional(),
  }),
  /** Identifier of libosinfo: "http://debian.org/debian/12". */
  osId: z.string().max(200).optional(),
  source: installSource,
  vcpuCount: z.number().int().min(1).max(4096),
  memoryBytes: sizeBytes,
  /** The hypervisor's default when absent. */
  firmware: z.enum(firmwares).optional(),
  hasTpm: z.boolean(),
  disks: z.array(newDisk).max(16),
  nics: z.array(newNic).max(16),
  /** `none`: text only, on the serial line. */
  graphics: z.enum(['vnc', 'spice', 'none']),
  hasAutostart: z.boolean(),
  startsNow: z.boolean(),
  /** What the user changed on the definition that came of all this, in the hardware editor. */
  changes: z.array(hardwareChange).max(500),
  /** NewVmPlan.base of the plan that a definition among the changes was written for. */
  changesBase: z.string().max(200).optional(),
})
export type NewVmInput = z.output<typeof newVmInput>

/** A file that will be made, or is used as it is; `fetch`: from the web, for the first start only; `upload`: from this computer. */
export interface PlannedFile {
  readonly action: 'create' | 'use' | 'fetch' | 'upload'
  /** `seed`: cloud-init's disc; `answers`: the installer's; `original` is copied, `base` is what a disk is built on. */
  readonly what: 'disk' | 'disc' | 'seed' | 'answers' | 'original' | 'base' | 'kernel' | 'initrd'
  /** "default/web-01.qcow2", or a path. */
  readonly name: string
  readonly path?: string
  /** Its address on the web. */
  readonly from?: string
  readonly sizeBytes?: number
  /** What is free where it will be. */
  readonly freeBytes?: number
}

/** What stands against it (`error`), or what the user should know (`warning`). */
export interface PlanProblem {
  readonly level: 'error' | 'warning'
  /** Of NewVmInput, "disks.0.sizeBytes": where the wizard shows it. */
  readonly field?: string
  readonly message: string
  readonly cure?: string
  /** What the app can do about it at once. */
  readonly fix?: PlanFix
}

export type PlanFix =
  | { readonly kind: 'start-network'; readonly network: string }
  /** VMs do not get to an image. */
  | {
      readonly kind: 'unreadable'
      readonly path: string
      /** Lets them; absent where no command can be run on the host. */
      readonly grant?: AccessFix
      /** Pools whose files they can read, best first: the image can be copied there before. */
      readonly copyTo: readonly string[]
    }

/** Nothing of it has been done. */
export interface NewVmPlan {
  /** The definition, as the host will get it, without secrets. */
  readonly xml: string
  /** A fingerprint of the definition without any of the changes. */
  readonly base: string
  /** For the hardware editor: what its pages begin with, so without the changes made there since the last text. */
  readonly view: HardwareView
  /** Of several VMs: what each will be called. */
  readonly names?: readonly string[]
  readonly files: readonly PlannedFile[]
  readonly problems: readonly PlanProblem[]
  /** What cloud-init will read at the first start, without the password. */
  readonly cloudInit?: readonly SeedFile[]
  /** What the installer will read, without the password. */
  readonly answers?: readonly AnswersFile[]
  /** What the kernel of the installer is told, where one is started. */
  readonly kernelLine?: string
  /** The same by virt-install, each word quoted for a shell; absent where it cannot be said so. */
  readonly command?: string
  /** What the command does differently, in sentences. */
  readonly commandNotes: readonly string[]
}
