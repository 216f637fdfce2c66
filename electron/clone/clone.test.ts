import { beforeEach, describe, expect, it } from 'vitest'
import { AppError, errorData, type ErrorData } from '../../shared/errors'
import type { CloneDisk, CloneInput, PlannedCloneDisk } from '../../shared/model/clone'
import { hostId, vmId } from '../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { demo, failing, type Demo } from '../new-vm/testing/demo'
import { makeClones } from './clone'
import { planClone, workOutClones } from './plan'

const gib = 1024 ** 3
const images = '/var/lib/libvirt/images'
const context: ActionContext = { signal: new AbortController().signal, onProgress: () => undefined }
const id = vmId.parse('12345678-1234-4234-8234-123456789abc')

const diskXml = (target: string, source: string, more = '', type = 'file', format = 'qcow2'): string =>
  `<disk type='${type}' device='disk'><driver name='qemu' type='${format}'/>${source}<target dev='${target}' bus='virtio'/>${more}</disk>`
const file = (name: string): string => `<source file='${images}/${name}'/>`

let one: Demo
let session: HypervisorSession

/** A VM that is off, on a base of four layers which another VM is built on too. */
beforeEach(async () => {
  one = await demo()
  session = one.session
  let base: string | undefined
  for (const name of ['deep-0', 'deep-1', 'deep-2', 'deep-3', 'other']) {
    await session.storage.createVolume(
      'default',
      {
        name: `${name}.qcow2`,
        format: 'qcow2',
        capacityBytes: 4 * gib,
        allocation: 'sparse',
        ...(base === undefined ? {} : { backingPath: `${images}/${base}.qcow2`, backingFormat: 'qcow2' }),
      },
      context,
    )
    base = name === 'deep-3' ? 'deep-2' : name
  }
  await session.creation.define(
    vm('other', '22345678-1234-4234-8234-123456789abc', diskXml('vda', file('other.qcow2'))),
  )
})

const vm = (name: string, uuid: string, disks: string): string =>
  `<domain type='kvm'><name>${name}</name><uuid>${uuid}</uuid><memory unit='MiB'>512</memory><vcpu>1</vcpu>
    <os><type arch='x86_64' machine='q35'>hvm</type></os><devices>${disks}
    <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface>
    <graphics type='vnc' autoport='yes' passwd='geheim'/></devices></domain>`

async function define(disks = diskXml('vda', file('deep-3.qcow2'))): Promise<void> {
  await session.creation.define(vm('deep', id, disks))
}

const input = (disks: readonly CloneDisk[] = [], more: Partial<CloneInput> = {}): CloneInput => ({
  host: hostId.parse('demo'),
  vm: id,
  name: 'copy',
  count: 1,
  disks: [...disks],
  ...more,
})
const plan = (...given: Parameters<typeof input>) => planClone(session, input(...given))
const diskOf = async (
  target: string,
  disks: readonly CloneDisk[] = [],
): Promise<PlannedCloneDisk | undefined> =>
  (await plan(disks)).clones[0]?.disks.find((disk) => disk.target === target)

async function clone(given: CloneInput, through = session, own = context): Promise<ErrorData | undefined> {
  const worked = await workOutClones(through, given)
  try {
    await makeClones(through, worked, own)
    return undefined
  } catch (error) {
    return errorData(error)
  }
}
const files = (): string[] => [...one.host.files.keys()].toSorted()

