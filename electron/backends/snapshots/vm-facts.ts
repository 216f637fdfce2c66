/** What a definition says that snapshots depend on (https://libvirt.org/formatdomain.html). */
import { assignedTitle } from './assigned-title'
import type { EditElement } from '../../domain-xml/edit/tree'
import { parseXml } from '../../domain-xml/document'
import { readAssignedDevices } from '../../domain-xml/assigned-devices'
import type { DiskFacts, VmFacts } from './reading'

type Told = Pick<VmFacts, 'disks' | 'agent' | 'passthrough' | 'nvramFormat'>

export function factsOfDefinition(domain: EditElement): Told {
  const nvramFormat = nvramOf(domain)
  return {
    disks: (domain.find('devices')?.children('disk') ?? []).map(diskOf),
    agent: agentOf(domain),
    passthrough: readAssignedDevices(parseXml(domain.toString()).root)
      .filter(({ kind }) => kind !== 'block')
      .map(assignedTitle),
    ...(nvramFormat === undefined ? {} : { nvramFormat }),
  }
}

function diskOf(disk: EditElement): DiskFacts {
  const source = disk.find('source')
  const file = source?.attribute('file')
  const path = file ?? source?.attribute('dev')
  const device = disk.attribute('device') ?? 'disk'
  const format = disk.find('driver')?.attribute('type')
  return {
    target: disk.find('target')?.attribute('dev') ?? '',
    device,
    ...(path?.startsWith('/') === true ? { path } : {}),
    ...(format === undefined ? {} : { format }),
    isFile: file !== undefined,
    isReadOnly: device === 'cdrom' || disk.find('readonly') !== undefined,
    isShareable: disk.find('shareable') !== undefined,
  }
}

function nvramOf(domain: EditElement): string | undefined {
  const os = domain.find('os')
  const isUefi =
    os?.attribute('firmware') === 'efi' ||
    os?.find('loader')?.attribute('type') === 'pflash' ||
    os?.find('nvram') !== undefined
  return isUefi ? (os?.find('nvram')?.attribute('format') ?? 'raw') : undefined
}

function agentOf(domain: EditElement): VmFacts['agent'] {
  const channel = (domain.find('devices')?.children('channel') ?? [])
    .map((one) => one.find('target'))
    .find((target) => target?.attribute('name') === 'org.qemu.guest_agent.0')
  if (!channel) return 'none'
  return channel.attribute('state') === 'connected' ? 'connected' : 'silent'
}
