import type { HostFeatures } from '../../../shared/model/host'
import {
  describeBackend,
  type BackendLab,
  type BackendUnderTest,
  type LayeredVms,
  type VmRole,
} from '../backend.suite'
import { buildDefinition, cdrom, disk, type Wish } from './build'
import { systemClock } from './clock'
import { type FakeBackend, fakeBackend } from './fake-backend'
import type { FakeHost, Placement } from './fake-host'
import type { FakeDefinition, FakeVm } from './model'
import { storageModelOf } from './storage/model'
import { connectTo } from './test-session'

const all: HostFeatures = {
  canSave: true,
  canPause: true,
  canStartPaused: true,
  canReset: true,
  canAskAgent: true,
  canRename: true,
  canAutostart: true,
  canDelete: true,
  hasGraphicalConsole: true,
  updates: 'events',
}

const none: HostFeatures = {
  canSave: false,
  canPause: false,
  canStartPaused: false,
  canReset: false,
  canAskAgent: false,
  canRename: false,
  canAutostart: false,
  canDelete: false,
  hasGraphicalConsole: false,
  updates: 'events',
}

/** Real time, fifty times as fast. */
function hastyBackend(): FakeBackend {
  return fakeBackend({ delay: (ms, signal) => systemClock.delay(ms / 50, signal) })
}

const secret = 'postmark'

const roles: Record<VmRole, { wish: Partial<Wish>; placement: Placement }> = {
  stopped: { wish: {}, placement: { state: 'shut-off' } },
  running: { wish: { display: { kind: 'vnc', password: secret } }, placement: { state: 'running' } },
  transient: { wish: {}, placement: { state: 'running', isPersistent: false } },
  headless: {
    wish: { display: { kind: 'none' }, hasGuestAgentChannel: false },
    placement: { state: 'running' },
  },
  deletable: {
    wish: {
      disks: [
        disk('vda', 'suite-deletable.qcow2'),
        // each is kept for one reason only: used by another VM, shareable, read-only, installation media
        disk('vdb', 'web-01.qcow2'),
        disk('vdc', 'suite-cluster.raw', { format: 'raw', isShareable: true }),
        disk('vdd', 'suite-base.qcow2', { isReadOnly: true }),
        { ...cdrom('sda', 'suite-install.iso'), isReadOnly: false },
      ],
    },
    placement: { state: 'shut-off' },
  },
}

function labOn(backend: FakeBackend, uri: string): BackendLab {
  const host = backend.hostAt(uri)
  const named = (name: string): FakeVm => {
    const vm = host.byName(name)
    if (!vm) throw new Error(`No VM ${name}`)
    return vm
  }
  return {
    connect: () => connectTo(backend, uri),
    async prepare(role) {
      const { wish, placement } = roles[role]
      const definition = buildDefinition(host.name, { name: `suite-${role}`, ...wish })
      // whatever an earlier test left of it, under whatever name
      const before = host.vms.get(definition.id)
      if (before) host.remove(before)
      host.place(definition, placement)
      return {
        id: definition.id,
        name: definition.name,
        vcpuCount: definition.vcpuCount,
        maxMemoryBytes: definition.maxMemoryBytes,
        diskTargets: definition.disks.map((one) => one.target),
        macs: definition.nics.map((one) => one.mac),
        displayTypes: definition.display.kind === 'none' ? [] : [definition.display.kind],
        secrets: [secret],
        removableFiles: ['/var/lib/libvirt/images/suite-deletable.qcow2'].filter(() => role === 'deletable'),
        keptFiles: ['web-01.qcow2', 'suite-cluster.raw', 'suite-base.qcow2', 'suite-install.iso']
          .filter(() => role === 'deletable')
          .map((file) => `/var/lib/libvirt/images/${file}`),
      }
    },
    prepareLayers: async () => layersOn(host),
    behindOurBack: {
      define: async (name) =>
        host.place(buildDefinition(host.name, { name }), { state: 'shut-off' }).definition.id,
      start: async (name) => {
        const vm = named(name)
        host.change(vm, { state: 'running', run: host.newRun(vm, 0, true) })
      },
      stop: async (name) => host.stop(named(name), 'by another client'),
      undefine: async (name) => host.remove(named(name)),
    },
    saveFolder: '/srv/backup',
    fileExists: async (path) => host.files.has(path),
    tearDown: async () => {},
  }
}

/** See `BackendLab.prepareLayers`. */
function layersOn(host: FakeHost): LayeredVms {
  const { pools } = storageModelOf(host)
  const images = pools.get('default')
  if (!images) throw new Error('No pool')
  const far = '/srv/far'
  pools.set('far', { ...images, name: 'far', path: far, blocks: new Map() })
  const at = (name: string): string => `${images.path ?? ''}/suite-layer-${name}.qcow2`
  const chain: readonly (readonly [path: string, base?: string])[] = [
    [at('base')],
    [at('a'), at('base')],
    [at('b'), at('a')],
    [at('c'), at('b')],
    [`${far}/suite-layer-d.qcow2`, at('b')],
    [at('kept')],
  ]
  for (const [path, backingPath] of chain) {
    const file = { sizeBytes: 1024 ** 3, allocationBytes: 1024 ** 2, format: 'qcow2' }
    host.files.set(path, backingPath === undefined ? file : { ...file, backingPath, backingFormat: 'qcow2' })
  }
  const place = (name: string, disks: FakeDefinition['disks']): FakeVm => {
    const definition = buildDefinition(host.name, { name, disks })
    const before = host.vms.get(definition.id)
    if (before) host.remove(before)
    return host.place(definition, { state: 'shut-off' })
  }
  const one = place('suite-one', [disk('vda', 'suite-layer-c.qcow2'), disk('vdb', 'suite-layer-kept.qcow2')])
  const other = place('suite-other', [{ ...disk('vda', 'd'), source: `${far}/suite-layer-d.qcow2` }])
  other.snapshots = [{ name: 'before', images: [at('kept')], xml: '<domainsnapshot/>', isCurrent: false }]
  return {
    one: one.definition.id,
    other: other.definition.id,
    otherName: 'suite-other',
    base: at('base'),
    a: at('a'),
    b: at('b'),
    c: at('c'),
    d: `${far}/suite-layer-d.qcow2`,
    kept: at('kept'),
  }
}

const timeouts = { eventMs: 1000, shutdownMs: 2000, saveMs: 2000, prepareMs: 5000 }

const complete: BackendUnderTest = {
  features: all,
  guestsAnswerAcpi: true,
  growingCounters: ['cpuTimeNs', 'diskReadBytes', 'diskWriteBytes', 'netReceiveBytes', 'netSendBytes'],
  tellsGuestCapabilities: true,
  storage: { pool: 'default', lacks: [] },
  savesToFiles: 'with-options',
  hasMonitor: true,
  hasShell: true,
  textGuest: {
    async signIn(reader) {
      reader.type('\r')
      await reader.until(/login: /)
      reader.type('ann\rsecret\r')
      await reader.until(/\$ /)
    },
    // the toy shell echoes words as they are
    echoed: (text) => new RegExp(`\r\n"${text}"-`),
  },
  timeouts,
  setUp: async () => labOn(hastyBackend(), 'demo://local/'),
}

describeBackend('demo host', complete)

const { hasMonitor: _, hasShell: _alsoNot, ...simple } = complete

describeBackend('demo host without optional features', {
  ...simple,
  features: none,
  setUp: async () => labOn(hastyBackend(), 'demo://basic/'),
})
