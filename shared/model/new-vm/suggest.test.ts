import { describe, expect, it } from 'vitest'
import type { HostInterface, NetworkChoice, PoolChoice } from '../host-choices'
import type { GuestCapabilities, GuestKind } from '../host-details'
import { hostId } from '../ids'
import type { OsDevice, OsKnowledge } from '../os/os'
import type { PlaceOnHost } from './new-vm'
import { suggest, type Offer, type Suggestion } from './suggest'
import type { Wishes } from './wishes'

const gib = 1024 ** 3
const disc: PlaceOnHost = { kind: 'volume', pool: 'iso', volume: 'some.iso' }

const kind = (more: Partial<GuestKind> = {}): GuestKind => ({
  architecture: 'x86_64',
  osType: 'hvm',
  virtTypes: [{ name: 'qemu' }, { name: 'kvm' }],
  machines: ['pc', 'q35', 'isapc'].map((name) => ({ name, isDeprecated: false })),
  features: [],
  ...more,
})

const capabilities = (more: Partial<GuestCapabilities> = {}): GuestCapabilities => ({
  virtType: 'kvm',
  architecture: 'x86_64',
  firmware: { kinds: ['bios', 'efi'], loaders: [], secureBoot: 'yes' },
  cpuModes: [],
  cpuModels: [],
  devices: [],
  features: [],
  ...more,
})

const system = (shortId: string, more: Partial<OsKnowledge> = {}): OsKnowledge => ({
  id: `http://example.org/${shortId}`,
  shortId,
  shortIds: [shortId],
  name: shortId,
  isEnded: false,
  derivesFrom: [],
  devices: ['q35'] satisfies OsDevice[],
  resources: [],
  firmware: [],
  variants: [],
  media: [],
  trees: [],
  images: [],
  scripts: [],
  ...more,
})

const pool = (name: string, more: Partial<PoolChoice> = {}): PoolChoice => ({
  name,
  state: 'running',
  type: 'dir',
  availableBytes: 100 * gib,
  ...more,
})

const network = (name: string, more: Partial<NetworkChoice> = {}): NetworkChoice => ({
  name,
  isActive: true,
  forward: 'nat',
  portGroups: [],
  ...more,
})

const bridge = (name: string): HostInterface => ({ name, kind: 'bridge', addresses: [] })

interface Place {
  readonly networks?: readonly NetworkChoice[]
  readonly interfaces?: readonly HostInterface[]
  readonly pools?: readonly PoolChoice[]
}

function offer(more: Partial<Offer> & Place = {}): Offer {
  const { networks = [network('default')], interfaces = [], pools = [pool('default')], ...rest } = more
  return {
    host: hostId.parse('a'),
    info: { architecture: 'x86_64', cpuCount: 8, memoryBytes: 32 * gib },
    capabilities: { guests: [kind()] },
    guest: capabilities(),
    choices: { networks: { items: networks }, interfaces: { items: interfaces }, pools: { items: pools } },
    vmNames: [],
    ...rest,
  }
}

/** What comes of a disc that was chosen and nothing else. */
const made = (more: Partial<Offer> & Place = {}, wishes: Wishes = {}): Suggestion =>
  suggest({ disc, ...wishes }, offer(more))

