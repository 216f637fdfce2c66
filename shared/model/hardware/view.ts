import type { Values } from './field'

/** Names a piece of hardware of one VM: for a disk its target, for a network card its MAC address, else its number. */
export interface ItemRef {
  readonly kind: string
  readonly key: string
}

export interface HardwareItem {
  readonly ref: ItemRef
  /** As stored: what the next start uses. */
  readonly values: Values
  /** What the guest has now, while it runs; absent when it does not have this item. */
  readonly live?: Values
  /** Where it is plugged in: "PCI 0000:03:00.0". */
  readonly address?: string
  /** Parts of its definition that no field shows; they are kept. */
  readonly hasMore: boolean
}

/** What kind of machine the definition describes; what can be offered follows from it. */
export interface GuestFacts {
  /** "kvm", "qemu", "xen", "lxc", "test"… */
  readonly virtType: string
  /** "hvm", "xen", "linux", "exe"… */
  readonly osType: string
  readonly architecture: string
  readonly machine: string
  /** From libosinfo's metadata: "http://microsoft.com/win/11". */
  readonly osId?: string
}

/** The hardware of a VM as its pages show it. */
export interface HardwareView {
  /** Fingerprint of the definition this was read from; changes are made against it. */
  readonly base: string
  readonly name: string
  readonly guest: GuestFacts
  readonly isRunning: boolean
  /** A transient VM has only what runs. */
  readonly isPersistent: boolean
  readonly items: readonly HardwareItem[]
  /** What differs between the running VM and what the next start will use. */
  readonly pending: readonly PendingDifference[]
}

export interface PendingDifference {
  readonly item: ItemRef
  readonly what:
    | {
        readonly kind: 'changed'
        readonly field: string
        readonly now: Values[string]
        readonly next: Values[string]
      }
    /** Comes at the next start. */
    | { readonly kind: 'added' }
    /** Goes at the next start. */
    | { readonly kind: 'removed' }
    /** Something no field shows. */
    | { readonly kind: 'other' }
}

/** What would happen, before anything does. */
export interface ChangePreview {
  /** The stored definition before and after, without secrets. */
  readonly before: string
  readonly after: string
  /** For each change, in the order given. */
  readonly effects: readonly ChangeEffect[]
  /** The same by hand, one command or here-document each. */
  readonly commands: readonly string[]
}

/** `partly`: some of its fields now, the others at the next start. */
export type When = 'now' | 'partly' | 'next-start'

export interface ChangeEffect {
  readonly when: When
  /** Why not all of it now. */
  readonly why?: string
}

export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly results: readonly ChangeResult[]; readonly base: string }
  /**
   * Somebody else changed the VM since `base`; nothing was done. Definitions without secrets; `before` is absent when main
   * no longer knows it, `ours` when our changes do not fit what was before.
   */
  | {
      readonly kind: 'conflict'
      readonly base: string
      readonly before?: string
      readonly theirs: string
      readonly ours?: string
    }

export interface ChangeResult {
  readonly when: When
  /** It was to happen now and did not: the reason. It is stored for the next start. */
  readonly whyNotNow?: string
  /** The host's own words for it. */
  readonly detail?: string
  /** The same change with `isForced` would reach the guest. */
  readonly canBeForced?: boolean
}

/** A definition as text that may be edited: secrets are replaced by a mark, which stands for what was there. */
export interface DefinitionText {
  readonly xml: string
  readonly base: string
}

/** A change that was made through Innkeeper, newest first. Definitions are without secrets. */
export interface HistoryEntry {
  readonly id: string
  readonly atMs: number
  /** "Disk vda: cache mode", in the words of the form. */
  readonly title: string
  readonly commands: readonly string[]
  readonly before: string
  readonly after: string
}
