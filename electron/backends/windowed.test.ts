import { expect, it } from 'vitest'
import { windowed } from './windowed'

it('keeps the order and never runs more at once than allowed', async () => {
  let running = 0
  let most = 0
  const results = await windowed([5, 1, 3, 2, 4, 0], 3, async (turns) => {
    running += 1
    most = Math.max(most, running)
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    running -= 1
    return turns * 10
  })
  expect(results).toEqual([50, 10, 30, 20, 40, 0])
  expect(most).toBe(3)
})

it('ends with the first error and starts nothing more', async () => {
  const started: number[] = []
  const work = async (item: number): Promise<void> => {
    started.push(item)
    if (item === 2) throw new Error('no')
  }
  await expect(windowed([1, 2, 3, 4, 5], 1, work)).rejects.toThrow('no')
  expect(started).toEqual([1, 2])
})

it('is done at once with nothing to do', async () => {
  expect(await windowed([], 4, async () => 1)).toEqual([])
})
