/** What addresses a running guest has on one of its network cards. */
export interface CardAddresses {
  /** Lower case, with colons. */
  readonly mac: string
  /** In the guest: "eth0"; only the guest's agent knows it. */
  readonly name?: string
  readonly addresses: readonly GuestAddress[]
}

export interface GuestAddress {
  readonly address: string
  readonly prefix: number
  /** Who says so: the guest itself, the DHCP server of the host's network, or the host's neighbours. */
  readonly from: AddressSource
}

/** The surest first. */
export const addressSources = ['agent', 'lease', 'arp'] as const
export type AddressSource = (typeof addressSources)[number]

/** Each address once, by who knows best; what leads nowhere outside of the guest's own link comes last. */
export function mergeAddresses(told: readonly CardAddresses[]): CardAddresses[] {
  const cards = new Map<string, CardAddresses>()
  for (const card of told) {
    const known = cards.get(card.mac)
    const addresses = [...(known?.addresses ?? [])]
    for (const one of card.addresses) {
      const at = addresses.findIndex(({ address }) => address === one.address)
      const other = addresses[at]
      if (!other) addresses.push(one)
      else if (rank(one.from) < rank(other.from)) addresses[at] = one
    }
    const name = known?.name ?? card.name
    cards.set(card.mac, { mac: card.mac, ...(name === undefined ? {} : { name }), addresses })
  }
  return [...cards.values()].map((card) => ({
    ...card,
    addresses: card.addresses.toSorted((a, b) => Number(isOwnLink(a.address)) - Number(isOwnLink(b.address))),
  }))
}

function rank(source: AddressSource): number {
  return addressSources.indexOf(source)
}

/** RFC 4291 (fe80::/10) and RFC 3927 (169.254/16). */
export function isOwnLink(address: string): boolean {
  return /^fe[89ab]|^169\.254\./i.test(address)
}
