/** Devices of all running VMs of a host at one moment, read while they are on the screen. */
import { z } from 'zod'
import { hostId, type VmId } from '../ids'
import type { DiskCounters, NicCounters, VcpuCounters } from '../vm-load'

export const deviceKinds = ['vcpus', 'disks', 'nics'] as const
export type DeviceKind = (typeof deviceKinds)[number]

export interface DeviceReading {
  readonly atMs: number
  /** Only what was asked for is filled. */
  readonly vms: readonly VmDevices[]
}

export interface VmDevices {
  readonly id: VmId
  readonly vcpus: readonly VcpuCounters[]
  readonly disks: readonly DiskCounters[]
  readonly nics: readonly NicCounters[]
}

export const devicesInput = z.object({ host: hostId, kind: z.enum(deviceKinds) })
