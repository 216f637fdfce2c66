/** All that is told of one running VM's load, read while somebody looks at it. */
import { z } from 'zod'
import type { ErrorData } from '../errors'
import { latencyMs, perSecond } from './stats'
import { vmRef, type VmRef } from './ids'

export type VcpuState = 'running' | 'blocked' | 'offline' | 'unknown'

/** Raw counters at one moment. Absent = the driver does not tell. */
export interface VmLoadCounters {
  readonly cpuTimeNs?: number
  readonly vcpus: readonly VcpuCounters[]
  readonly disks: readonly DiskCounters[]
  readonly nics: readonly NicCounters[]
  readonly memory: MemoryFigures
}

export interface VcpuCounters {
  readonly number: number
  readonly state: VcpuState
  /** The guest has told this CPU to wait for an interrupt. */
  readonly isHalted?: boolean
  readonly timeNs?: number
  readonly waitNs?: number
  readonly stealNs?: number
  /** Where it runs at the moment. */
  readonly hostCpu?: number
  /** Where it may run, as libvirt writes it: "0-3,8". */
  readonly affinity?: string
}

export interface DiskCounters {
  /** As in the definition: vda. */
  readonly target: string
  readonly source?: string
  readonly readBytes?: number
  readonly readRequests?: number
  readonly readTimeNs?: number
  readonly writeBytes?: number
  readonly writeRequests?: number
  readonly writeTimeNs?: number
  readonly flushRequests?: number
  readonly flushTimeNs?: number
  readonly capacityBytes?: number
  readonly allocationBytes?: number
  readonly physicalBytes?: number
}

export interface NicCounters {
  /** The host's end: vnet3. */
  readonly name: string
  readonly receiveBytes?: number
  readonly receivePackets?: number
  readonly receiveErrors?: number
  readonly receiveDrops?: number
  readonly sendBytes?: number
  readonly sendPackets?: number
  readonly sendErrors?: number
  readonly sendDrops?: number
}

export interface MemoryFigures {
  /** What the balloon leaves to the guest, and the most it may have. */
  readonly balloonBytes?: number
  readonly maximumBytes?: number
  readonly residentBytes?: number
  /** Absent for a VM without a balloon that can report; 0: the guest is never asked. */
  readonly reportPeriodSeconds?: number
  /** Only while the guest goes on reporting. */
  readonly guest?: GuestMemory
}

export interface GuestMemory {
  readonly totalBytes: number
  readonly usedBytes?: number
  /** Neither used nor for buffers and caches. */
  readonly unusedBytes?: number
  readonly cacheBytes?: number
  readonly swapInBytes?: number
  readonly swapOutBytes?: number
  readonly majorFaults?: number
  readonly minorFaults?: number
}

/** Sent at each beat while a window looks. */
export type VmLoadMessage =
  | ({ readonly kind: 'load' } & VmLoad)
  | { readonly kind: 'failed'; readonly ref: VmRef; readonly error: ErrorData }

/** Rates since the previous reading, beside the figures of this one. */
export interface VmLoad {
  readonly ref: VmRef
  readonly atMs: number
  /** Of one host CPU: 250 are two and a half of them. */
  readonly cpuPercent?: number
  readonly vcpus: readonly VcpuLoad[]
  readonly disks: readonly DiskLoad[]
  readonly nics: readonly NicLoad[]
  readonly memory: MemoryFigures
}

export interface VcpuLoad extends VcpuCounters {
  readonly cpuPercent?: number
  readonly waitPercent?: number
  readonly stealPercent?: number
}

export interface DiskLoad extends DiskCounters {
  readonly readBytesPerSecond?: number
  readonly writeBytesPerSecond?: number
  readonly readRequestsPerSecond?: number
  readonly writeRequestsPerSecond?: number
  readonly readLatencyMs?: number
  readonly writeLatencyMs?: number
  readonly flushLatencyMs?: number
}

export interface NicLoad extends NicCounters {
  readonly receiveBytesPerSecond?: number
  readonly sendBytesPerSecond?: number
  readonly receivePacketsPerSecond?: number
  readonly sendPacketsPerSecond?: number
}

/** Devices that were plugged in since, and counters that went backwards, have no rates yet. */
export function loadBetween(
  before: VmLoadCounters | undefined,
  now: VmLoadCounters,
  elapsedMs: number,
): Omit<VmLoad, 'ref' | 'atMs'> {
  const rate = (from: number | undefined, to: number | undefined): number | undefined =>
    perSecond(from, to, elapsedMs)
  const percent = (from: number | undefined, to: number | undefined): number | undefined => {
    const ns = rate(from, to)
    return ns === undefined ? undefined : ns / 1e7
  }
  return {
    ...known({ cpuPercent: percent(before?.cpuTimeNs, now.cpuTimeNs) }),
    vcpus: now.vcpus.map((vcpu) => {
      const old = before?.vcpus.find(({ number }) => number === vcpu.number)
      return {
        ...vcpu,
        ...known({
          cpuPercent: percent(old?.timeNs, vcpu.timeNs),
          waitPercent: percent(old?.waitNs, vcpu.waitNs),
          stealPercent: percent(old?.stealNs, vcpu.stealNs),
        }),
      }
    }),
    disks: now.disks.map((disk) => {
      const old = before?.disks.find(({ target }) => target === disk.target)
      return {
        ...disk,
        ...known({
          readBytesPerSecond: rate(old?.readBytes, disk.readBytes),
          writeBytesPerSecond: rate(old?.writeBytes, disk.writeBytes),
          readRequestsPerSecond: rate(old?.readRequests, disk.readRequests),
          writeRequestsPerSecond: rate(old?.writeRequests, disk.writeRequests),
          readLatencyMs: latencyMs(old?.readTimeNs, disk.readTimeNs, old?.readRequests, disk.readRequests),
          writeLatencyMs: latencyMs(
            old?.writeTimeNs,
            disk.writeTimeNs,
            old?.writeRequests,
            disk.writeRequests,
          ),
          flushLatencyMs: latencyMs(
            old?.flushTimeNs,
            disk.flushTimeNs,
            old?.flushRequests,
            disk.flushRequests,
          ),
        }),
      }
    }),
    nics: now.nics.map((nic) => {
      const old = before?.nics.find(({ name }) => name === nic.name)
      return {
        ...nic,
        ...known({
          receiveBytesPerSecond: rate(old?.receiveBytes, nic.receiveBytes),
          sendBytesPerSecond: rate(old?.sendBytes, nic.sendBytes),
          receivePacketsPerSecond: rate(old?.receivePackets, nic.receivePackets),
          sendPacketsPerSecond: rate(old?.sendPackets, nic.sendPackets),
        }),
      }
    }),
    memory: now.memory,
  }
}

/** Without what is not known, as an absent field says so. */
function known<T extends Record<string, number | undefined>>(
  values: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}

/** 0: the guest is not asked any more. */
export const memoryReportsInput = vmRef.extend({ periodSeconds: z.int().min(0).max(86_400) })
