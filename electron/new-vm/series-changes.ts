/**
 * What was changed on the hardware of the first VM of a series, for another one of it. Cards are named by their addresses,
 * which are others there; and an address that was given by hand can only be that of one card.
 */
import type { HardwareChange } from '../../shared/model/hardware/change'
import type { ItemRef } from '../../shared/model/hardware/view'

export interface OtherVm {
  /** Keys of the cards that the first has without the changes, and of those in their places here. */
  readonly cards: readonly string[]
  readonly ownCards: readonly string[]
  /** A free address for the card whose address was given by hand as so many before it. */
  mac(at: number): string
}

export function changesForOther(changes: readonly HardwareChange[], other: OtherVm): HardwareChange[] {
  const keys = new Map(other.cards.map((key, at) => [key, other.ownCards[at] ?? key]))
  let given = 0
  const ref = (item: ItemRef): ItemRef =>
    item.kind === 'nic' ? { ...item, key: keys.get(item.key) ?? item.key } : item
  const values = <Change extends { values: Extract<HardwareChange, { kind: 'set' }>['values'] }>(
    change: Change,
  ): Change => {
    const { mac } = change.values
    if (typeof mac !== 'string') return change
    const own = other.mac(given)
    given += 1
    // what is changed later may name the card by it
    keys.set(mac.toLowerCase(), own)
    return { ...change, values: { ...change.values, mac: own } }
  }
  return changes.map((change): HardwareChange => {
    switch (change.kind) {
      case 'set': {
        const item = ref(change.item)
        return { ...(change.item.kind === 'nic' ? values(change) : change), item }
      }
      case 'add':
        return change.device === 'nic' ? values(change) : change
      case 'remove':
        return { ...change, item: ref(change.item) }
      case 'boot-order':
        return { ...change, order: change.order.map(ref) }
      case 'as-running':
        return change.item ? { ...change, item: ref(change.item) } : change
      case 'add-xml':
      case 'definition':
        return change
    }
  })
}

/** Addresses that are given in the changes. */
export function givenMacs(changes: readonly HardwareChange[]): string[] {
  return changes.flatMap((change) => {
    const isCard =
      (change.kind === 'set' && change.item.kind === 'nic') ||
      (change.kind === 'add' && change.device === 'nic')
    const mac = isCard ? change.values['mac'] : undefined
    return typeof mac === 'string' ? [mac] : []
  })
}
