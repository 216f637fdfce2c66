import { z } from 'zod'
import { valuesSchema } from '../hardware/change'
import type { Values } from '../hardware/field'
import { hostId } from '../ids'

export interface Network {
  readonly name: string
  readonly uuid: string
  readonly isActive: boolean
  readonly isPersistent: boolean
  readonly isAutostart: boolean
  /** "nat", "route", "open", "bridge", "passthrough", "private", "vepa", "hostdev"; "isolated" for one that forwards nothing. */
  readonly forward: string
  /** The host's end: "virbr0". Absent while the host has not chosen one, and for those without. */
  readonly bridge?: string
  /** Interfaces of the host that it uses: forward device, physical function. */
  readonly interfaces: readonly string[]
  /** "192.168.122.0/24". */
  readonly subnets: readonly string[]
  readonly hasDhcp: boolean
  readonly domain?: string
  /** Cards of VMs that are plugged in now, as the host counts them. */
  readonly connections?: number
}

export interface NetworkView {
  /** Fingerprint of the stored definition. */
  readonly base: string
  readonly network: Network
  /** Of the kind in network-kind.ts, as stored. */
  readonly values: Values
  readonly xml: string
  /** What runs, when it differs from what is stored. */
  readonly runningXml?: string
}

/** What a change would do. */
export interface NetworkPreview {
  readonly before: string
  readonly after: string
  /** The same by hand. */
  readonly commands: readonly string[]
  /** Parts that the running network takes at once: "DHCP reservation of web-1". */
  readonly now: readonly string[]
  /** Parts that wait until it is started again. */
  readonly afterRestart: readonly string[]
  /** Other networks, or routes of the host, that overlap with it. */
  readonly conflicts: readonly string[]
}

export interface NetworkUser {
  readonly vmName: string
  readonly vm: string
  readonly isRunning: boolean
  readonly mac: string
  readonly portGroup?: string
  /** Of the running guest: "vnet3". */
  readonly interface?: string
}

export interface Lease {
  readonly mac: string
  readonly address: string
  readonly prefix: number
  readonly hostname?: string
  readonly clientId?: string
  /** Absent: never ends. */
  readonly expiresAtMs?: number
  /** The VM with that address on one of its cards. */
  readonly vmName?: string
  readonly vm?: string
  /** The definition reserves the address for it. */
  readonly isReserved: boolean
}

export const networkRef = z.object({ host: hostId, network: z.string().min(1).max(256) })
const definition = { values: valuesSchema.optional(), xml: z.string().max(4_194_304).optional() }

/** Without `network`: of a new one. */
export const previewNetworkInput = z.object({
  host: hostId,
  network: z.string().min(1).max(256).optional(),
  ...definition,
})
export const createNetworkInput = z.object({
  host: hostId,
  ...definition,
  start: z.boolean(),
  autostart: z.boolean(),
})
export type CreateNetworkInput = z.output<typeof createNetworkInput>
export const editNetworkInput = networkRef.extend({ base: z.string().max(200), ...definition })
export type EditNetworkInput = z.output<typeof editNetworkInput>

export interface EditNetworkOutcome {
  readonly now: readonly string[]
  /** Stored, and waiting. */
  readonly afterRestart: readonly string[]
  /** Was to happen now and was refused, with the host's words. */
  readonly refused: readonly string[]
}

export const networkActions = ['start', 'stop', 'restart', 'autostart-on', 'autostart-off'] as const
export type NetworkAction = (typeof networkActions)[number]
export const networkActionInput = networkRef.extend({ action: z.enum(networkActions) })

/** A set of rules for network cards. */
export interface NetworkFilter {
  readonly name: string
  readonly uuid: string
  readonly xml: string
  readonly base: string
  readonly chain?: string
  readonly priority?: number
  readonly ruleCount: number
  /** Filters it includes. */
  readonly includes: readonly string[]
  /** Filters that include it, VMs and networks that use it: "VM web-1". */
  readonly usedBy: readonly string[]
}

export const filterRef = z.object({ host: hostId, filter: z.string().min(1).max(256) })
/** A new one, or with `base` a changed one. */
export const defineFilterInput = z.object({
  host: hostId,
  xml: z.string().min(1).max(1_048_576),
  base: z.string().max(200).optional(),
})
export type DefineFilterInput = z.output<typeof defineFilterInput>

/** What hangs on what: drawn as a map. Ids are unique in it. */
export interface NetworkMap {
  readonly nodes: readonly MapNode[]
  readonly links: readonly {
    readonly from: string
    readonly to: string
    readonly label?: string
    readonly isUp?: boolean
  }[]
}

export interface MapNode {
  readonly id: string
  readonly kind: 'outside' | 'interface' | 'bridge' | 'network' | 'card' | 'vm'
  readonly label: string
  readonly note?: string
  readonly isUp: boolean
  readonly vm?: string
}