describe('planning a clone', () => {
  it('names each new file after the new VM, and changes nothing', async () => {
    await define()
    const before = files()
    const told = await plan()
    expect(told.problems).toEqual([])
    expect(told.clones[0]?.disks).toMatchObject([
      {
        target: 'vda',
        how: 'copy',
        from: `${images}/deep-3.qcow2`,
        to: `${images}/copy.qcow2`,
        pool: 'default',
        volume: 'copy.qcow2',
        format: 'qcow2',
        sizeBytes: 4 * gib,
      },
    ])
    expect(told.command).toContain(
      `virt-clone --original deep --name copy --file ${images}/copy.qcow2 --mac 52:54:00:`,
    )
    expect(told.identityCommand).toContain('virt-sysprep -d copy')
    expect(told.clones[0]?.xml).not.toContain('geheim')
    expect(files()).toEqual(before)
    expect((await plan()).clones).toEqual(told.clones)
  })

  it('takes a free name where one is taken, and refuses a chosen one that is', async () => {
    await define()
    await session.storage.createVolume(
      'default',
      { name: 'copy.qcow2', format: 'qcow2', capacityBytes: gib },
      context,
    )
    expect((await diskOf('vda'))?.to).toBe(`${images}/copy-2.qcow2`)
    const { problems } = await plan([{ target: 'vda', how: 'copy', volume: 'copy.qcow2' }])
    expect(problems).toMatchObject([{ level: 'error', field: 'disks.vda.volume' }])
    expect((await plan([], { name: 'other' })).problems).toMatchObject([{ level: 'error', field: 'name' }])
    expect((await plan([{ target: 'vda', how: 'copy', pool: 'no' }])).problems).toMatchObject([
      { level: 'error', field: 'disks.vda.pool' },
    ])
  })

  it('copies no disk that is being written to', async () => {
    await define()
    await session.power(id, 'start', context)
    expect((await plan()).problems).toMatchObject([{ level: 'error', field: 'vm' }])
    expect((await diskOf('vda'))?.whyNot.linked).toMatch(/deep is on/)
    await session.power(id, 'pause', context)
    expect((await plan()).problems).toMatchObject([{ level: 'warning', field: 'vm' }])
    await session.power(id, 'forceOff', context)
    expect((await plan()).problems).toEqual([])
  })

  it('copies no disk that another VM is writing to', async () => {
    await define(diskXml('vda', file('other.qcow2')))
    await session.power(vmId.parse('22345678-1234-4234-8234-123456789abc'), 'start', context)
    expect((await plan()).problems).toMatchObject([
      { level: 'error', message: 'other runs and writes to a disk that would be copied.' },
    ])
  })

  it('says that the original of a linked clone must stay, and that a shared disk is in danger', async () => {
    await define()
    const linked = await plan([{ target: 'vda', how: 'linked' }])
    expect(linked.problems).toMatchObject([{ level: 'warning', field: 'disks.vda' }])
    expect(linked.problems[0]?.message).toContain(`${images}/deep-3.qcow2 becomes the base`)
    expect(linked.command).toBeUndefined()
    const shared = await plan([{ target: 'vda', how: 'share' }])
    expect(shared.problems).toMatchObject([{ level: 'warning', field: 'disks.vda' }])
    expect(shared.command).toContain('--skip-copy vda')
  })

  it('shares what is meant to be shared, and tells of disks it cannot copy', async () => {
    await define(
      diskXml('vda', file('deep-3.qcow2'), '<shareable/>') +
        diskXml('vdb', `<source protocol='nbd' name='x'/>`, '', 'network', 'raw') +
        diskXml('vdc', `<source dev='/dev/sdz'/>`, '', 'block', 'raw') +
        `<disk type='file' device='cdrom'><target dev='sda'/></disk>`,
    )
    const told = await plan()
    expect(told.clones[0]?.disks.map(({ target, how }) => `${target} ${how}`)).toEqual([
      'vda share',
      'vdb skip',
      'vdc skip',
      'sda share',
    ])
    expect(told.problems.map(({ level, message }) => `${level}: ${message.slice(0, 24)}`)).toEqual([
      'warning: The clone has no vdb: It',
      'warning: The clone has no vdc: It',
    ])
    expect((await plan([{ target: 'vdb', how: 'copy' }])).problems[0]).toMatchObject({
      level: 'error',
      field: 'disks.vdb',
    })
  })

  it('is refused where the pool has no room', async () => {
    await define()
    const { host } = one
    const found = host.files.get(`${images}/deep-3.qcow2`)
    if (found) host.files.set(`${images}/deep-3.qcow2`, { ...found, allocationBytes: 1e15 })
    expect((await plan()).problems).toMatchObject([{ level: 'error', field: 'disks.vda.pool' }])
  })

  it('does not read what a guest wrote at the beginning of a raw disk as an image', async () => {
    await define(diskXml('vda', file('deep-3.qcow2'), '', 'file', 'raw'))
    expect((await diskOf('vda'))?.whyNot.copy).toMatch(/takes it for qcow2/)
  })
})