describe('what is suggested for a new VM', () => {
  it('is whole as soon as a disc is chosen', () => {
    expect(made({ os: system('debian12') }).input).toEqual({
      host: 'a',
      name: 'debian12',
      guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
      osId: 'http://example.org/debian12',
      source: { kind: 'iso', disc, second: [] },
      vcpuCount: 2,
      memoryBytes: 2 * gib,
      hasTpm: false,
      disks: [{ kind: 'new', pool: 'default', sizeBytes: 20 * gib, format: 'qcow2', isFull: false }],
      nics: [{ source: { kind: 'network', name: 'default' } }],
      graphics: 'vnc',
      hasAutostart: false,
      startsNow: true,
      changes: [],
    })
  })

  it('puts an installer from the web on the text console where there is no display, whichever was said first', () => {
    const tree = { url: 'http://example.org/os' }
    const sourceOf = (wishes: Wishes) => made({}, { source: 'tree', tree, ...wishes }).input
    expect(sourceOf({})).toMatchObject({ graphics: 'vnc', source: { isTextConsole: false } })
    for (const wishes of [{ graphics: 'none' }, { tree: { ...tree, isTextConsole: true } }] as const)
      expect(sourceOf(wishes)).toMatchObject({ graphics: 'none', source: { isTextConsole: true } })
  })

  it('leaves out answers that the installer of the disc would not look for', () => {
    const answers = { kind: 'own', text: 'd-i …' } as const
    const withAnswers = (distro: string, version: string) =>
      made({ os: system(distro, { family: 'linux', distro, version }) }, { answers }).input?.source
    expect(withAnswers('debian', '12')).toEqual({ kind: 'iso', disc, second: [] })
    expect(withAnswers('fedora', '42')).toMatchObject({ answers: { kind: 'own' } })
  })

  it('says what is missing at its field, and plans nothing', () => {
    const { input, problems } = suggest({}, offer())
    expect(input).toBeUndefined()
    expect(problems).toEqual([
      { level: 'error', field: 'source.disc', message: 'Choose the disc to install from' },
    ])
  })

  it.each([
    ['name', { name: 'no spaces please' }],
    ['vcpuCount', { vcpuCount: 'many' }],
    ['vcpuCount', { vcpuCount: 0 }],
    ['memoryBytes', { memoryBytes: 'lots' }],
    ['disks.0.sizeBytes', { disks: [{ kind: 'new', sizeBytes: 'big' }] }],
    ['disks.0.image', { disks: [{ kind: 'existing' }] }],
    ['disks.0.image', { source: 'import' }],
    ['source.device', { source: 'drive' }],
  ] as const)('tells at %s that %j cannot be used', (field, wishes) => {
    const { input, problems } = made({}, wishes)
    expect(input).toBeUndefined()
    expect(problems.map((one) => one.field)).toEqual([field])
  })

  it('keeps what was typed when the system becomes another, and lets the rest follow', () => {
    const typed: Wishes = { name: 'mine', memoryBytes: 3 * gib }
    const before = made({ os: system('debian12') }, typed).shown
    const after = made(
      {
        os: system('big', {
          resources: [
            { arch: 'all', recommended: { cpuCount: 4, memoryBytes: 8 * gib, storageBytes: 64 * gib } },
          ],
        }),
      },
      typed,
    ).shown
    expect(before).toMatchObject({ name: 'mine', memoryBytes: 3 * gib, vcpuCount: 2 })
    expect(after).toMatchObject({ name: 'mine', memoryBytes: 3 * gib, vcpuCount: 4 })
    expect(after.disks[0]).toMatchObject({ sizeBytes: 64 * gib })
  })

  it('wants no more than the host has', () => {
    const os = system('huge', {
      resources: [{ arch: 'x86_64', recommended: { cpuCount: 64, memoryBytes: 512 * gib } }],
    })
    const { shown } = made({ os, info: { architecture: 'x86_64', cpuCount: 4, memoryBytes: 8 * gib } })
    expect(shown).toMatchObject({ vcpuCount: 4, memoryBytes: 6 * gib })
  })

  it('gives an installer that loads everything over the network the memory it needs', () => {
    const os = system('net', { resources: [{ arch: 'all', networkInstall: { memoryBytes: 5 * gib } }] })
    expect(made({ os }).shown.memoryBytes).toBe(2 * gib)
    expect(made({ os }, { source: 'network-boot' }).shown.memoryBytes).toBe(5 * gib)
  })
})

