import { describe, expect, it } from 'vitest'
import type { Values } from '../../../../shared/model/hardware/field'
import type { CheckContext } from '../../../../shared/model/hardware/kind'
import { kindOf } from '../../../../shared/model/hardware/kinds'
import { suggestedFor } from '../../../../shared/model/hardware/suggestions'
import { EditDocument } from '../../edit/tree'
import { applyChanges } from '../change'
import { add } from '../testing/round-trip'
import { hardwareContext } from '../view'

const gibibyte = 1024 ** 3
const page = (kind: string, values: Values, key = '') => ({ ref: { kind, key }, values, hasMore: false })
const context: CheckContext = {
  virtType: 'kvm',
  osType: 'hvm',
  architecture: 'x86_64',
  machine: 'pc-q35-7.2',
  isRunning: false,
  items: [page('cpu', { maximum: 4 }), page('memory', { maximum: 2 * gibibyte })],
  hostCpus: 8,
}
const windows = { osId: 'http://microsoft.com/win/11' }
const problems = (kind: string, values: Values, more: Partial<CheckContext> = {}) =>
  kindOf(kind)?.check?.(values, { ...context, self: { kind, key: '' }, ...more }) ?? []

describe('rules of the whole VM’s settings', () => {
  it.each<[string, string, Values, string]>([
    [
      'vcpu-tuning',
      'a virtual CPU pinned twice',
      {
        vcpuPins: [
          { vcpu: 0, cpus: '0' },
          { vcpu: 0, cpus: '1' },
        ],
      },
      'vcpuPins',
    ],
    [
      'vcpu-tuning',
      'a pin of an I/O thread that is not there',
      { ioThreads: 1, ioThreadPins: [{ thread: 2, cpus: '0' }] },
      'ioThreadPins',
    ],
    ['vcpu-tuning', 'a quota below a millisecond', { quota: 500 }, 'quota'],
    [
      'vcpu-tuning',
      'two schedulers of one virtual CPU',
      {
        vcpuSchedulers: [
          { cpus: '0-1', scheduler: 'idle' },
          { cpus: '1', scheduler: 'batch' },
        ],
      },
      'vcpuSchedulers',
    ],
    ['vcpu-tuning', 'a pool without its most workers', { mainPoolMin: 4 }, 'ioThreadPools'],
    [
      'numa',
      'a virtual CPU in two nodes',
      {
        cells: [
          { id: 0, cpus: '0-2', memory: gibibyte },
          { id: 1, cpus: '2-3', memory: gibibyte },
        ],
      },
      'cells',
    ],
    [
      'numa',
      'nodes that are not counted from 0',
      { cells: [{ id: 1, cpus: '0-3', memory: 2 * gibibyte }] },
      'cells',
    ],
    [
      'numa',
      'a binding of a node that is not there',
      { cellNodes: [{ cell: 3, mode: 'strict', nodes: '0' }] },
      'cellNodes',
    ],
    ['features', 'synthetic timers alone', { hypervStimer: true }, 'hypervStimer'],
    ['features', 'a comma in the hypervisor’s name', { hypervVendorId: 'a,b' }, 'hypervVendorId'],
    [
      'features',
      'a ring that is no power of two',
      { kvmDirtyRing: true, kvmDirtyRingSize: 5000 },
      'kvmDirtyRingSize',
    ],
    [
      'clock',
      'a reset of a clock that is off by seconds',
      { offset: 'variable', adjustment: 'reset' },
      'adjustment',
    ],
    ['clock', 'ticks that QEMU cannot merge', { rtcTickPolicy: 'merge' }, 'rtcTickPolicy'],
    ['events', 'a restart under another name with QEMU', { onCrash: 'rename-restart' }, 'onCrash'],
    [
      'events',
      'a power-off that starts beside a restart that stops',
      { onPoweroff: 'restart', onReboot: 'destroy' },
      'onPoweroff',
    ],
    [
      'limits',
      'a device that is limited twice',
      { devices: [{ path: '/dev/sda' }, { path: '/dev/sda' }] },
      'devices',
    ],
    ['balloon', 'Xen’s balloon in QEMU', { model: 'xen' }, 'model'],
    [
      'memory-device',
      'odd blocks',
      { model: 'virtio-mem', size: gibibyte, block: 3 * 1024 ** 2, requested: 0 },
      'block',
    ],
    ['memory-device', 'a VM without room for it', { model: 'dimm', size: gibibyte }, 'model'],
  ])('%s: refuse %s', (kind, _what, values, field) => {
    expect(problems(kind, values)).toContainEqual(expect.objectContaining({ severity: 'error', field }))
  })

  it('say what a guest without ACPI does not notice, and offer it', () => {
    expect(problems('features', { apic: true })).toMatchObject([
      { severity: 'hint', field: 'acpi', fix: { changes: [{ values: { acpi: true } }] } },
    ])
    expect(problems('features', { acpi: true, apic: true })).toEqual([])
  })

  it('say that unknown registers are a matter of the host with KVM', () => {
    const values = { acpi: true, apic: true, unknownMsrs: 'ignore' }
    expect(problems('features', values)).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('kvm ignore_msrs=1') as string },
    ])
    expect(problems('features', values, { virtType: 'bhyve' })).toEqual([])
  })

  it('let Xen choose its time stamp counter, and say which guests cope with it', () => {
    expect(problems('clock', { tscMode: 'native' })).toMatchObject([{ severity: 'error', field: 'tscMode' }])
    const xen = { virtType: 'xen' }
    for (const tscMode of ['native', 'paravirt'])
      expect(problems('clock', { tscMode }, xen)).toMatchObject([{ severity: 'hint', field: 'tscMode' }])
    for (const tscMode of ['auto', 'emulate']) expect(problems('clock', { tscMode }, xen)).toEqual([])
  })

  it('give the VM what its NUMA nodes have together', () => {
    const [problem] = problems('numa', { cells: [{ id: 0, cpus: '0-3', memory: 3 * gibibyte }] })
    expect(problem).toMatchObject({
      severity: 'warning',
      fix: { changes: [{ values: { maximum: 3 * gibibyte } }] },
    })
    expect(problems('numa', { cells: [{ id: 0, cpus: '0-3', memory: 2 * gibibyte }] })).toEqual([])
  })

  it('turn on all that a Hyper-V feature builds on', () => {
    const found = problems('features', { hypervStimer: true })
    expect(found[0]?.fix?.changes).toEqual([
      {
        kind: 'set',
        item: { kind: 'features', key: '' },
        values: { hypervSynic: true, hypervVpindex: true },
      },
    ])
    expect(found[1]?.fix?.changes).toMatchObject([
      { item: { kind: 'clock' }, values: { hypervClockPresent: true } },
    ])
  })

  it('keep KVM’s clock from Windows', () => {
    expect(problems('clock', { offset: 'localtime', kvmClockPresent: true }, windows)).toMatchObject([
      { severity: 'warning', fix: { changes: [{ unset: ['kvmClockPresent'] }] } },
    ])
    expect(problems('clock', { offset: 'utc', kvmClockPresent: true })).toEqual([])
  })

  it('say why memory cannot be plugged into a VM that was started without room', () => {
    const hotplug = kindOf('memory-device')?.hotplug
    const memory = (live: Values) => ({ ...page('memory', live), live })
    const running = { ...context, isRunning: true }
    const full = { ...running, items: [memory({ maximum: gibibyte })] }
    const roomy = { ...running, items: [memory({ maximum: gibibyte, hotplugCeiling: 4 * gibibyte })] }
    expect(hotplug?.({ model: 'dimm', size: gibibyte }, full)).toContain('without room')
    expect(hotplug?.({ model: 'dimm', size: gibibyte }, roomy)).toBe(true)
    expect(hotplug?.({ model: 'sgx-epc', size: gibibyte }, roomy)).toContain('cannot')
  })
})

