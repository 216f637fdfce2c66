/** Moving VMs to another host: what is asked, and what would come of it. */
import { z } from 'zod'
import { hostId, vmId, vmRef } from '../ids'
import { moveOptions, tuneOptions } from './options'

export const moveInput = vmRef.extend({ to: hostId, options: moveOptions })
export type MoveInput = z.output<typeof moveInput>

/** Several of a host with the same options, so many at a time; those that something stands against stay. */
export const moveManyInput = z.object({
  host: hostId,
  vms: z.array(vmId).min(1).max(1000),
  to: hostId,
  options: moveOptions,
  atOnce: z.number().int().min(1).max(8),
})
export type MoveManyInput = z.output<typeof moveManyInput>

export const tuneInput = vmRef.extend({ options: tuneOptions })
export type TuneInput = z.output<typeof tuneInput>

/** One line of the check list. `unknown`: nobody tells, and the sentence says what to look at oneself. */
export interface MoveCheck {
  readonly id: string
  /** What was looked at: "CPU". */
  readonly title: string
  readonly state: 'ok' | 'warning' | 'error' | 'unknown'
  readonly message: string
  readonly cure?: string
  /** Of MoveOptions, where a choice mends it. */
  readonly field?: string
}

export interface PlannedMoveDisk {
  readonly target: string
  readonly from: string
  /** Copied, or seen by both hosts. */
  readonly isCopied: boolean
  /** Where a copy goes. */
  readonly pool?: string
  readonly volume?: string
  readonly path?: string
  readonly format?: string
  readonly sizeBytes?: number
}

export interface PlannedMoveNetwork {
  /** A network, or a bridge of the host. */
  readonly from: string
  readonly isBridge: boolean
  /** Absent: the destination has none of this name. */
  readonly to?: string
}

/** Nothing of it has been done. */
export interface MovePlan {
  readonly name: string
  readonly isRunning: boolean
  readonly memoryBytes: number
  readonly disks: readonly PlannedMoveDisk[]
  readonly networks: readonly PlannedMoveNetwork[]
  /** What can be chosen at the destination. */
  readonly offered: {
    readonly networks: readonly string[]
    readonly bridges: readonly string[]
    readonly pools: readonly { readonly name: string; readonly freeBytes?: number }[]
  }
  readonly checks: readonly MoveCheck[]
  /** What both CPUs have, as a definition for the VM, where its own does not fit. */
  readonly commonCpu?: string
  /** What stays at the source, in sentences. */
  readonly stays: readonly string[]
  /** The same by virsh; absent where it does not do this. */
  readonly command?: string
}