describe('cloning', () => {
  it('makes a copy that stands alone, and leaves the original and its bases untouched', async () => {
    await define()
    const before = new Map(one.host.files)
    const progress: number[] = []
    expect(
      await clone(input(), session, { ...context, onProgress: (part) => progress.push(part) }),
    ).toBeUndefined()
    const made = one.host.files.get(`${images}/copy.qcow2`)
    expect(made?.backingPath).toBeUndefined()
    for (const [path, content] of before) expect(one.host.files.get(path), path).toEqual(content)
    const copy = one.host.byName('copy')
    expect(copy).toMatchObject({ state: 'shut-off' })
    expect(copy?.definition.disks.map(({ source }) => source)).toEqual([`${images}/copy.qcow2`])
    expect(copy?.storedXml).toContain('geheim')
    expect(copy?.storedXml).not.toContain('52:54:00:00:00:01')
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
  })

  it('makes a layer for a linked one; neither deletion suggests what another VM uses', async () => {
    await define()
    expect(await clone(input([{ target: 'vda', how: 'linked' }]))).toBeUndefined()
    expect(one.host.files.get(`${images}/copy.qcow2`)?.backingPath).toBe(`${images}/deep-3.qcow2`)
    const copy = one.host.byName('copy')?.definition.id
    if (!copy) throw new Error('There is no clone')
    const own = await session.deletePlan(copy)
    expect(own.files.map(({ path, isSuggested }) => [path, isSuggested])).toEqual([
      [`${images}/copy.qcow2`, true],
      ...[3, 2, 1, 0].map((at) => [`${images}/deep-${at}.qcow2`, false]),
    ])
    const original = await session.deletePlan(id)
    expect(original.files.map(({ usedBy, isSuggested }) => [usedBy.includes('copy'), isSuggested])).toEqual(
      original.files.map(() => [true, false]),
    )
    await session.delete(copy, { files: [`${images}/copy.qcow2`] }, context)
    expect(files()).toEqual(expect.arrayContaining([0, 1, 2, 3].map((at) => `${images}/deep-${at}.qcow2`)))
  })

  it('makes several with numbers, each with files and addresses of its own', async () => {
    await define()
    expect(await clone(input([], { count: 3, name: 'node-08', description: 'one of three' }))).toBeUndefined()
    const made = ['node-08', 'node-09', 'node-10'].map((name) => one.host.byName(name))
    expect(made.map((each) => each?.definition.disks[0]?.source)).toEqual(
      ['node-08', 'node-09', 'node-10'].map((name) => `${images}/${name}.qcow2`),
    )
    expect(new Set(made.map((each) => /mac address='([^']*)'/.exec(each?.storedXml ?? '')?.[1])).size).toBe(3)
    expect(made[0]?.definition.description).toBe('one of three')
  })

  it('brings a disk from outside of all pools into one', async () => {
    await define(diskXml('vda', `<source file='/srv/lonely.qcow2'/>`))
    one.host.files.set('/srv/lonely.qcow2', { sizeBytes: gib, allocationBytes: 1024, format: 'qcow2' })
    expect(await clone(input())).toBeUndefined()
    expect(one.host.byName('copy')?.definition.disks[0]?.source).toBe(`${images}/copy.qcow2`)
    expect(files()).toContain('/srv/lonely.qcow2')
  })

  it('leaves nothing behind when the host does not take it, nor when it is cancelled', async () => {
    await define(diskXml('vda', file('deep-3.qcow2')) + diskXml('vdb', file('deep-1.qcow2')))
    const before = files()
    const refusing = failing(session, {
      creation: failing(session.creation, { define: () => Promise.reject(new AppError('invalid', 'No')) }),
    })
    expect(await clone(input(), refusing)).toMatchObject({ kind: 'invalid', message: 'No' })
    expect(files()).toEqual(before)
    const abort = new AbortController()
    const cancelled = await clone(input(), session, {
      signal: abort.signal,
      onProgress: (part) => {
        if (part > 0.3) abort.abort()
      },
    })
    expect(cancelled?.kind).toBe('cancelled')
    expect(files()).toEqual(before)
    expect(one.host.byName('copy')).toBeUndefined()
  })

  it('keeps the clones that were finished before one failed, and names them', async () => {
    await define()
    let count = 0
    const full = failing(session, {
      storage: failing(session.storage, {
        cloneVolume: async (...request) => {
          count += 1
          if (count === 2) throw new AppError('busy', 'The disk of the host is full')
          await session.storage.cloneVolume(...request)
        },
      }),
    })
    const error = await clone(input([], { count: 3, name: 'n' }), full)
    expect(error?.message).toBe('Only n-1 could be made: The disk of the host is full')
    expect(one.host.byName('n-1')).toBeDefined()
    expect(one.host.byName('n-2')).toBeUndefined()
    expect(files().filter((path) => path.includes('/n-'))).toEqual([`${images}/n-1.qcow2`])
  })
})

describe('VMs made of a template', () => {
  const linked = (more: Partial<CloneInput> = {}): CloneInput => input([], { usual: 'linked', ...more })

  beforeEach(async () => {
    await define()
    await session.setTemplate(id, true)
  })

  it('are layers where that is wished, without the warning that nobody may start the original', async () => {
    const { clones, problems } = await planClone(session, linked())
    expect(clones[0]?.disks).toMatchObject([{ target: 'vda', how: 'linked', format: 'qcow2' }])
    expect(problems).toEqual([])
    await session.setTemplate(id, false)
    expect((await planClone(session, linked())).problems).toMatchObject([
      { level: 'warning', field: 'disks.vda' },
    ])
  })

  it('are no templates, have the size that is wished, and are started at once', async () => {
    const wish = linked({ count: 2, vcpuCount: 3, memoryBytes: gib, startsNow: true })
    expect(await clone(wish)).toBeUndefined()
    const vms = (await session.listVms()).filter(({ name }) => name.startsWith('copy-'))
    expect(
      vms.map(({ name, state, vcpuCount, memoryBytes, isTemplate }) => [
        ...[name, state, vcpuCount, memoryBytes, isTemplate],
      ]),
    ).toEqual([
      ['copy-1', 'running', 3, gib, undefined],
      ['copy-2', 'running', 3, gib, undefined],
    ])
    expect((await session.listVms()).find((each) => each.id === id)?.isTemplate).toBe(true)
  })

  it('stay when they cannot be started, which is said', async () => {
    const wish = linked({ startsNow: true })
    const refusing = failing(session, {
      power: () => Promise.reject(new AppError('invalid', 'No memory left')),
    })
    expect(await clone(wish, refusing)).toMatchObject({
      message: 'copy was created, but it could not be started',
    })
    expect((await session.listVms()).map(({ name }) => name)).toContain('copy')
  })

  it('show no command where virt-clone cannot give them another size', async () => {
    expect((await planClone(session, input())).command).toBeDefined()
    expect((await planClone(session, input([], { vcpuCount: 3 }))).command).toBeUndefined()
  })
})
