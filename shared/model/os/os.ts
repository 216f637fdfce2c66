/**
 * What is known of operating systems, as the catalogue tells it: facts of osinfo-db, which libvirt's other programs use
 * too. An `id` is libosinfo's address ("http://debian.org/debian/12"), a `shortId` what virt-install takes ("debian12").
 */
import { z } from 'zod'

export const osQuery = z.object({
  /** As typed: "deb 12", "win11". Empty: all, the usual choices first. */
  words: z.string().max(200),
  /** Only those that are known to run on it: "x86_64". */
  arch: z.string().max(32).optional(),
  /** Also those that their makers no longer look after. */
  withEnded: z.boolean().optional(),
  limit: z.number().int().min(1).max(2000).optional(),
})
export type OsQuery = z.output<typeof osQuery>

/** Of one: libosinfo's address or a short name. */
export const osRef = z.object({ id: z.string().min(1).max(200) })

/** A line of a list. */
export interface OsEntry {
  readonly id: string
  readonly shortId: string
  readonly name: string
  readonly version?: string
  /** "linux", "winnt", "freebsd"… */
  readonly family?: string
  /** "debian", "win"… */
  readonly distro?: string
  readonly vendor?: string
  readonly codename?: string
  /** "2023-06-10" */
  readonly releaseDate?: string
  readonly endDate?: string
  /** Its maker no longer looks after it. */
  readonly isEnded: boolean
  /** Not out yet, or made anew all the time. */
  readonly status?: 'prerelease' | 'snapshot' | 'rolling'
}

/** Devices an operating system has drivers for when it is installed, as far as choices depend on them. */
export const osDevices = [
  'virtio-block',
  'virtio-net',
  'virtio-scsi',
  'virtio-balloon',
  'virtio-rng',
  'virtio-console',
  'virtio-9p',
  /** The same by virtio's first standard, which the slots of q35 want. */
  'virtio1-block',
  'virtio1-net',
  'virtio1-scsi',
  'virtio1-balloon',
  'virtio1-rng',
  'virtio1-console',
  'virtio1-9p',
  'virtio1-fs',
  'virtio1-gpu',
  'virtio1-input',
  'virtio1-mem',
  'q35',
  'qxl',
  'vga',
  'vmvga',
  'usb-tablet',
  'usb3',
  'e1000',
  'e1000e',
  'rtl8139',
  'pcnet',
  'ne2k',
  'ac97',
  'ich6',
  'ich9',
] as const
export type OsDevice = (typeof osDevices)[number]

/** Sizes in bytes. */
export interface OsResources {
  readonly cpuCount?: number
  readonly memoryBytes?: number
  readonly storageBytes?: number
}

export interface OsArchResources {
  /** "all", "x86_64"… */
  readonly arch: string
  readonly minimum?: OsResources
  readonly recommended?: OsResources
  readonly maximum?: OsResources
  /** What the installer needs when it loads everything over the network. */
  readonly networkInstall?: OsResources
}

export interface OsFirmware {
  readonly arch: string
  readonly type: 'bios' | 'efi'
  readonly isSupported: boolean
}

/** Something an installation or a live system starts from. */
export interface OsMedium {
  readonly arch: string
  readonly variants: readonly string[]
  readonly isInstaller: boolean
  readonly isLive: boolean
  /** How often the installer starts the guest again; 1 unless told. */
  readonly restarts: number
  /** It can be answered by a file, as far as osinfo-db knows. */
  readonly takesScript: boolean
  readonly url?: string
  /** In the medium. */
  readonly kernel?: string
  readonly initrd?: string
}

/** A folder on the network to install from. */
export interface OsTree {
  readonly arch: string
  readonly variants: readonly string[]
  readonly url?: string
  /** Below the address; a treeinfo file there counts more. */
  readonly kernel?: string
  readonly initrd?: string
}

/** An installed system as an image. */
export interface OsImage {
  readonly arch: string
  readonly variants: readonly string[]
  /** "qcow2", "raw"… */
  readonly format: string
  readonly url?: string
  readonly takesCloudInit: boolean
}

/** A way to answer the installer by a file. */
export interface OsScript {
  /** "http://debian.org/debian/preseed/desktop" */
  readonly id: string
  readonly kind: 'preseed' | 'kickstart' | 'autoyast' | 'autoinstall' | 'windows' | 'other'
  readonly profile?: string
  /** "preseed.cfg", "autounattend.xml": what the installer looks for. */
  readonly fileName?: string
  readonly methods: readonly ('cdrom' | 'disk' | 'floppy' | 'initrd' | 'web')[]
}

/** All that is known of one. */
export interface OsKnowledge extends OsEntry {
  /** Every short name, the usual one first. */
  readonly shortIds: readonly string[]
  /** What it was made from or follows, nearest first. */
  readonly derivesFrom: readonly string[]
  /** Of it and all it derives from. */
  readonly devices: readonly OsDevice[]
  readonly resources: readonly OsArchResources[]
  /** Empty: nothing is told of it. */
  readonly firmware: readonly OsFirmware[]
  readonly variants: readonly { readonly id: string; readonly name: string }[]
  readonly media: readonly OsMedium[]
  readonly trees: readonly OsTree[]
  readonly images: readonly OsImage[]
  readonly scripts: readonly OsScript[]
  /** Who a cloud image lets in: "debian". */
  readonly cloudUser?: string
  /** The word of the kernel's line that names the tree: "inst.repo", "install". */
  readonly kernelUrlArgument?: string
}
