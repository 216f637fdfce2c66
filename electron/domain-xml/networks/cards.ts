/** The network cards of a VM as far as networks, filters and the map go. */
import { pciText } from '../../../shared/model/node-device'
import { pciAddressOf } from '../pci-address'
import type { XmlElement } from '../document'

export interface Card {
  /** Lower case. */
  readonly mac: string
  readonly network?: string
  readonly portGroup?: string
  /** The bridge it is plugged into; a running card of a network has it as well. */
  readonly bridge?: string
  /** Card of the host that macvtap shares with it. */
  readonly device?: string
  /** Function of the host that is passed through. */
  readonly pci?: string
  readonly filter?: string
  /** The host's end while it runs: "vnet3". */
  readonly target?: string
  readonly isPluggedIn: boolean
}

export function readCards(domain: XmlElement): Card[] {
  return (domain.find('devices')?.children('interface') ?? []).map((one) => {
    const source = one.find('source')
    const network = source?.attribute('network')
    const type = one.attribute('type')
    const address = type === 'hostdev' ? source?.find('address') : undefined
    const pci = address && pciAddressOf(address)
    return {
      mac: one.find('mac')?.attribute('address')?.toLowerCase() ?? '',
      ...present('network', network),
      ...present('portGroup', network === undefined ? undefined : source?.attribute('portgroup')),
      ...present('bridge', source?.attribute('bridge')),
      ...present('device', type === 'direct' || network !== undefined ? source?.attribute('dev') : undefined),
      ...present('pci', pci && pciText(pci)),
      ...present('filter', one.find('filterref')?.attribute('filter')),
      ...present('target', one.find('target')?.attribute('dev')),
      isPluggedIn: one.find('link')?.attribute('state') !== 'down',
    }
  })
}

function present<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: string })
}

/** A VM with its cards, live while it runs. */
export interface VmCards {
  readonly vm: string
  readonly vmName: string
  readonly isRunning: boolean
  readonly cards: readonly Card[]
  /** Of what runs and of what is stored, which may differ. */
  readonly filters: readonly string[]
}

/** What runs comes first; a card that is only stored, or stored as plugged in elsewhere, is one of the next start. */
export function mergeCards(
  live: readonly Card[],
  stored: readonly Card[],
): Pick<VmCards, 'cards' | 'filters'> {
  const isSamePlug = (one: Card, other: Card): boolean =>
    one.mac === other.mac &&
    one.network === other.network &&
    (one.network !== undefined || (one.bridge === other.bridge && one.device === other.device))
  return {
    cards: [...live, ...stored.filter((card) => !live.some((one) => isSamePlug(one, card)))],
    filters: [...new Set([...live, ...stored].flatMap(({ filter }) => filter ?? []))],
  }
}
