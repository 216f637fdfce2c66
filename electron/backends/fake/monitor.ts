import { AppError } from '../../../shared/errors'
import { runsXen, type HostInfo } from '../../../shared/model/host'
import type { DeviceKind, VmDevices } from '../../../shared/model/monitor/devices'
import type { KvmReading } from '../../../shared/model/monitor/kvm'
import type { MonitorSession } from '../monitor-session'
import type { FakeHost } from './fake-host'
import type { FakeVm } from './model'
import { vmCardsOf } from './networks-cards'
import { countersOf } from './stats'
import { xenDomainsOf } from './xen-domains'
import { detailOf } from './stats-detail'

/** How often each happens in a second of a busy virtual CPU; what a real host of this kind shows. */
const perBusySecond: Readonly<Record<string, number>> = {
  exits: 2600,
  fpu_reload: 310,
  halt_attempted_poll: 420,
  halt_exits: 510,
  halt_successful_poll: 230,
  halt_wakeup: 270,
  host_state_reload: 730,
  insn_emulation: 140,
  io_exits: 95,
  irq_exits: 180,
  irq_injections: 340,
  irq_window_exits: 0,
  mmio_exits: 60,
  nmi_injections: 0,
  pf_taken: 25,
  remote_tlb_flush: 6,
  req_event: 690,
  request_irq_exits: 0,
  signal_exits: 4,
  tlb_flush: 37,
}

export function fakeMonitor(host: FakeHost, info: HostInfo, answerTime: () => Promise<void>): MonitorSession {
  return {
    xen: async () => {
      await answerTime()
      if (!runsXen(info)) throw new AppError('unsupported', 'This host does not run Xen')
      return xenDomainsOf(host, info)
    },
    devices: async (kind) => {
      await answerTime()
      return devicesOf(host, info, kind)
    },
    kvm: async () => {
      await answerTime()
      return kvmOf([...host.vms.values()], performance.now())
    },
  }
}

function devicesOf(host: FakeHost, info: HostInfo, kind: DeviceKind): VmDevices[] {
  const allCards = kind === 'nics' ? vmCardsOf(host) : []
  return [...host.vms.values()].flatMap((vm) => {
    const counters = countersOf(vm)
    if (!counters) return []
    const { vcpus, disks, nics } = detailOf(host, info, vm, counters, allCards)
    const none = { vcpus: [], disks: [], nics: [] }
    return [{ id: vm.definition.id, ...none, [kind]: { vcpus, disks, nics }[kind] }]
  })
}

/** Those that KVM runs: each counts in proportion to what it computes. */
function kvmOf(vms: readonly FakeVm[], uptimeMs: number): KvmReading {
  const events = Object.keys(perBusySecond)
  const running = vms.filter(
    ({ run, definition }) => run !== undefined && (definition.virtType ?? 'kvm') === 'kvm',
  )
  return {
    uptimeMs: Math.round(uptimeMs),
    events,
    guests: running.map((vm, at) => {
      const busySeconds = (countersOf(vm)?.cpuTimeNs ?? 0) / 1e9
      const pid = 2100 + at * 37
      return {
        id: `${pid}-12`,
        pid,
        vm: vm.definition.id,
        name: vm.definition.name,
        values: events.map((event) => Math.floor(busySeconds * (perBusySecond[event] ?? 0))),
      }
    }),
  }
}
