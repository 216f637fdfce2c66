/** What the demo host knows of a VM that came as a definition: enough for its list, overview and delete plan. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import type { EditElement } from '../../domain-xml/edit/tree'
import { guestFacts } from '../../domain-xml/hardware/view'
import { sizeOf } from '../../domain-xml/sizes'
import { parseXml, type XmlElement } from '../../domain-xml/document'
import { buildDefinition } from './build'
import { disksFromXml } from './disks-from-xml'
import { factsFromXml } from './facts-from-xml'
import type { FakeDefinition, FakeNic } from './model'

export function definitionFromXml(host: string, id: VmId, domain: EditElement): FakeDefinition {
  const { root } = parseXml(domain.toString(), 'the definition')
  if (sizeOf(root.find('memory'), 'KiB') === undefined) throw missing('memory')
  if (root.textOf('os', 'type') === undefined) throw missing('os type')
  const { virtType, osType, architecture, machine, osId } = guestFacts(domain)
  const devices = root.find('devices')
  const { osId: _, ...usual } = buildDefinition(host, { name: root.textOf('name') ?? '' })
  return factsFromXml(
    {
      ...usual,
      id,
      ...(osId === undefined ? {} : { osId }),
      virtType,
      osType,
      architecture,
      machine,
      firmware: isEfi(root) ? 'UEFI' : 'BIOS',
      maxVcpuCount: 1,
      cpuModel: root.textOf('cpu', 'model') ?? root.find('cpu')?.attribute('mode') ?? 'qemu64',
      disks: disksFromXml(root),
      nics: (devices?.children('interface') ?? []).map(nicOf),
      display: displayOf(devices),
      serialCount: devices?.children('serial').length ?? 0,
      hasGuestAgentChannel: (devices?.children('channel') ?? []).some(
        (one) => one.find('target')?.attribute('name') === 'org.qemu.guest_agent.0',
      ),
      hasTpm: devices?.find('tpm') !== undefined,
      guest: { ...usual.guest, look: osId?.includes('microsoft.com') ? 'desktop' : 'text' },
    },
    domain,
  )
}

function missing(what: string): AppError {
  return new AppError('invalid', 'The host does not accept this definition', {
    cure: 'See what the host says about it.',
    detail: `XML error: missing or malformed ${what} element`,
  })
}

function isEfi(root: XmlElement): boolean {
  const os = root.find('os')
  return os?.attribute('firmware') === 'efi' || os?.find('loader')?.attribute('type') === 'pflash'
}

function nicOf(card: XmlElement): FakeNic {
  const source = card.find('source')
  const kind =
    (['network', 'bridge', 'direct'] as const).find((one) => one === card.attribute('type')) ?? 'user'
  return {
    mac: card.find('mac')?.attribute('address')?.toLowerCase() ?? '',
    model: card.find('model')?.attribute('type') ?? 'rtl8139',
    source: { kind, name: source?.attribute(kind === 'direct' ? 'dev' : kind) ?? '' },
    isLinkUp: card.find('link')?.attribute('state') !== 'down',
  }
}

function displayOf(list: XmlElement | undefined): FakeDefinition['display'] {
  const graphics = list?.find('graphics')
  const kind = (['vnc', 'spice'] as const).find((one) => one === graphics?.attribute('type'))
  if (!graphics || !kind) return { kind: 'none' }
  const listen = graphics.attribute('listen') ?? graphics.find('listen')?.attribute('address')
  return { kind, ...(listen === undefined ? {} : { listen }) }
}
