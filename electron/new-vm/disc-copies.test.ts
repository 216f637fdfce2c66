import { describe, expect, it } from 'vitest'
import type { NewVmInput, NewVmPlan } from '../../shared/model/new-vm/new-vm'
import { AppError, errorData, type ErrorData } from '../../shared/errors'
import type { HypervisorSession } from '../backends/backend'
import { createVm } from './create'
import { workOutNewVm } from './plan'
import { demo, failing } from './testing/demo'
import { gib, wanted } from './testing/inputs'
import { definitionWriter } from './writer'

const closed = '/home/anna/virtio-win.iso'
const own = '/home/anna/setup.iso'
const folder = '/var/lib/libvirt/images'
const writer = definitionWriter(
  async () => undefined,
  () => Promise.reject(new Error('No tree here')),
)

const from = (path: string, copyTo?: string): Partial<NewVmInput> => ({
  source: { kind: 'iso', disc: { kind: 'path', path, copyTo }, second: [] },
})

async function planned(session: HypervisorSession, more: Partial<NewVmInput>): Promise<NewVmPlan> {
  return (await workOutNewVm(session, wanted(more), writer)).plan
}

async function made(session: HypervisorSession, more: Partial<NewVmInput>): Promise<ErrorData | undefined> {
  const input = wanted(more)
  const worked = await workOutNewVm(session, input, writer)
  const context = { signal: new AbortController().signal, onProgress: () => undefined }
  return createVm(session, input, worked, context).then(() => undefined, errorData)
}

/** A host that is only reached by its protocol. */
function withoutCommands(session: HypervisorSession): HypervisorSession {
  return failing(session, {
    images: failing(session.images, {
      pathAccess: () => Promise.reject(new AppError('unsupported', 'No commands')),
      image: () => Promise.reject(new AppError('unsupported', 'No commands')),
    }),
  })
}

describe('a disc that VMs cannot get to', () => {
  it('is told with the folder to open, how to take that back, and the pools it can be copied into', async () => {
    const { session } = await demo()
    const { problems } = await planned(session, from(closed))
    expect(problems).toMatchObject([
      {
        level: 'warning',
        field: 'source.disc',
        fix: {
          kind: 'unreadable',
          path: closed,
          grant: {
            argv: ['setfacl', '-m', 'u:libvirt-qemu:x', '--', '/home/anna'],
            undo: ['setfacl', '-x', 'u:libvirt-qemu', '--', '/home/anna'],
            paths: ['/home/anna'],
          },
        },
      },
    ])
    const [{ fix } = {}] = problems
    expect(fix?.kind === 'unreadable' && fix.copyTo[0]).toBe('default')
    await session.images.grantAccess(closed)
    expect((await planned(session, from(closed))).problems).toEqual([])
  })

  it('is copied into the chosen pool, and the VM starts from the copy', async () => {
    const { session, host } = await demo()
    host.files.set(own, { sizeBytes: gib, allocationBytes: gib, format: 'raw' })
    const plan = await planned(session, from(own, 'default'))
    expect(plan.problems).toEqual([])
    expect(plan.files.filter(({ what }) => what === 'disc' || what === 'original')).toMatchObject([
      { action: 'create', name: 'default/setup.iso', path: `${folder}/setup.iso` },
      { action: 'use', what: 'original', path: own },
    ])
    expect(plan.xml).toContain(`file='${folder}/setup.iso'`)
    expect(plan.xml).not.toContain(own)
    expect(plan.commandNotes).toContain(
      'The disc has to be copied into the pool "default" as setup.iso before.',
    )
    expect(await made(session, from(own, 'default'))).toBeUndefined()
    expect(host.files.get(`${folder}/setup.iso`)?.sizeBytes).toBe(gib)
    const sources = host.byName('new-01')?.definition.disks.map(({ source }) => source)
    expect(sources).toContain(`${folder}/setup.iso`)
  })

  it('gets another name where a volume has its own, and its copy goes when the VM cannot be made', async () => {
    const { session, host } = await demo()
    host.files.set(closed, { sizeBytes: gib, allocationBytes: gib, format: 'raw' })
    const refusing = failing(session, {
      creation: failing(session.creation, {
        define: () => Promise.reject(new AppError('invalid', 'Not like this')),
      }),
    })
    const { files } = await planned(session, from(closed, 'default'))
    expect(files.map(({ name }) => name)).toContain('default/virtio-win-2.iso')
    expect(await made(refusing, from(closed, 'default'))).toMatchObject({ message: 'Not like this' })
    expect([...host.files.keys()].filter((path) => path.startsWith(`${folder}/virtio-win`))).toEqual([
      `${folder}/virtio-win.iso`,
    ])
  })

  it('is not copied into a pool that is off, not there, or has no files', async () => {
    const { session } = await demo()
    for (const pool of ['archive', 'nowhere', 'vg0'])
      expect((await planned(session, from(closed, pool))).problems).toMatchObject([
        { level: 'error', field: 'source.disc' },
      ])
  })

  it('that nobody can look at is told with the command alone, and is copied only out of a pool', async () => {
    const { session } = await demo()
    const remote = withoutCommands(session)
    const [told] = (await planned(remote, from(closed))).problems
    expect(told).toMatchObject({
      level: 'warning',
      cure: expect.stringContaining('chmod o+x -- /home/anna.'),
      fix: { kind: 'unreadable', path: closed, copyTo: [] },
    })
    expect(told?.fix).not.toHaveProperty('grant')
    expect((await planned(remote, from('/srv/iso/debian-12-netinst.iso'))).problems).toEqual([])
    expect((await planned(remote, from(closed, 'default'))).problems).toMatchObject([
      { level: 'error', field: 'source.disc' },
    ])
  })
})
