/** Domain XML → what the Overview page shows (https://libvirt.org/formatdomain.html). */
import type { NicSummary, VmOverview } from '../../shared/model/vm-overview'
import { given } from '../../shared/given'
import { readDisks, sourceText } from './disks'
import { displayAddress, readDisplays } from './displays'
import type { XmlElement } from './document'
import { countOf, sizeOf } from './sizes'

export function readOverview(domain: XmlElement): VmOverview {
  const devices = domain.find('devices')
  const disks = readDisks(domain)
  const type = domain.find('os', 'type')
  return {
    name: domain.textOf('name') ?? '',
    ...given('title', domain.textOf('title')),
    ...given('description', domain.textOf('description')),
    uuid: domain.textOf('uuid') ?? '',
    virtType: domain.attribute('type') ?? 'unknown',
    osType: type?.text() ?? 'unknown',
    ...given('architecture', type?.attribute('arch')),
    ...given('machine', type?.attribute('machine')),
    ...given('firmware', firmwareOf(domain)),
    ...given('osId', osIdOf(domain)),
    cpu: cpuOf(domain),
    memory: memoryOf(domain),
    bootOrder: bootOrderOf(domain),
    disks: disks.map((disk) => ({
      target: disk.target,
      device: disk.device,
      ...given('bus', disk.bus),
      ...given('source', disk.source && sourceText(disk.source)),
      ...given('format', disk.format),
      isReadOnly: disk.isReadOnly,
      isShareable: disk.isShareable,
    })),
    nics: (devices?.children('interface') ?? []).map(nicOf),
    displays: readDisplays(domain).map((display) => ({
      type: display.type,
      ...given('address', displayAddress(display)),
    })),
    ...given('videoModel', devices?.find('video', 'model')?.attribute('type')),
    serialCount: devices?.children('serial').length ?? 0,
    hasGuestAgentChannel: hasGuestAgentChannel(domain),
    ...given('isAgentSilent', isAgentSilent(domain) || undefined),
    ...given('mayNot', mayNot(domain)),
    hasTpm: devices?.find('tpm') !== undefined,
  }
}

export function hasGuestAgentChannel(domain: XmlElement): boolean {
  return agentChannel(domain) !== undefined
}

function agentChannel(domain: XmlElement): XmlElement | undefined {
  return domain
    .find('devices')
    ?.children('channel')
    .map((channel) => channel.find('target'))
    .find((target) => target?.attribute('name') === 'org.qemu.guest_agent.0')
}

/** Only told of running guests (https://libvirt.org/formatdomain.html#channel). */
function isAgentSilent(domain: XmlElement): boolean {
  return agentChannel(domain)?.attribute('state') === 'disconnected'
}

function mayNot(domain: XmlElement): VmOverview['mayNot'] {
  const isOff = (name: string): boolean => domain.find('pm', name)?.attribute('enabled') === 'no'
  const off = [
    ...(isOff('suspend-to-mem') ? (['sleep'] as const) : []),
    ...(isOff('suspend-to-disk') ? (['hibernate'] as const) : []),
  ]
  return off.length === 0 ? undefined : off
}

function cpuOf(domain: XmlElement): VmOverview['cpu'] {
  const vcpu = domain.find('vcpu')
  const maxCount = countOf(vcpu?.text()) ?? 1
  const topology = domain.find('cpu', 'topology')
  const [sockets, cores, threads] = ['sockets', 'cores', 'threads'].map((name) =>
    countOf(topology?.attribute(name)),
  )
  return {
    count: countOf(vcpu?.attribute('current')) ?? maxCount,
    maxCount,
    ...given('model', domain.textOf('cpu', 'model') ?? domain.find('cpu')?.attribute('mode')),
    ...given(
      'topology',
      sockets === undefined || cores === undefined || threads === undefined
        ? undefined
        : { sockets, cores, threads },
    ),
  }
}

function memoryOf(domain: XmlElement): VmOverview['memory'] {
  const maxBytes = sizeOf(domain.find('memory'), 'KiB') ?? 0
  return { maxBytes, currentBytes: sizeOf(domain.find('currentMemory'), 'KiB') ?? maxBytes }
}

function firmwareOf(domain: XmlElement): string | undefined {
  const os = domain.find('os')
  if (os?.textOf('type') !== 'hvm') return undefined
  const loader = os.find('loader')
  const isEfi = os.attribute('firmware') === 'efi' || loader?.attribute('type') === 'pflash'
  if (!isEfi) return os.attribute('firmware')?.toUpperCase() ?? 'BIOS'
  return loader?.attribute('secure') === 'yes' ? 'UEFI with secure boot' : 'UEFI'
}

function osIdOf(domain: XmlElement): string | undefined {
  const metadata = domain
    .find('metadata')
    ?.children()
    .find((element) => element.name.endsWith(':libosinfo'))
  return metadata
    ?.children()
    .find((element) => element.name.endsWith(':os'))
    ?.attribute('id')
}

/** Order per device wins; libvirt forbids mixing it with `<boot dev>` (formatdomain.html#bios-bootloader). */
function bootOrderOf(domain: XmlElement): string[] {
  const perDevice = [
    ...readDisks(domain).map((disk) => ({ name: disk.target, order: disk.bootOrder ?? 0 })),
    ...(domain.find('devices')?.children('interface') ?? []).map((nic) => ({
      name: nic.find('mac')?.attribute('address') ?? 'network',
      order: countOf(nic.find('boot')?.attribute('order')) ?? 0,
    })),
  ].filter((device) => device.order > 0)
  if (perDevice.length > 0) return perDevice.sort((a, b) => a.order - b.order).map((device) => device.name)
  return (domain.find('os')?.children('boot') ?? []).flatMap((boot) => boot.attribute('dev') ?? [])
}

/** Attribute of `<source>` that names what each type of card is plugged into (formatdomain.html#network-interfaces). */
const nicSource: Record<string, readonly string[]> = {
  network: ['network'],
  bridge: ['bridge'],
  direct: ['dev', 'network'],
  ethernet: [],
  vhostuser: ['path'],
  internal: ['name'],
  vdpa: ['dev'],
}

function nicOf(nic: XmlElement): NicSummary {
  const type = nic.attribute('type') ?? 'unknown'
  const source = nic.find('source')
  const name = (nicSource[type] ?? []).map((attribute) => source?.attribute(attribute)).find(Boolean)
  return {
    ...given('mac', nic.find('mac')?.attribute('address')),
    ...given('model', nic.find('model')?.attribute('type')),
    source: name === undefined ? type : `${type} ${name}`,
    ...given('hostDevice', nic.find('target')?.attribute('dev')),
    isLinkUp: nic.find('link')?.attribute('state') !== 'down',
  }
}
