import { z } from 'zod'
import type { ErrorData } from '../errors'
import { hostId } from './ids'

/** What a host has for its VMs to use: what the hardware editor offers in its choosers. Read on demand. */
export interface HostChoices {
  readonly networks: Listed<NetworkChoice>
  readonly interfaces: Listed<HostInterface>
  readonly filters: Listed<FilterChoice>
  readonly pools: Listed<PoolChoice>
  readonly secrets: Listed<SecretChoice>
  /** Of all VMs of the host, running and stored: a MAC address must not be used twice. */
  readonly macs: Listed<UsedMac>
}

/** One driver that refuses, or is slow, does not take away the other lists; what could be read is there besides. */
export interface Listed<T> {
  readonly items: readonly T[]
  readonly error?: ErrorData
}

export interface NetworkChoice {
  readonly name: string
  readonly isActive: boolean
  /** "nat", "route", "open", "bridge", "hostdev"… as libvirt names them; "isolated" for one that forwards nothing. */
  readonly forward: string
  readonly bridge?: string
  readonly portGroups: readonly { readonly name: string; readonly isDefault: boolean }[]
}

export interface HostInterface {
  readonly name: string
  readonly kind: InterfaceKind
  /** Absent where nobody tells. */
  readonly isUp?: boolean
  readonly mac?: string
  /** With prefix: "192.0.2.7/24". */
  readonly addresses: readonly string[]
  /** The bridge or bond it is a part of. */
  readonly partOf?: string
  /** What a VLAN sits on, and its number. */
  readonly lower?: string
  readonly vlanId?: number
  /** The largest packet. */
  readonly mtuBytes?: number
  readonly bridge?: BridgeSettings
}

/** How a bridge of the kernel works; times in seconds (ip-link(8), "bridge"). */
export interface BridgeSettings {
  readonly stp: boolean
  readonly priority?: number
  readonly forwardDelayS?: number
  readonly helloTimeS?: number
  readonly maxAgeS?: number
  readonly ageingTimeS?: number
  /** Hexadecimal, as the kernel has it: which frames of link-local protocols pass. */
  readonly groupForwardMask?: string
  readonly multicastSnooping?: boolean
  readonly vlanFiltering?: boolean
  readonly defaultVlan?: number
}

/** `virtual`: made by software, such as a veth or dummy; `unknown`: the host names it and says no more. */
export const interfaceKinds = [
  'bridge',
  'openvswitch',
  'physical',
  'bond',
  'vlan',
  'virtual',
  'unknown',
] as const
export type InterfaceKind = (typeof interfaceKinds)[number]

/** Network cards of VMs can be plugged into it. */
export function takesCards({ kind }: HostInterface): boolean {
  return kind === 'bridge' || kind === 'openvswitch'
}

/** A macvtap can sit on it, which shares it with a VM ("direct"). A bridge already shares what it holds. */
export function takesMacvtap({ kind }: HostInterface): boolean {
  return kind !== 'bridge' && kind !== 'openvswitch'
}

export interface FilterChoice {
  readonly name: string
  readonly uuid: string
}

export const poolStates = ['inactive', 'building', 'running', 'degraded', 'inaccessible', 'unknown'] as const
export type PoolState = (typeof poolStates)[number]

export interface PoolChoice {
  readonly name: string
  readonly state: PoolState
  /** "dir", "logical", "rbd"… as libvirt names them. */
  readonly type: string
  /** Where its volumes are, for pools that are a folder of the host. */
  readonly path?: string
  readonly capacityBytes?: number
  readonly availableBytes?: number
}

/** Never with its value. */
export interface SecretChoice {
  readonly uuid: string
  readonly usageType: SecretUsage
  readonly usageId?: string
}

export const secretUsages = ['none', 'volume', 'ceph', 'iscsi', 'tls', 'vtpm', 'unknown'] as const
export type SecretUsage = (typeof secretUsages)[number]

export interface UsedMac {
  readonly vmName: string
  /** Lower case, with colons. */
  readonly mac: string
}

export const volumesInput = z.object({ host: hostId, pool: z.string().min(1).max(256) })

/** So many volumes of a pool are told; who has more types the path. */
export const maxVolumes = 5000

export interface VolumeList {
  readonly volumes: readonly VolumeChoice[]
  /** There are more than were told. */
  readonly isTruncated: boolean
}

export interface VolumeChoice {
  readonly name: string
  /** What a disk of a VM names: a path, or what stands for it in pools without files. */
  readonly path: string
  readonly type: VolumeType
  /** The following are absent where reading all of a large pool would have taken too long. */
  readonly format?: string
  readonly capacityBytes?: number
  readonly allocationBytes?: number
}

export const volumeTypes = ['file', 'block', 'dir', 'network', 'netdir', 'ploop', 'unknown'] as const
export type VolumeType = (typeof volumeTypes)[number]

/** VMs that have this address already. */
export function usersOfMac(macs: readonly UsedMac[], mac: string): string[] {
  const wanted = mac.trim().toLowerCase()
  return [...new Set(macs.filter((one) => one.mac === wanted).map((one) => one.vmName))]
}
