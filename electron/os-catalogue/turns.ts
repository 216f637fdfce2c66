import { setImmediate } from 'node:timers/promises'

/** Two thousand patterns take a while when they are tried for the first time; others get their turn in between. */
const perTurn = 40

export async function inTurns<Item, Found>(
  items: readonly Item[],
  work: (item: Item) => readonly Found[],
): Promise<Found[]> {
  const found: Found[] = []
  for (const [index, item] of items.entries()) {
    if (index % perTurn === perTurn - 1) await setImmediate()
    found.push(...work(item))
  }
  return found
}
