/** Something that wants to be near a place in its column, and needs room there. */
export interface Placed {
  /** Where its middle wants to be; undefined if that is all the same to it. */
  readonly wanted: number | undefined
  readonly height: number
}

/**
 * Middles of things that stand one below another in this order: no two closer than `gap`, and all of them as near as can
 * be to where they want to be. Neighbours that would overlap share out the difference, so that none is pushed far away.
 */
export function spread(things: readonly Placed[], gap: number): readonly number[] {
  // without heights and gaps it is one question: which rising row of numbers is nearest to these?
  const offsets: number[] = []
  let offset = 0
  for (const [index, { height }] of things.entries()) {
    const before = things[index - 1]
    if (before) offset += before.height / 2 + gap + height / 2
    offsets.push(offset)
  }
  const blocks: Block[] = []
  for (const [index, { wanted }] of things.entries()) {
    let block: Block = {
      sum: wanted === undefined ? 0 : wanted - (offsets[index] ?? 0),
      count: wanted === undefined ? 0 : 1,
      size: 1,
    }
    for (let last = blocks.at(-1); last && goesAlong(last, block); last = blocks.at(-1)) {
      blocks.pop()
      block = {
        sum: last.sum + block.sum,
        count: last.count + block.count,
        size: last.size + block.size,
      }
    }
    blocks.push(block)
  }
  const shifts = blocks.flatMap((block) => Array.from({ length: block.size }, () => mean(block)))
  return offsets.map((at, index) => at + (shifts[index] ?? 0))
}

interface Block {
  readonly sum: number
  readonly count: number
  readonly size: number
}

/** What wants nothing goes with its neighbour. */
const goesAlong = (above: Block, below: Block): boolean =>
  above.count === 0 || below.count === 0 || mean(above) >= mean(below)

const mean = ({ sum, count }: Block): number => (count === 0 ? 0 : sum / count)
