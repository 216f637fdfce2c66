import { describe, expect, it } from 'vitest'
import { Places } from './places'

const never = new AbortController().signal
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('places', () => {
  it('let so many in at a time, the others in their order', async () => {
    const places = new Places(2)
    const ends: (() => void)[] = []
    const begun: number[] = []
    const all = [0, 1, 2, 3].map((number) =>
      places.within(never, () => {
        begun.push(number)
        return new Promise<void>((resolve) => ends.push(resolve))
      }),
    )
    await turn()
    expect(begun).toEqual([0, 1])
    ends[0]?.()
    await turn()
    expect(begun).toEqual([0, 1, 2])
    ends[1]?.()
    await turn()
    for (const end of ends) end()
    await turn()
    for (const end of ends) end()
    await Promise.all(all)
    expect(begun).toEqual([0, 1, 2, 3])
  })

  it('let who gives up go, and the next one in', async () => {
    const places = new Places(1)
    let end: () => void = () => undefined
    const first = places.within(never, () => new Promise<void>((resolve) => (end = resolve)))
    const stop = new AbortController()
    const second = places.within(stop.signal, async () => 'second')
    const third = places.within(never, async () => 'third')
    stop.abort()
    await expect(second).rejects.toMatchObject({ kind: 'cancelled' })
    end()
    await first
    expect(await third).toBe('third')
  })
})
