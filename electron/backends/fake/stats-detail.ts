/** Loads of demo VMs in detail: what the summary tells, shared out among their parts. */
import { AppError } from '../../../shared/errors'
import type { HostCounters } from '../../../shared/model/host-load'
import type { DiskCounters, NicCounters, VcpuCounters, VmLoadCounters } from '../../../shared/model/vm-load'
import type { HostInfo } from '../../../shared/model/host'
import type { VmCounters } from '../../../shared/model/stats'
import type { StatsSession } from '../stats-session'
import type { FakeHost } from './fake-host'
import { detailsOf } from './host-details'
import type { FakeVm } from './model'
import { vmCardsOf } from './networks-cards'
import { countersOf, reportPeriodOf, setReportPeriod } from './stats'

export function fakeStats(host: FakeHost, info: HostInfo, answerTime: () => Promise<void>): StatsSession {
  return {
    async vmCounters(id) {
      await answerTime()
      const vm = host.get(id)
      const counters = countersOf(vm)
      if (!counters)
        throw new AppError('invalid', 'The VM is shut off', { cure: 'It has a load while it runs' })
      return detailOf(host, info, vm, counters)
    },
    async hostCounters() {
      await answerTime()
      return hostCountersOf(host, info)
    },
    async setMemoryReports(id, periodSeconds) {
      await answerTime()
      setReportPeriod(host.get(id), periodSeconds)
    },
  }
}

/** `allCards` of the host: who reads many VMs reads them once. */
export function detailOf(
  host: FakeHost,
  info: HostInfo,
  vm: FakeVm,
  counters: VmCounters,
  allCards = vmCardsOf(host),
): VmLoadCounters {
  const { definition } = vm
  const cards = allCards.find((one) => one.vm === definition.id)?.cards ?? []
  const { memoryBytes } = counters
  return {
    cpuTimeNs: counters.cpuTimeNs ?? 0,
    vcpus: Array.from({ length: definition.vcpuCount }, (_, number): VcpuCounters => {
      const part = partOf(counters, 1 / definition.vcpuCount)
      return {
        number,
        state: 'running',
        isHalted: false,
        timeNs: part('cpuTimeNs'),
        waitNs: part('vcpuWaitNs'),
        stealNs: part('vcpuStealNs'),
        hostCpu: (number * 5 + definition.name.length) % info.cpuCount,
        affinity: `0-${info.cpuCount - 1}`,
      }
    }),
    disks: shares(definition.disks.length).map((share, index): DiskCounters => {
      const disk = definition.disks[index]
      const part = partOf(counters, share)
      const file = disk?.source === undefined ? undefined : host.files.get(disk.source)
      return {
        target: disk?.target ?? `vd${index}`,
        ...(disk?.source === undefined ? {} : { source: disk.source }),
        readBytes: part('diskReadBytes'),
        readRequests: part('diskReadRequests'),
        readTimeNs: part('diskReadTimeNs'),
        writeBytes: part('diskWriteBytes'),
        writeRequests: part('diskWriteRequests'),
        writeTimeNs: part('diskWriteTimeNs'),
        flushRequests: Math.floor(part('diskWriteRequests') / 20),
        flushTimeNs: part('diskWriteTimeNs') / 4,
        ...(file
          ? {
              capacityBytes: file.sizeBytes,
              allocationBytes: file.allocationBytes,
              physicalBytes: file.allocationBytes,
            }
          : {}),
      }
    }),
    nics: shares(cards.length).map((share, index): NicCounters => {
      const part = partOf(counters, share)
      return {
        name: cards[index]?.target ?? `vnet${index}`,
        receiveBytes: part('netReceiveBytes'),
        receivePackets: Math.floor(part('netReceiveBytes') / 900),
        receiveErrors: 0,
        receiveDrops: 0,
        sendBytes: part('netSendBytes'),
        sendPackets: Math.floor(part('netSendBytes') / 700),
        sendErrors: 0,
        sendDrops: 0,
      }
    }),
    memory: {
      balloonBytes: definition.memoryBytes,
      maximumBytes: definition.maxMemoryBytes,
      residentBytes: counters.residentBytes ?? 0,
      reportPeriodSeconds: reportPeriodOf(vm),
      ...(memoryBytes === undefined
        ? {}
        : {
            guest: {
              totalBytes: definition.memoryBytes,
              usedBytes: memoryBytes,
              unusedBytes: Math.floor((definition.memoryBytes - memoryBytes) * 0.4),
              cacheBytes: Math.floor((definition.memoryBytes - memoryBytes) * 0.6),
              swapInBytes: 0,
              swapOutBytes: 0,
            },
          }),
    },
  }
}

/** Of a hundred percent, the first takes the most. */
function shares(count: number): number[] {
  const weights = Array.from({ length: count }, (_, index) => 1 / (index + 1))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / all)
}

function partOf(counters: VmCounters, share: number): (of: Exclude<keyof VmCounters, 'id'>) => number {
  return (of) => Math.floor((counters[of] ?? 0) * share)
}

function hostCountersOf(host: FakeHost, info: HostInfo): HostCounters {
  const { cpu, memory } = detailsOf(host, info)
  const { busyNs, totalNs } = cpu.time ?? { busyNs: 0, totalNs: 0 }
  // a demonstration has some waiting as well
  const ioWaitNs = (totalNs - busyNs) * 0.03
  return {
    cpu: { userNs: busyNs * 0.8, systemNs: busyNs * 0.2, ioWaitNs, idleNs: totalNs - busyNs - ioWaitNs },
    ...(memory?.freeBytes === undefined
      ? {}
      : {
          memory: {
            totalBytes: memory.totalBytes,
            freeBytes: memory.freeBytes,
            ...(memory.cachedBytes === undefined ? {} : { cachedBytes: memory.cachedBytes }),
          },
        }),
  }
}
