import { describe, expect, it } from 'vitest'
import { copyTimeText } from './copy-time'

const gib = 1024 ** 3
const disks = [
  { target: 'vda', from: '/images/a', isCopied: true, sizeBytes: 20 * gib },
  { target: 'vdb', from: '/images/b', isCopied: false, sizeBytes: 90 * gib },
]

describe('how long a move will take', () => {
  it('comes of the memory, for networks as they are usual', () => {
    expect(copyTimeText({ isRunning: true, memoryBytes: 4 * gib, disks: [] }, undefined)).toContain(
      '4 GiB of memory are copied: about 38 s at 1 Gbit/s, 4 s at 10 Gbit/s.',
    )
  })

  it('comes of the disks that are copied too, and of the limit where there is one', () => {
    const text = copyTimeText({ isRunning: true, memoryBytes: 4 * gib, disks }, 8 * 1024 * 1024)
    expect(text).toContain('4 GiB of memory and up to 20 GiB of disks are copied: about 51 min at 8 MiB/s.')
  })

  it('is not told of a VM that is off', () => {
    expect(copyTimeText({ isRunning: false, memoryBytes: gib, disks }, undefined)).toBeUndefined()
  })
})