describe('the machine', () => {
  it("is of the host's own architecture and accelerated, though others are offered first", () => {
    const guests = [
      kind({ architecture: 'aarch64', virtTypes: [{ name: 'qemu' }] }),
      kind({ architecture: 'i686' }),
      kind({ osType: 'exe', virtTypes: [{ name: 'lxc' }] }),
      kind(),
    ]
    const { input } = made({ capabilities: { guests } })
    expect(input?.guest).toMatchObject({ architecture: 'x86_64', virtType: 'kvm', osType: 'hvm' })
  })

  it('is emulated where the host has nothing better', () => {
    const guests = [kind({ virtTypes: [{ name: 'qemu' }] })]
    expect(made({ capabilities: { guests } }).input?.guest.virtType).toBe('qemu')
  })

  it('is the old one for a system that knows no q35', () => {
    expect(made({ os: system('win2k', { devices: [] }) }).shown.machine).toBe('pc')
    expect(made({}).shown.machine).toBe('q35')
  })

  it('starts with UEFI where the system or its disc knows nothing else', () => {
    const firmware: OsKnowledge['firmware'] = [
      { arch: 'x86_64', type: 'efi', isSupported: true },
      { arch: 'x86_64', type: 'bios', isSupported: false },
    ]
    expect(made({ os: system('debian12') }).shown.firmware).toBeUndefined()
    expect(made({ os: system('new', { firmware }) }).shown.firmware).toBe('efi')
    expect(made({ isEfiOnly: true }).shown.firmware).toBe('efi')
    const bare = capabilities({ firmware: { kinds: ['bios'], loaders: [], secureBoot: 'no' } })
    expect(made({ isEfiOnly: true, guest: bare }).shown.firmware).toBeUndefined()
  })

  it('has Secure Boot and a TPM for Windows 11, as far as the host has them', () => {
    const os = system('win11')
    expect(made({ os }).shown).toMatchObject({ firmware: 'efi-secure', hasTpm: true })
    const bare = capabilities({
      firmware: { kinds: ['bios', 'efi'], loaders: [], secureBoot: 'no' },
      devices: [{ name: 'tpm', isSupported: false, values: [] }],
    })
    expect(made({ os, guest: bare }).shown).toMatchObject({ firmware: 'efi', hasTpm: false })
  })

  it('of paravirtualised Xen starts from a disk, as it has no firmware', () => {
    const guests = [kind({ osType: 'xen', virtTypes: [{ name: 'xen' }], machines: [] })]
    const { shown } = suggest({}, offer({ capabilities: { guests } }))
    expect(shown).toMatchObject({ source: 'import', virtType: 'xen' })
    expect(shown.firmware).toBeUndefined()
  })

  it('is refused on a host that has neither VMs nor containers', () => {
    const guests = [kind({ osType: 'uml', virtTypes: [{ name: 'uml' }] })]
    expect(made({ capabilities: { guests } }).problems[0]).toMatchObject({
      field: 'guest',
      message: 'This host runs neither virtual machines nor containers',
    })
  })
})

describe('disks', () => {
  it('go where the user keeps new ones, else to "default", else where most is free', () => {
    const pools = [pool('small', { availableBytes: gib }), pool('large'), pool('off', { state: 'inactive' })]
    const into = (more: Partial<Offer> & Place): unknown => made(more).shown.disks[0]
    expect(into({ pools })).toMatchObject({ pool: 'large' })
    expect(into({ pools: [...pools, pool('default')] })).toMatchObject({ pool: 'default' })
    expect(into({ pools, usualPool: 'small' })).toMatchObject({ pool: 'small' })
    expect(into({ pools, usualPool: 'off' })).toMatchObject({ pool: 'large' })
  })

  it('are raw where volumes are no files', () => {
    expect(made({ pools: [pool('vg', { type: 'logical' })] }).shown.disks[0]).toMatchObject({ format: 'raw' })
  })

  it('say so where no pool takes any, and can be left out', () => {
    const pools = [pool('luns', { type: 'iscsi' })]
    expect(made({ pools }).problems[0]?.field).toBe('disks.0.pool')
    expect(made({ pools }, { disks: [] }).input?.disks).toEqual([])
  })
})

describe('network cards', () => {
  const first = (more: Partial<Offer> & Place): unknown => made(more).shown.nics[0]?.source

  it("are plugged into the host's first bridge to the outside before a network", () => {
    const networks = [network('default', { bridge: 'virbr0' }), network('lab', { bridge: 'labbr' })]
    const interfaces = [bridge('virbr0'), bridge('labbr'), bridge('docker0'), bridge('br0'), bridge('br1')]
    expect(first({ networks, interfaces })).toEqual({ kind: 'bridge', name: 'br0' })
    expect(first({ networks, interfaces, usualNetwork: 'lab' })).toEqual({ kind: 'network', name: 'lab' })
  })

  it('go to "default", or to a network that is active, or to what the hypervisor reaches', () => {
    const off = network('default', { isActive: false })
    expect(first({ networks: [network('a'), network('default')] })).toEqual({
      kind: 'network',
      name: 'default',
    })
    expect(first({ networks: [off, network('b')] })).toEqual({ kind: 'network', name: 'b' })
    expect(first({ networks: [] })).toEqual({ kind: 'user' })
  })

  it('go to a network that has to be started only where none runs, whatever is usual', () => {
    const [off, mine] = [network('default', { isActive: false }), network('mine', { isActive: false })]
    const usualNetwork = 'mine'
    expect(first({ networks: [off, mine, network('on')], usualNetwork })).toEqual({
      kind: 'network',
      name: 'on',
    })
    expect(first({ networks: [mine], interfaces: [bridge('br0')], usualNetwork })).toEqual({
      kind: 'bridge',
      name: 'br0',
    })
    expect(first({ networks: [off, mine], usualNetwork })).toEqual({ kind: 'network', name: 'mine' })
    expect(first({ networks: [mine, off] })).toEqual({ kind: 'network', name: 'default' })
  })
})
