/** Devices of all running VMs of a host, by one call. */
import type { VmId } from '../../../../shared/model/ids'
import type { DeviceKind, VmDevices } from '../../../../shared/model/monitor/devices'
import { isActive } from '../../../../shared/model/vm'
import { isNoDomain, virDomainStatsTypes as groups, type CallOptions } from '../../../libvirt-rpc/index'
import { vmIdOf } from '../domain-handle'
import { numberIn } from '../domain-stats'
import { vmStateOf } from '../domain-state'
import type { LibvirtHost } from '../host'
import { readPlacement, type Placement } from '../stats/placement'
import { disksFrom, nicsFrom, vcpusFrom } from '../stats/vm-counters'
import { windowed } from '../../windowed'

const options: CallOptions = { priority: 'poll', timeoutMs: 10_000 }
const ioFields = ['bytes', 'reqs', 'times']

const wishes: Readonly<Record<DeviceKind, { readonly group: number; readonly fields: readonly string[] }>> = {
  vcpus: {
    group: groups.VIR_DOMAIN_STATS_VCPU,
    fields: ['vcpu.maximum', ...['state', 'time', 'wait', 'delay'].map((field) => `vcpu.*.${field}`)],
  },
  disks: {
    group: groups.VIR_DOMAIN_STATS_BLOCK,
    fields: [
      'block.count',
      'block.*.name',
      'block.*.path',
      ...['rd', 'wr', 'fl'].flatMap((way) => ioFields.map((field) => `block.*.${way}.${field}`)),
    ],
  },
  nics: {
    group: groups.VIR_DOMAIN_STATS_INTERFACE,
    fields: [
      'net.count',
      'net.*.name',
      ...['rx', 'tx'].flatMap((way) =>
        ['bytes', 'pkts', 'errs', 'drop'].map((field) => `net.*.${way}.${field}`),
      ),
    ],
  },
}

/** Where vCPUs run is a question to each VM: on a host with more than so many that run it is not asked. */
const mostPlaced = 32
const placementWidth = 4

async function placementUnlessGone(host: LibvirtHost, id: VmId): Promise<Placement> {
  try {
    return await readPlacement(host, id)
  } catch (error) {
    if (isNoDomain(error)) return new Map()
    throw error
  }
}

export async function readDevices(host: LibvirtHost, kind: DeviceKind): Promise<VmDevices[]> {
  const { group, fields } = wishes[kind]
  const stats = await host.bulk.readEach(group | groups.VIR_DOMAIN_STATS_STATE, ['state.state', ...fields], {
    ...options,
    activeOnly: true,
  })
  const active = (stats ?? []).filter(({ values }) =>
    isActive(vmStateOf(numberIn(values, 'state.state') ?? 0)),
  )
  const placements =
    kind === 'vcpus' && active.length <= mostPlaced
      ? await windowed(active, placementWidth, ({ domain }) => placementUnlessGone(host, vmIdOf(domain)))
      : []
  return active.map(({ domain, values }, at) => ({
    id: vmIdOf(domain),
    vcpus: kind === 'vcpus' ? vcpusFrom(values, placements[at] ?? new Map()) : [],
    disks: kind === 'disks' ? disksFrom(values) : [],
    nics: kind === 'nics' ? nicsFrom(values) : [],
  }))
}
