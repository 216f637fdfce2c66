import { describe, expect, it } from 'vitest'
import { figureLines } from './figures-text'

describe('figures of a move', () => {
  it('tell what is left, how fast it goes, and the pause to be expected', () => {
    const lines = figureLines({
      phase: 'copying',
      doneBytes: 1,
      totalBytes: 4_294_967_296,
      remainingBytes: 1_073_741_824,
      diskRemainingBytes: 0,
      bytesPerSecond: 104_857_600,
      dirtyBytesPerSecond: 12_582_912,
      iteration: 3,
      downtimeMs: 300,
      throttlePercent: 20,
    })
    expect(lines).toEqual([
      ['Now', 'Copying'],
      ['Left', '1 GiB'],
      ['Speed', '100 MiB/s'],
      ['Guest writes', '12 MiB/s'],
      ['Round', '3'],
      ['Pause to be expected', '300 ms'],
      ['Guest slowed down by', '20 %'],
    ])
  })

  it('tell at the end for how long the guest stood still', () => {
    expect(figureLines({ phase: 'done', downtimeMs: 84 })).toEqual([['It stood still for', '84 ms']])
  })

  it('say that nothing arrives', () => {
    expect(figureLines({ phase: 'copying', stalledMs: 12_000 })).toContainEqual([
      'Nothing arrived for',
      '12 s',
    ])
  })
})
