import { describe, expect, it } from 'vitest'
import { AppError, errorData, type ErrorData } from '../../shared/errors'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { createVm } from './create'
import { workOutNewVm } from './plan'
import { demo, failing, type Demo } from './testing/demo'
import { disk, wanted } from './testing/inputs'
import { standIn } from './testing/stand-in-writer'

const image = '/var/lib/libvirt/images/new-01.qcow2'
const twoDisks = { disks: [disk(), disk()] }

async function create(
  session: HypervisorSession,
  more: Partial<NewVmInput> = {},
  context: Partial<ActionContext> = {},
): Promise<ErrorData | undefined> {
  const input = wanted(more)
  const worked = await workOutNewVm(session, input, standIn)
  try {
    await createVm(session, input, worked, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...context,
    })
    return undefined
  } catch (error) {
    return errorData(error)
  }
}

function left({ host }: Demo): string[] {
  return [...host.files.keys()].filter((path) => path.includes('new-01'))
}

const gone = (): Promise<never> => Promise.reject(new AppError('unreachable', 'The connection broke'))

describe('creating a VM', () => {
  it('makes its disks, stores it, sets autostart and starts it', async () => {
    const one = await demo()
    const progress: number[] = []
    const error = await create(
      one.session,
      { ...twoDisks, hasAutostart: true },
      { onProgress: (fraction) => progress.push(fraction) },
    )
    expect(error).toBeUndefined()
    const vm = one.host.byName('new-01')
    expect(vm).toMatchObject({ state: 'running', autostart: true, isPersistent: true })
    expect(vm?.definition.disks.map(({ source }) => source)).toEqual([
      image,
      '/var/lib/libvirt/images/new-01-2.qcow2',
    ])
    expect(left(one)).toHaveLength(2)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
  })

  it('leaves it off when it shall not start', async () => {
    const one = await demo()
    await create(one.session, { startsNow: false })
    expect(one.host.byName('new-01')).toMatchObject({ state: 'shut-off', autostart: false })
  })

  it('takes the place a pool gave to a volume, also where the host numbers them', async () => {
    const one = await demo()
    const storage = one.session.storage
    await storage.createPool(
      {
        values: { type: 'disk', name: 'parts', device: '/dev/sdb', partitionTable: 'gpt', path: '/dev' },
        build: 'no',
        start: true,
        autostart: false,
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    )
    expect(await create(one.session, { disks: [disk({ pool: 'parts', format: 'raw' })] })).toBeUndefined()
    const [source] = one.host.byName('new-01')?.definition.disks ?? []
    expect(source?.source).toMatch(/^\/dev\/sdb\d$/)
    expect((await storage.volumeNames('parts')).volumes.map(({ key }) => key)).toContain(source?.source)
  })

  it('removes all volumes when the host does not take the definition, and says why', async () => {
    const one = await demo()
    const session = failing(one.session, {
      creation: failing(one.session.creation, {
        define: () => Promise.reject(new AppError('invalid', 'The host does not accept this')),
      }),
    })
    expect(await create(session, twoDisks)).toEqual({
      kind: 'invalid',
      message: 'The host does not accept this',
    })
    expect(left(one)).toEqual([])
    expect(one.host.byName('new-01')).toBeUndefined()
  })

  it('removes the first volume when the second cannot be made', async () => {
    const one = await demo()
    let count = 0
    const session = failing(one.session, {
      storage: failing(one.session.storage, {
        createVolume: async (...input) => {
          count += 1
          if (count === 2) throw new AppError('busy', 'The disk of the host is full')
          await one.session.storage.createVolume(...input)
        },
      }),
    })
    expect((await create(session, twoDisks))?.message).toBe('The disk of the host is full')
    expect(left(one)).toEqual([])
  })

  it('takes a stored VM back when autostart cannot be set', async () => {
    const one = await demo()
    const session = failing(one.session, {
      setAutostart: () => Promise.reject(new AppError('denied', 'Not for you')),
    })
    expect((await create(session, { hasAutostart: true }))?.kind).toBe('denied')
    expect([one.host.byName('new-01'), left(one)]).toEqual([undefined, []])
  })

  it('names what cannot be removed again', async () => {
    const one = await demo()
    const session = failing(one.session, {
      creation: failing(one.session.creation, {
        define: () => Promise.reject(new AppError('invalid', 'The host does not accept this')),
      }),
      storage: failing(one.session.storage, {
        deleteVolume: async (at, evenUsed) => {
          if (at.volume === 'new-01.qcow2') throw new AppError('denied', 'The disk is read-only')
          await one.session.storage.deleteVolume(at, evenUsed)
        },
      }),
    })
    const error = await create(session, twoDisks)
    expect(error).toMatchObject({
      kind: 'invalid',
      message: 'new-01 was not created, and not all that was made for it could be removed',
      cure: 'Delete the volume new-01.qcow2 in the pool default by hand.',
    })
    expect(error?.detail).toContain('The host does not accept this')
    expect(error?.detail).toContain('The disk is read-only')
    expect(left(one)).toEqual([image])
  })

  it('keeps the disks of a VM that cannot be taken back', async () => {
    const one = await demo()
    const session = failing(one.session, {
      setAutostart: () => Promise.reject(new AppError('internal', 'No')),
      delete: () => Promise.reject(new AppError('unsupported', 'This hypervisor cannot delete VMs')),
    })
    const error = await create(session, { hasAutostart: true })
    expect(error?.cure).toBe('Delete the volume new-01.qcow2 in the pool default and the VM new-01 by hand.')
    expect(left(one)).toEqual([image])
  })

  it('goes back when it is cancelled between steps, and within a volume', async () => {
    for (const at of ['define', 'createVolume'] as const) {
      const one = await demo()
      const abort = new AbortController()
      const { creation, storage } = one.session
      const session = failing(one.session, {
        creation: failing(creation, {
          define: async (xml) => {
            if (at === 'define') abort.abort()
            return creation.define(xml)
          },
        }),
        storage: failing(storage, {
          createVolume: (pool, values, context) => {
            const making = storage.createVolume(pool, values, context)
            if (at === 'createVolume') abort.abort()
            return making
          },
        }),
      })
      const error = await create(session, twoDisks, { signal: abort.signal })
      expect([at, error?.kind]).toEqual([at, 'cancelled'])
      expect([one.host.byName('new-01'), left(one)]).toEqual([undefined, []])
    }
  })

  it('cancelling after it was stored and is being started is too late', async () => {
    const one = await demo()
    const abort = new AbortController()
    const session = failing(one.session, {
      power: (...input) => {
        abort.abort()
        return one.session.power(...input)
      },
    })
    expect(await create(session, {}, { signal: abort.signal })).toBeUndefined()
    expect(one.host.byName('new-01')?.state).toBe('running')
  })

  it('stays when only its start fails, and says what to do', async () => {
    const one = await demo('demo://empty/')
    expect(await create(one.session, { name: 'fails-to-start', nics: [] })).toEqual({
      kind: 'invalid',
      message: 'fails-to-start was created, but it could not be started',
      cure: 'Check that its disks are where the definition says',
      detail: expect.stringContaining('No such file or directory'),
    })
    expect(one.host.byName('fails-to-start')?.state).toBe('shut-off')
    expect(one.host.files.has('/var/lib/libvirt/images/fails-to-start.qcow2')).toBe(true)
    const lost = await create(failing(one.session, { power: gone }), { nics: [] })
    expect(lost).toMatchObject({
      kind: 'unreachable',
      message: 'new-01 was created, but nobody knows whether it has started',
    })
  })

  it('names what may be there when the host is lost in the middle', async () => {
    const one = await demo()
    const { creation, storage } = one.session
    const inDefine = failing(one.session, {
      creation: failing(creation, { define: gone }),
      storage: failing(storage, { deleteVolume: gone }),
    })
    expect(await create(inDefine)).toMatchObject({
      kind: 'unreachable',
      message: 'The host was lost while new-01 was being created',
      cure: 'Once the host answers again, look for the volume new-01.qcow2 in the pool default and the VM new-01, and delete what is there before you try again.',
      detail: 'The connection broke',
    })
    const other = await demo()
    const inVolume = failing(other.session, {
      storage: failing(other.session.storage, { createVolume: gone, deleteVolume: gone }),
    })
    expect((await create(inVolume))?.cure).toContain('the volume new-01.qcow2 in the pool default, and')
  })

  it('keeps what a definition may need that was stored too late to be told', async () => {
    const one = await demo()
    const late = failing(one.session, {
      creation: failing(one.session.creation, {
        define: () => Promise.reject(new AppError('timed-out', 'The host did not answer within 30 s')),
      }),
    })
    const error = await create(late)
    expect(error?.kind).toBe('timed-out')
    expect(error?.cure).toContain('the VM new-01')
    expect(left(one)).toEqual([image])
  })

  it('a connection that was closed by hand is a host that was lost', async () => {
    const one = await demo()
    const closed = (): Promise<never> =>
      Promise.reject(new AppError('cancelled', 'The connection to the host was closed'))
    const session = failing(one.session, {
      creation: failing(one.session.creation, { define: closed }),
      storage: failing(one.session.storage, { deleteVolume: closed }),
    })
    expect(await create(session)).toMatchObject({
      kind: 'unreachable',
      detail: 'The connection to the host was closed',
    })
  })
})
