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

/** The hardware of a VM as its pages show it. */
export interface HardwareView {
  /** Fingerprint of the definition this was read from; changes are made against it. */
  readonly base: string
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

export interface ChangeEffect {
  readonly when: 'now' | 'next-start'
  /** Why only at the next start. */
  readonly why?: string
}

export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly results: readonly ChangeResult[] }
  /** Somebody else changed the VM since `base`; nothing was done. */
  | { readonly kind: 'conflict'; readonly base: string; readonly theirs: string; readonly ours: string }

export interface ChangeResult {
  readonly when: 'now' | 'next-start'
  /** It was to happen now and did not: the host's reason. It is stored for the next start. */
  readonly whyNotNow?: string
}
