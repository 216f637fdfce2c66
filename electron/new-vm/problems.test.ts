import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import type { HypervisorSession } from '../backends/backend'
import { buildDefinition, disk as fakeDisk } from '../backends/fake/build'
import { problemsOf } from './problems'
import { resolveNewVm } from './resolve'
import { readSurroundings } from './surroundings'
import { demo, failing } from './testing/demo'
import { disk, existing, gib, wanted } from './testing/inputs'

async function problems(
  session: HypervisorSession,
  more: Partial<NewVmInput>,
  os?: OsKnowledge,
): Promise<PlanProblem[]> {
  const input = wanted(more)
  const around = await readSurroundings(session, input)
  return problemsOf(input, around, resolveNewVm(input, around, 'u'), os)
}

/** "error disks.0.pool": what is told where. */
function told(list: readonly PlanProblem[]): string[] {
  return list.map(({ level, field }) => `${level} ${field ?? ''}`.trim())
}

async function on(more: Partial<NewVmInput>): Promise<PlanProblem[]> {
  return problems((await demo()).session, more)
}

const iso = (path: string): NewVmInput['source'] => ({
  kind: 'iso',
  disc: { kind: 'path', path },
  second: [],
})

describe('before a VM is created', () => {
  it('nothing is said where nothing is wrong', async () => {
    expect(await on({})).toEqual([])
    expect(await on({ source: { kind: 'network-boot' }, hasTpm: true, firmware: 'efi-secure' })).toEqual([])
  })

  it('an installer of a disc that nobody would see is told', async () => {
    const unseen = { source: iso('/srv/iso/debian-12-netinst.iso'), graphics: 'none' } as const
    expect(told(await on(unseen))).toEqual(['warning graphics'])
    expect(told(await on({ ...unseen, graphics: 'vnc' }))).toEqual([])
    // the installer of a folder on the web is told to use the serial line
    expect(told(await on({ source: { kind: 'network-boot' }, graphics: 'none' }))).toEqual([])
  })

  it('a name that another VM has is refused', async () => {
    const [first, ...more] = await on({ name: 'web-01' })
    expect(first).toMatchObject({ level: 'error', field: 'name', cure: 'Choose another name.' })
    expect(more).toEqual([])
  })

  it('volumes must be free to be called so, and pools must be there, active and able to make them', async () => {
    expect(told(await on({ disks: [disk({ volume: 'web-01.qcow2' })] }))).toEqual(['error disks.0.volume'])
    expect(told(await on({ disks: [disk({ volume: 'a/b' })] }))).toEqual(['error disks.0.volume'])
    expect(told(await on({ disks: [disk({ volume: 'a' }), disk({ volume: 'a' })] }))).toEqual([
      'error disks.1.volume',
    ])
    expect(told(await on({ disks: [disk({ pool: 'nowhere' })] }))).toEqual(['error disks.0.pool'])
    const [off] = await on({ disks: [disk({ pool: 'archive' })] })
    expect(off).toMatchObject({
      level: 'error',
      field: 'disks.0.pool',
      message: 'The pool "archive" is not active',
    })
    const { session } = await demo()
    const { items } = await session.storage.pools()
    const of = (type: string): HypervisorSession =>
      failing(session, {
        storage: failing(session.storage, {
          pools: async () => ({
            items: items.map((pool) => (pool.name === 'vg0' ? { ...pool, type } : pool)),
          }),
        }),
      })
    for (const type of ['iscsi', 'rbd'])
      expect(told(await problems(of(type), { disks: [disk({ pool: 'vg0' })] }))).toEqual([
        'error disks.0.pool',
      ])
  })

  it('a disk that takes all its space must fit, one that grows may be promised more with a warning', async () => {
    const { session } = await demo()
    const { items } = await session.storage.pools()
    const small = failing(session, {
      storage: failing(session.storage, {
        pools: async () => ({ items: items.map((pool) => ({ ...pool, availableBytes: 50 * gib })) }),
      }),
    })
    const two = (isFull: boolean, more = {}): Partial<NewVmInput> => ({
      disks: [disk({ isFull, sizeBytes: 30 * gib, ...more }), disk({ isFull, sizeBytes: 30 * gib, ...more })],
    })
    expect(told(await problems(small, two(true)))).toEqual(['error disks.1.sizeBytes'])
    expect(told(await problems(small, two(false)))).toEqual(['warning disks.1.sizeBytes'])
    // logical volumes take all of it whatever was chosen
    expect(told(await problems(small, two(false, { pool: 'vg0' })))).toEqual(['error disks.1.sizeBytes'])
    const [refused] = await problems(small, two(true))
    expect(refused?.message).toContain('20 GiB')
  })

  it('memory and CPUs are held against the host, its other VMs and the machine type', async () => {
    expect(told(await on({ memoryBytes: 129 * gib }))).toEqual(['error memoryBytes'])
    expect(told(await on({ memoryBytes: 127 * gib }))).toEqual(['warning memoryBytes'])
    expect(told(await on({ vcpuCount: 33 }))).toEqual(['warning vcpuCount'])
    const pc = { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'pc' }
    expect(told(await on({ vcpuCount: 256, guest: pc }))).toEqual(['error vcpuCount'])
    const { session, host } = await demo()
    for (const at of [1, 2, 3, 4, 5, 6])
      host.place(
        buildDefinition(host.name, { name: `big-${at}`, memoryBytes: 20 * gib, load: { memory: 0.01 } }),
      )
    const [promised] = await problems(session, {})
    expect(promised).toMatchObject({ level: 'warning', field: 'memoryBytes' })
    expect(promised?.message).toContain('promised')
  })

  it('discs and disks that are not there are refused, those that VMs may not get to are told with the way out', async () => {
    expect(told(await on({ source: iso('/srv/gone.iso') }))).toEqual(['error source.disc'])
    expect(told(await on({ disks: [existing('default/gone.qcow2')] }))).toEqual(['error disks.0.image'])
    expect(told(await on({ disks: [existing('archive/x.img')] }))).toEqual(['error disks.0.image'])
    expect(told(await on({ source: { kind: 'drive', device: '/dev/sr7' } }))).toEqual(['error source.device'])
    const { session, host } = await demo()
    host.files.set('/home/anna/disc.iso', { sizeBytes: gib, allocationBytes: gib, format: 'raw' })
    const closed = failing(session, {
      images: failing(session.images, {
        pathAccess: async (path) => ({
          path,
          exists: true,
          canRead: false,
          blockedAt: '/home/anna',
          why: 'VMs run as user “x”, who may not go through the folder /home/anna',
          fix: {
            argv: ['setfacl', '-m', 'u:x:x', '--', '/home/anna'],
            undo: ['setfacl', '-x', 'u:x', '--', '/home/anna'],
            paths: ['/home/anna'],
            explanation: 'Only x may go through.',
          },
        }),
      }),
    })
    const [blocked] = await problems(closed, { source: iso('/home/anna/disc.iso') })
    expect(blocked).toMatchObject({
      level: 'warning',
      field: 'source.disc',
      cure: 'Let that user get to it.',
      fix: { kind: 'unreadable', path: '/home/anna/disc.iso', grant: { paths: ['/home/anna'] } },
    })
    // where no command can be run there is nothing to look at
    const remote = failing(session, {
      images: failing(session.images, {
        pathAccess: () => Promise.reject(new AppError('unsupported', 'No commands')),
      }),
    })
    expect(await problems(remote, { source: iso('/srv/gone.iso') })).toEqual([])
  })

  it('a disk of a running VM is refused, one of another VM warned of, and one that others are built on refused', async () => {
    expect(told(await on({ disks: [existing('default/web-01.qcow2')] }))).toEqual(['error disks.0.image'])
    const { session, host } = await demo()
    host.place(buildDefinition(host.name, { name: 'off', disks: [fakeDisk('vda', 'off.qcow2')] }), {
      state: 'shut-off',
    })
    const [warned] = await problems(session, { disks: [existing('default/off.qcow2')] })
    expect(warned).toMatchObject({
      level: 'warning',
      field: 'disks.0.image',
      message: 'off has this disk too',
    })
    host.files.set('/var/lib/libvirt/images/base.img', {
      sizeBytes: gib,
      allocationBytes: gib,
      format: 'qcow2',
    })
    host.files.set('/var/lib/libvirt/images/top.qcow2', {
      sizeBytes: gib,
      allocationBytes: gib,
      format: 'qcow2',
      backingPath: '/var/lib/libvirt/images/base.img',
    })
    const [base] = await problems(session, { disks: [existing('default/base.img')] })
    expect(base?.message).toContain('writing to it would destroy it')
    const twice = await problems(session, {
      disks: [existing('default/top.qcow2'), existing('/var/lib/libvirt/images/top.qcow2')],
    })
    expect(told(twice)).toEqual(['error disks.1.image'])
  })

  it('networks must be there and active, and bridges must be bridges', async () => {
    const card = (source: NewVmInput['nics'][0]['source']): Partial<NewVmInput> => ({ nics: [{ source }] })
    const network = (name: string, portGroup?: string): Partial<NewVmInput> =>
      card({ kind: 'network', name, ...(portGroup === undefined ? {} : { portGroup }) })
    const off = (await (await demo()).session.hostChoices()).networks.items.find((one) => !one.isActive)?.name
    expect(off).toBeDefined()
    expect(told(await on(network('gone')))).toEqual(['error nics.0.source'])
    expect(told(await on(network('default', 'gone')))).toEqual(['error nics.0.source'])
    expect(told(await on(network(off ?? '')))).toEqual(['error nics.0.source'])
    expect(told(await on({ ...network(off ?? ''), startsNow: false }))).toEqual(['warning nics.0.source'])
    expect((await on(network(off ?? '')))[0]?.fix).toEqual({ kind: 'start-network', network: off })
    expect(told(await on(card({ kind: 'bridge', name: 'br0' })))).toEqual([])
    expect(told(await on(card({ kind: 'bridge', name: 'br9' })))).toEqual(['error nics.0.source'])
    expect(told(await on(card({ kind: 'bridge', name: 'enp65s0f0' })))).toEqual(['error nics.0.source'])
    expect(told(await on(card({ kind: 'direct', interface: 'enp65s0f1' })))).toEqual([])
    expect(told(await on(card({ kind: 'direct', interface: 'eth9' })))).toEqual(['error nics.0.source'])
    expect(told(await on(card({ kind: 'user' })))).toEqual([])
  })

  it('what the hypervisor does not have is refused', async () => {
    const guest = { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' }
    expect(told(await on({ guest: { ...guest, machine: 'pc-q35-0.1' } }))).toContain('error guest.machine')
    expect(told(await on({ guest: { ...guest, architecture: 's390x' } }))).toContain('error guest')
    const riscv = { virtType: 'qemu', osType: 'hvm', architecture: 'riscv64', machine: 'virt' }
    expect(
      told(await on({ guest: { ...guest, virtType: 'xen', osType: 'xen' }, source: iso('/x.iso') })),
    ).toEqual(expect.arrayContaining(['error guest', 'error source']))
    const arm = { virtType: 'qemu', osType: 'hvm', architecture: 'aarch64', machine: 'virt' }
    expect(told(await on({ guest: arm, firmware: 'bios' }))).toEqual(['error firmware'])
    expect(told(await on({ guest: arm, firmware: 'efi-secure' }))).toEqual(['error firmware'])
    expect(told(await on({ guest: riscv, firmware: 'efi' }))).toEqual([])
    const { session } = await demo()
    const all = await session.guestCapabilities(guest)
    const bare = failing(session, {
      guestCapabilities: async () => ({
        ...all,
        firmware: { kinds: ['bios'], loaders: [], secureBoot: 'no' },
        devices: all.devices.map((group) =>
          group.name === 'tpm'
            ? { ...group, isSupported: false }
            : group.name === 'graphics'
              ? { ...group, values: [{ name: 'type', values: ['vnc'] }] }
              : group,
        ),
      }),
    })
    expect(
      told(
        await problems(bare, {
          firmware: 'efi',
          hasTpm: true,
          graphics: 'spice',
          disks: [{ ...disk(), bus: 'ide' }],
        }),
      ),
    ).toEqual(['error firmware', 'error hasTpm', 'error graphics', 'error disks.0.bus'])
  })

  it('an import needs a disk that has something on it, and autostart a host that can', async () => {
    expect(told(await on({ source: { kind: 'import' } }))).toEqual(['error disks.0'])
    expect(told(await on({ source: { kind: 'import' }, disks: [] }))).toEqual(['error disks'])
    const { session } = await demo('demo://basic/')
    expect(told(await problems(session, { hasAutostart: true }))).toEqual(['error hasAutostart'])
  })

  it('what an operating system needs at least is told', async () => {
    const os: OsKnowledge = {
      id: 'http://example.org/os/1',
      shortId: 'os1',
      name: 'Example OS 1',
      isEnded: false,
      shortIds: ['os1'],
      derivesFrom: [],
      devices: [],
      resources: [
        { arch: 'all', minimum: { cpuCount: 4, memoryBytes: gib, storageBytes: 25 * gib } },
        { arch: 'x86_64', minimum: { memoryBytes: 3 * gib } },
        { arch: 'aarch64', minimum: { memoryBytes: 99 * gib } },
      ],
      firmware: [],
      variants: [],
      media: [],
      trees: [],
      images: [],
      scripts: [],
    }
    const list = await problems((await demo()).session, {}, os)
    expect(told(list)).toEqual(['warning memoryBytes', 'warning vcpuCount', 'warning disks.0.sizeBytes'])
    expect(list[0]?.message).toBe('Example OS 1 needs 3 GiB of memory')
  })

  it('what could not be found out is told once, and keeps nobody from planning', async () => {
    const { session } = await demo()
    const broken = (): Promise<never> => Promise.reject(new AppError('internal', 'Broken'))
    const half = failing(session, {
      hostDetails: broken,
      hostChoices: broken,
      storage: failing(session.storage, { pools: broken, usage: broken }),
    })
    const list = await problems(half, { disks: [existing('default/x.qcow2')] })
    expect(list.filter(({ field }) => field === undefined)).toEqual([
      {
        level: 'warning',
        message:
          "Not everything could be checked: the host did not tell the host's memory, the pools, who uses which disk, the networks",
        cure: 'Check again, or go on: what is wrong there shows when the VM is created or started.',
      },
    ])
    expect(list.filter(({ level }) => level === 'error')).toEqual([])
    const gone = failing(session, {
      hostDetails: () => Promise.reject(new AppError('unreachable', 'The host is gone')),
    })
    await expect(problems(gone, {})).rejects.toMatchObject({ kind: 'unreachable' })
  })
})
