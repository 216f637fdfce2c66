import { z } from 'zod'
import type { PoolState } from '../host-choices'
import { valuesSchema } from '../hardware/change'
import type { Values } from '../hardware/field'
import { hostId } from '../ids'

/** As libvirt lists it; the sizes are absent while it is not active. */
export interface Pool {
  readonly name: string
  readonly uuid: string
  readonly state: PoolState
  /** "dir", "logical", "rbd"… as libvirt names them; `poolTypes` knows more about each. */
  readonly type: string
  readonly isAutostart: boolean
  /** False: it is gone as soon as it is stopped. */
  readonly isPersistent: boolean
  /** Where its volumes are seen on the host. */
  readonly path?: string
  /** Where they come from, in one line: "nas:/exports/images", "vg_guests", "/dev/sdb". */
  readonly source?: string
  readonly capacityBytes?: number
  readonly allocationBytes?: number
  readonly availableBytes?: number
}

/** A pool as its form and its XML page show it. */
export interface PoolView {
  /** Fingerprint of the stored definition; changes are made against it. */
  readonly base: string
  readonly pool: Pool
  /** Of the kind in pool-kind.ts. */
  readonly values: Values
  /** Stored, without secrets. */
  readonly xml: string
}

/** Something a pool could be made of, as the host found it: an export, a target, a volume group. */
export interface FoundSource {
  /** What to show: "/exports/images", "iqn.2026-01.example:disks". */
  readonly label: string
  /** Into the form. */
  readonly values: Values
  /** A pool of this host uses it already. */
  readonly usedBy?: string
}

/** What the definition that a form describes looks like, and the same by hand. Nothing is changed. */
export interface PoolPreview {
  readonly xml: string
  readonly commands: readonly string[]
}

/** What goes with a pool, before it does: told by name, worked out afresh when it is done. */
export interface PoolDeletePlan {
  readonly pool: Pool
  /** Absent while the pool is not active, as nobody knows then. */
  readonly volumeCount?: number
  /** VMs with disks in it, running or not. */
  readonly users: readonly {
    readonly vmName: string
    readonly isRunning: boolean
    readonly volumes: readonly string[]
  }[]
  /** VMs and pools that could not be read: more may use it. Absent when all were. */
  readonly unread?: readonly string[]
  /** Whether the host can also remove what the pool is made of (a folder if empty, a volume group). */
  readonly canDestroy: boolean
  /** What that destroys, a sentence: "The volume group vg_guests with 12 volumes is deleted". */
  readonly destroys?: string
  /** What its VMs lose when only the definition goes (W1-06), a sentence; absent when nothing. */
  readonly detaches?: string
}

export const poolRef = z.object({ host: hostId, pool: z.string().min(1).max(256) })

export const discoverInput = z.object({
  host: hostId,
  type: z.string().min(1).max(32),
  /** Server to ask, for those on the network. */
  server: z.string().max(255).optional(),
  /** iSCSI only: who asks. */
  initiator: z.string().max(255).optional(),
})

export const previewPoolInput = z.object({ host: hostId, values: valuesSchema })

export const createPoolInput = z.object({
  host: hostId,
  /** Of the kind in pool-kind.ts; or a whole definition as text. */
  values: valuesSchema.optional(),
  xml: z.string().max(1_048_576).optional(),
  /**
   * Whether the host makes what the pool is made of first: a folder, a file system, a partition table, a volume group.
   * `build` refuses where there is something already, `overwrite` destroys it.
   */
  build: z.enum(['no', 'build', 'overwrite']),
  start: z.boolean(),
  autostart: z.boolean(),
})
export type CreatePoolInput = z.output<typeof createPoolInput>

export const editPoolInput = poolRef.extend({
  base: z.string().max(200),
  values: valuesSchema.optional(),
  xml: z.string().max(1_048_576).optional(),
})
export type EditPoolInput = z.output<typeof editPoolInput>

export const poolActions = ['start', 'stop', 'refresh', 'build', 'autostart-on', 'autostart-off'] as const
export type PoolAction = (typeof poolActions)[number]
export const poolActionInput = poolRef.extend({ action: z.enum(poolActions) })

export const deletePoolInput = poolRef.extend({
  /** `definition`: the host forgets it, the data stay. `everything`: what it is made of goes too. */
  what: z.enum(['definition', 'everything']),
})

export const copyPoolInput = poolRef.extend({ to: z.array(hostId).min(1).max(200), start: z.boolean() })
