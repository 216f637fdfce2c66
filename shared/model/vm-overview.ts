/** The read-only page about one VM, drawn from its definition (the live one while it runs). Sizes in bytes. */
export interface VmOverview {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly uuid: string
  /** "kvm", "qemu", "xen", "lxc", "test": the accelerator or driver. */
  readonly virtType: string
  /** "hvm", "xen", "exe"… */
  readonly osType: string
  readonly architecture?: string
  readonly machine?: string
  readonly firmware?: string
  /** Operating system id from libosinfo metadata, when the definition carries one. */
  readonly osId?: string
  /** As the catalogue of operating systems has it; absent for ids it does not know. */
  readonly osName?: string
  readonly cpu: {
    readonly count: number
    readonly maxCount: number
    readonly model?: string
    readonly topology?: { readonly sockets: number; readonly cores: number; readonly threads: number }
  }
  readonly memory: { readonly currentBytes: number; readonly maxBytes: number }
  readonly bootOrder: readonly string[]
  readonly disks: readonly DiskSummary[]
  readonly nics: readonly NicSummary[]
  readonly displays: readonly DisplaySummary[]
  readonly videoModel?: string
  readonly serialCount: number
  readonly hasGuestAgentChannel: boolean
  /** The guest runs, and nobody in it is at the other end of that channel. */
  readonly isAgentSilent?: true
  /** What its firmware does not offer it. */
  readonly mayNot?: readonly ('sleep' | 'hibernate')[]
  readonly hasTpm: boolean
}

export interface DiskSummary {
  readonly target: string
  readonly device: 'disk' | 'cdrom' | 'floppy' | 'lun'
  readonly bus?: string
  /** File path, block device, pool/volume or network address; absent for an empty drive. */
  readonly source?: string
  readonly format?: string
  readonly isReadOnly: boolean
  readonly isShareable: boolean
}

export interface NicSummary {
  readonly mac?: string
  readonly model?: string
  /** "network default", "bridge br0", "direct eth0", "user"… */
  readonly source: string
  /** The host's end of its cable, "vnet3"; while the VM is off only where it was chosen. */
  readonly hostDevice?: string
  readonly isLinkUp: boolean
}

export interface DisplaySummary {
  readonly type: string
  /** Where it listens now; absent while the VM is off and the port is automatic. */
  readonly address?: string
}
