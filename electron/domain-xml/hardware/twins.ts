/**
 * Which item of the running guest is which of the stored definition. Those with a name of their own go by it. Numbers
 * shift when one of several is removed, so numbered ones go by where they are plugged in, then by what they are, then by
 * their order.
 */
import { canonical } from '../edit/difference'
import type { EditElement } from '../edit/tree'
import { isSameItem, type PlacedItem } from './items'

export interface Twins {
  /** The running item of each stored one that has one. */
  readonly runningOf: ReadonlyMap<PlacedItem, PlacedItem>
  readonly storedOnly: readonly PlacedItem[]
  readonly runningOnly: readonly PlacedItem[]
}

export function isNumbered({ ref }: PlacedItem): boolean {
  return ref.key.startsWith('#')
}

export function pairTwins(stored: readonly PlacedItem[], running: readonly PlacedItem[]): Twins {
  const runningOf = new Map<PlacedItem, PlacedItem>()
  const left = new Set(running)
  const pairBy = (isPair: (one: PlacedItem, other: PlacedItem) => boolean): void => {
    for (const item of stored) {
      if (runningOf.has(item)) continue
      const twin = [...left].find((one) => one.ref.kind === item.ref.kind && isPair(item, one))
      if (!twin) continue
      runningOf.set(item, twin)
      left.delete(twin)
    }
  }
  pairBy((item, one) => !isNumbered(item) && isSameItem(item.ref, one.ref))
  const numbered = (item: PlacedItem, one: PlacedItem): boolean => isNumbered(item) && isNumbered(one)
  pairBy((item, one) => numbered(item, one) && isSomewhere(item) && plugOf(item) === plugOf(one))
  pairBy((item, one) => numbered(item, one) && whatItIs(item) === whatItIs(one))
  pairBy((item, one) => numbered(item, one) && (!isSomewhere(item) || !isSomewhere(one)))
  return {
    runningOf,
    storedOnly: stored.filter((item) => !runningOf.has(item)),
    runningOnly: running.filter((item) => left.has(item)),
  }
}

function isSomewhere(item: PlacedItem): boolean {
  return plugOf(item) !== ''
}

function plugOf({ element }: PlacedItem): string {
  const address = element.find('address')
  return address ? canonical(address) : ''
}

function whatItIs({ element }: PlacedItem): string {
  const copy: EditElement = element.clone()
  for (const name of ['alias', 'address']) copy.find(name)?.remove()
  return canonical(copy)
}