describe('devices of memory', () => {
  const source = `<domain type='kvm'>
  <devices>
  </devices>
</domain>`

  it('are added as they are asked for', () => {
    const values = kindOf('balloon')?.defaults?.(context) ?? {}
    expect(add(source, 'balloon', values).added).toEqual([
      "<memballoon model='virtio' freePageReporting='on'>",
      "<stats period='5'/>",
      '</memballoon>',
    ])
    expect(
      add(source, 'memory-device', {
        model: 'nvdimm',
        size: gibibyte,
        node: 0,
        path: '/srv/nv',
        isPersistent: true,
      }).added,
    ).toEqual([
      "<memory model='nvdimm'>",
      '<target>',
      "<size unit='KiB'>1048576</size>",
      '<node>0</node>',
      '</target>',
      '<source>',
      '<path>/srv/nv</path>',
      '<pmem/>',
      '</source>',
      '</memory>',
    ])
  })
})

describe('what would do a VM good', () => {
  const definition = (osId: string, inner = ''): string => `<domain type='kvm'>
  <name>one</name>
  <metadata><libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0"><libosinfo:os id="${osId}"/></libosinfo:libosinfo></metadata>
  <memory unit='KiB'>2097152</memory>
  <vcpu>4</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <features><acpi/><apic/></features>
  <clock offset='utc'/>
  <devices>${inner}<memballoon model='virtio'/></devices>
</domain>`
  const labels = (xml: string): string[] =>
    suggestedFor(hardwareContext({ stored: EditDocument.parse(xml) })).map(({ label }) => label)
  const taken = (xml: string): string => {
    const document = EditDocument.parse(xml)
    const fixes = suggestedFor(hardwareContext({ stored: document })).flatMap((one) => one.fixes)
    return applyChanges(
      document,
      fixes.map((fix, at) => ({ ...fix, ...(fix.kind === 'add' ? { key: `new-${at}` } : {}) }) as never),
    ).document.toString()
  }

  it('is for Windows: enlightenments, its clock and one socket; nothing is left when all is taken', () => {
    const xml = definition('http://microsoft.com/win/11')
    expect(labels(xml)).toEqual([
      'Hyper-V enlightenments',
      'Clock for Windows',
      'Steady timers',
      'One socket with many cores',
      'Memory as the guest sees it',
    ])
    const now = taken(xml)
    expect(now).toContain("<spinlocks state='on' retries='8191'/>")
    expect(now).toContain("<timer name='hypervclock' present='yes'/>")
    expect(now).toContain("<topology sockets='1' cores='4' threads='1'/>")
    expect(labels(now)).toEqual([])
  })

  it('leaves a Windows server its sockets', () => {
    expect(labels(definition('http://microsoft.com/win/2k22'))).not.toContain('One socket with many cores')
  })

  it('is for Linux: random numbers from the host, and shared memory once it shares folders', () => {
    const xml = definition('http://debian.org/debian/12')
    expect(labels(xml)).toEqual([
      'Steady timers',
      'Random numbers from the host',
      'Memory as the guest sees it',
    ])
    const shared = definition(
      'http://debian.org/debian/12',
      "<filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='srv'/></filesystem>",
    )
    expect(labels(shared)).toContain('Memory shared with the host')
    expect(taken(shared)).toContain("<source type='memfd'/>")
    expect(labels(taken(shared))).toEqual([])
  })

  it('hides the hypervisor only from Windows with a card of the host', () => {
    const card =
      "<hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source></hostdev>"
    expect(labels(definition('http://microsoft.com/win/10', card))).toContain('Hide the hypervisor')
    expect(labels(definition('http://debian.org/debian/12', card))).not.toContain('Hide the hypervisor')
  })
})
