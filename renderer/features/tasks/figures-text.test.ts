import { describe, expect, it } from 'vitest'
import { figureLines, waitText } from './figures-text'

describe('figures of a move', () => {
  it('tell what is left, how fast it goes, and the pause to be expected', () => {
    const lines = figureLines(
      {
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
      },
      true,
    )
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

  it('tell of a compression how much of it is of use', () => {
    const figures = { phase: 'copying', compressionCacheBytes: 16_777_216, cacheMissPages: 12 } as const
    expect(figureLines({ ...figures, compressedBytes: 4096 }, true).slice(1)).toEqual([
      ['Cache', '16 MiB'],
      ['Sent compressed', '4 KiB'],
      ['Pages not in the cache', '12'],
    ])
  })

  it('tell at the end for how long the guest stood still', () => {
    expect(figureLines({ phase: 'done', downtimeMs: 84 }, false)).toEqual([['It stood still for', '84 ms']])
  })

  it('tell how far a move came that was not done, and nothing that is only true while it runs', () => {
    const figures = {
      phase: 'copying',
      doneBytes: 4_194_304,
      remainingBytes: 1_073_741_824,
      bytesPerSecond: 1_048_576,
      downtimeMs: 300,
      stalledMs: 17_000,
    } as const
    expect(figureLines(figures, false)).toEqual([
      ['Sent', '4 MiB'],
      ['Was left', '1 GiB'],
      ['Nothing had arrived for', '17 s'],
    ])
    expect(figureLines({ phase: 'preparing' }, false)).toEqual([])
  })

  it('say what becomes of a move that cannot simply be ended while the hosts do not reach each other', () => {
    expect(waitText({ phase: 'copying' })).toBeUndefined()
    expect(waitText({ phase: 'copying', onceReached: 'goesOn' })).toContain('the move goes on when')
    expect(waitText({ phase: 'copying', onceReached: 'ends' })).toContain('The move ends when')
  })

  it('say that nothing arrives', () => {
    expect(figureLines({ phase: 'copying', stalledMs: 12_000 }, true)).toContainEqual([
      'Nothing arrived for',
      '12 s',
    ])
  })
})
