import { describe, expect, it } from 'vitest'
import type { NewVmInput, NewVmPlan } from '../../shared/model/new-vm/new-vm'
import type { HypervisorSession } from '../backends/backend'
import { createVm } from './create'
import { workOutNewVm } from './plan'
import { demo, failing, type Demo } from './testing/demo'
import { disk, gib, wanted } from './testing/inputs'
import { standIn } from './testing/stand-in-writer'
import { definitionWriter } from './writer'

const writer = definitionWriter(async () => undefined, standIn.tree)
const folder = '/var/lib/libvirt/images'
const foreign = `${folder}/moved.vmdk`

/** With a disk of another hypervisor in its pool. */
async function host(): Promise<Demo> {
  const one = await demo()
  one.host.files.set(foreign, {
    sizeBytes: 8 * gib,
    allocationBytes: gib,
    format: 'vmdk',
    modifiedAtMs: 1,
  })
  return one
}

function converted(more: Parameters<typeof disk>[0] = {}): NewVmInput {
  return wanted({
    source: { kind: 'import' },
    disks: [disk({ sizeBytes: 1024 ** 2, original: { kind: 'path', path: foreign }, ...more })],
    startsNow: false,
  })
}

async function create(
  session: HypervisorSession,
  input: NewVmInput,
  signal = new AbortController().signal,
): Promise<NewVmPlan> {
  const worked = await workOutNewVm(session, input, writer)
  await createVm(session, input, worked, { signal, onProgress: () => undefined })
  return worked.plan
}

const errors = ({ problems }: NewVmPlan): (readonly [string | undefined, string])[] =>
  problems.flatMap(({ level, field, message }) => (level === 'error' ? [[field, message] as const] : []))

describe('a disk that is converted', () => {
  it('is a copy in its own format, as large as the original, which stays as it was', async () => {
    const one = await host()
    const before = one.host.files.get(foreign)
    const plan = await create(one.session, converted())
    expect(errors(plan)).toEqual([])
    expect(one.host.files.get(`${folder}/new-01.qcow2`)).toMatchObject({
      sizeBytes: 8 * gib,
      format: 'qcow2',
    })
    expect(one.host.files.get(foreign)).toEqual(before)
    expect(one.host.byName('new-01')?.definition.disks.map(({ source }) => source)).toEqual([
      `${folder}/new-01.qcow2`,
    ])
    expect(plan.xml).toMatch(/<driver [^>]*type=.qcow2./)
    expect(plan.files.map(({ action, what, name, sizeBytes }) => [action, what, name, sizeBytes])).toEqual([
      ['create', 'disk', 'default/new-01.qcow2', 8 * gib],
      ['use', 'original', foreign, 8 * gib],
    ])
  })

  it('is larger where that is wanted', async () => {
    const one = await host()
    await create(one.session, converted({ sizeBytes: 20 * gib, format: 'raw' }))
    expect(one.host.files.get(`${folder}/new-01.img`)).toMatchObject({ sizeBytes: 20 * gib, format: 'raw' })
  })

  it('goes again when the VM cannot be defined, and so does one whose copying is cancelled', async () => {
    const one = await host()
    const { creation } = one.session
    const broken = failing(one.session, {
      creation: failing(creation, { define: () => Promise.reject(new Error('no')) }),
    })
    await expect(create(broken, converted())).rejects.toThrow('no')
    const stop = new AbortController()
    const slow = failing(one.session, {
      storage: failing(one.session.storage, {
        cloneVolume: (request, context) => {
          setTimeout(() => stop.abort(), 5)
          return one.session.storage.cloneVolume(request, context)
        },
      }),
    })
    await expect(create(slow, converted(), stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
    expect([...one.host.files.keys()].filter((path) => path.includes('new-01'))).toEqual([])
    expect(one.host.files.has(foreign)).toBe(true)
    expect(one.host.byName('new-01')).toBeUndefined()
  })

  it.each([
    ['is in no pool', '/srv/elsewhere/a.vmdk', 'vmdk', 'Only images in pools can be copied'],
    ['only describes others', `${folder}/flat.vmdk`, 'raw', 'The host sees no VMDK image'],
  ])('of an image that %s is refused', async (_, path, format, told) => {
    const one = await host()
    one.host.files.set(path, { sizeBytes: gib, allocationBytes: gib, format, modifiedAtMs: 1 })
    const { plan } = await workOutNewVm(one.session, converted({ original: { kind: 'path', path } }), writer)
    expect(errors(plan)).toEqual([['disks.0.original', expect.stringContaining(told)]])
  })

  it('that is larger than its pool has room for is refused before anything is made', async () => {
    const one = await host()
    one.host.files.set(foreign, {
      sizeBytes: 90_000 * gib,
      allocationBytes: 80_000 * gib,
      format: 'vmdk',
      modifiedAtMs: 1,
    })
    const { plan } = await workOutNewVm(one.session, converted(), writer)
    expect(errors(plan)).toEqual([['disks.0.pool', expect.stringContaining('the copy takes')]])
  })
})
