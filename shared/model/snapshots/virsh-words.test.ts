import { describe, expect, it } from 'vitest'
import { snapshotName } from './inputs'
import { createWords } from './virsh-words'

const wish = {
  name: 'before',
  description: '',
  kind: 'internal',
  withMemory: false,
  quiesce: false,
  live: false,
  reuse: false,
  disks: [],
} as const

describe('virsh’s words for a snapshot', () => {
  it('say no more than is wished', () => {
    expect(createWords('web', { ...wish, disks: [] })).toEqual([
      'snapshot-create-as',
      'web',
      'before',
      '--atomic',
    ])
  })

  it('double the commas of paths, at which virsh would split', () => {
    expect(
      createWords('web', {
        ...wish,
        description: 'Before, it',
        kind: 'external',
        withMemory: true,
        memoryFile: '/m/a,b',
        live: true,
        disks: [
          { target: 'vda', kind: 'external', file: '/i/a,b' },
          { target: 'vdb', kind: 'none' },
        ],
      }),
    ).toEqual([
      ...['snapshot-create-as', 'web', 'before', '--description', 'Before, it'],
      ...['--memspec', 'snapshot=external,file=/m/a,,b', '--live'],
      ...['--diskspec', 'vda,snapshot=external,file=/i/a,,b', '--diskspec', 'vdb,snapshot=no', '--atomic'],
    ])
  })
})

describe('the name of a snapshot', () => {
  it.each(['.hidden', 'a/b', '', ' a', 'a\n', 'x'.repeat(201)])('cannot be %j', (name) => {
    expect(snapshotName.safeParse(name).success).toBe(false)
  })

  it('may be anything else', () => {
    expect(snapshotName.safeParse('Before “the” change, 2').success).toBe(true)
  })
})
