import type { VmOverview } from '../../../shared/model/vm-overview'
import { isActive } from '../../../shared/model/vm'
import type { FakeVm } from './model'

export function overviewOf(vm: FakeVm, displayPort: number): VmOverview {
  const { definition } = vm
  const { display } = definition
  return {
    name: definition.name,
    ...(definition.title === undefined ? {} : { title: definition.title }),
    ...(definition.description === undefined ? {} : { description: definition.description }),
    uuid: definition.id,
    virtType: definition.virtType ?? 'kvm',
    osType: definition.osType ?? 'hvm',
    architecture: definition.architecture ?? 'x86_64',
    machine: definition.machine,
    firmware: definition.firmware,
    ...(definition.osId === undefined ? {} : { osId: definition.osId }),
    cpu: {
      count: definition.vcpuCount,
      maxCount: definition.maxVcpuCount,
      model: definition.cpuModel,
      topology: { sockets: 1, cores: definition.maxVcpuCount, threads: 1 },
    },
    memory: { currentBytes: definition.memoryBytes, maxBytes: definition.maxMemoryBytes },
    bootOrder: definition.disks.some((disk) => disk.device === 'cdrom') ? ['hd', 'cdrom'] : ['hd'],
    disks: definition.disks.map(({ sourceType: _, ...disk }) => disk),
    nics: definition.nics.map((nic) => ({
      mac: nic.mac,
      model: nic.model,
      source: `${nic.source.kind} ${nic.source.name}`.trim(),
      isLinkUp: nic.isLinkUp,
    })),
    displays:
      display.kind === 'none'
        ? []
        : [
            {
              type: display.kind,
              ...(isActive(vm.state) ? { address: `${display.listen ?? '127.0.0.1'}:${displayPort}` } : {}),
            },
          ],
    ...(display.kind === 'none' ? {} : { videoModel: display.kind === 'spice' ? 'qxl' : 'virtio' }),
    serialCount: definition.serialCount,
    hasGuestAgentChannel: definition.hasGuestAgentChannel,
    hasTpm: definition.hasTpm,
  }
}
