import { describe, expect, it } from 'vitest'
import type { Values } from '../../../../shared/model/hardware/field'
import type { Problem } from '../../../../shared/model/hardware/kind'
import { controller } from '../../../../shared/model/hardware/kinds/controller'
import { disk } from '../../../../shared/model/hardware/kinds/disk'
import { noFreePort, pciPorts } from '../../../../shared/model/hardware/pci-ports'
import { EditDocument } from '../../edit/tree'
import { applyChanges } from '../change'
import { add, change, contextOf, valuesIn } from '../testing/round-trip'

const vm = (devices: string, machine = 'pc-q35-7.2'): string => `<domain type='kvm'>
  <os>
    <type arch='x86_64' machine='${machine}'>hvm</type>
  </os>
  <devices>
${devices}
  </devices>
</domain>`

const one = (attributes: string): string => `    <controller ${attributes}/>`
const ref = (key: string) => ({ kind: 'controller', key })

const single: readonly (readonly [string, Values[string], string, string, string])[] = [
  [
    'model',
    'lsilogic',
    "type='scsi' index='0'",
    'scsi 0',
    "<controller type='scsi' index='0' model='lsilogic'/>",
  ],
  ['queues', 4, "type='scsi' index='0' model='virtio-scsi'", 'scsi 0', "<driver queues='4'/>"],
  ['ioThread', 1, "type='scsi' index='0' model='virtio-scsi'", 'scsi 0', "<driver iothread='1'/>"],
  ['commandsPerLun', 64, "type='scsi' index='0' model='virtio-scsi'", 'scsi 0', "<driver cmd_per_lun='64'/>"],
  ['maxSectors', 2048, "type='scsi' index='0' model='virtio-scsi'", 'scsi 0', "<driver max_sectors='2048'/>"],
  ['ioEventFd', true, "type='scsi' index='0' model='virtio-scsi'", 'scsi 0', "<driver ioeventfd='on'/>"],
  ['iommu', true, "type='scsi' index='0' model='virtio-scsi'", 'scsi 0', "<driver iommu='on'/>"],
  ['ats', true, "type='scsi' index='0' model='virtio-scsi'", 'scsi 0', "<driver ats='on'/>"],
  ['packed', true, "type='virtio-serial' index='0'", 'virtio-serial 0', "<driver packed='on'/>"],
  ['pagePerVq', false, "type='virtio-serial' index='0'", 'virtio-serial 0', "<driver page_per_vq='off'/>"],
  [
    'ports',
    8,
    "type='virtio-serial' index='0'",
    'virtio-serial 0',
    "<controller type='virtio-serial' index='0' ports='8'/>",
  ],
  [
    'vectors',
    4,
    "type='virtio-serial' index='0'",
    'virtio-serial 0',
    "<controller type='virtio-serial' index='0' vectors='4'/>",
  ],
  ['maxGrantFrames', 64, "type='xenbus'", 'xenbus', "<controller type='xenbus' maxGrantFrames='64'/>"],
  [
    'maxEventChannels',
    2047,
    "type='xenbus'",
    'xenbus',
    "<controller type='xenbus' maxEventChannels='2047'/>",
  ],
  ['hotplug', false, "type='pci' index='1' model='pcie-root-port'", 'pci 1', "<target hotplug='off'/>"],
  ['chassis', 3, "type='pci' index='1' model='pcie-root-port'", 'pci 1', "<target chassis='3'/>"],
  ['port', 16, "type='pci' index='1' model='pcie-root-port'", 'pci 1', "<target port='0x10'/>"],
  ['chassisNumber', 2, "type='pci' index='1' model='pci-bridge'", 'pci 1', "<target chassisNr='2'/>"],
  ['busNumber', 180, "type='pci' index='1' model='pcie-expander-bus'", 'pci 1', "<target busNr='180'/>"],
  ['node', 1, "type='pci' index='1' model='pcie-expander-bus'", 'pci 1', '<node>1</node>'],
  ['hostBridge', 2, "type='pci' index='1' model='pci-root'", 'pci 1', "<target index='2'/>"],
  [
    'hole64Bytes',
    64 * 1024 ** 3,
    "type='pci' index='0' model='pcie-root'",
    'pci 0',
    "<pcihole64 unit='KiB'>67108864</pcihole64>",
  ],
]

describe('the settings of a controller', () => {
  for (const [field, value, attributes, key, line] of single) {
    it(`writes ${field} where libvirt has it, and nothing else`, () => {
      const xml = vm(one(attributes))
      const done = change(xml, ref(key), { [field]: value })
      expect(done.added).toContain(line)
      expect(valuesIn(done.text, ref(key))[field]).toBe(value)
      expect(done.restored).toBe(xml)
    })
  }

  it('reads ports as libvirt writes them and keeps what stands in their target', () => {
    const xml = vm(`    <controller type='pci' index='1' model='pcie-root-port'>
      <model name='pcie-root-port'/>
      <target chassis='1' port='0x10'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0' multifunction='on'/>
    </controller>`)
    expect(valuesIn(xml, ref('pci 1'))).toEqual({
      type: 'pci',
      index: 1,
      model: 'pcie-root-port',
      device: 'pcie-root-port',
      chassis: 1,
      port: 16,
    })
    expect(change(xml, ref('pci 1'), { hotplug: false }).added).toEqual([
      "<target chassis='1' port='0x10' hotplug='off'/>",
    ])
  })

  it('takes the driver settings away when the model has none', () => {
    const xml = vm(`    <controller type='scsi' index='0' model='virtio-scsi'>
      <driver queues='4'/>
    </controller>`)
    expect(change(xml, ref('scsi 0'), { model: 'lsilogic' }).text).not.toContain('driver')
  })
})

describe('the type of a controller', () => {
  it('takes everything along that belongs to the old one', () => {
    const xml = vm(`    <controller type='pci' index='1' model='pcie-root-port'>
      <model name='pcie-root-port'/>
      <target chassis='1' port='0x10' hotplug='off'/>
    </controller>`)
    const { document } = applyChanges(EditDocument.parse(xml), [
      { kind: 'set', item: ref('pci 1'), values: { type: 'sata' } },
    ])
    expect(document.toString()).toBe(vm(one("type='sata' index='1'")))
  })
})

const ports = (taken: number, total: number): string =>
  [
    `    <controller type='pci' index='0' model='pcie-root'/>`,
    ...Array.from(
      { length: total },
      (_, at) => `    <controller type='pci' index='${at + 1}' model='pcie-root-port'/>`,
    ),
    ...Array.from(
      { length: taken },
      (_, at) => `    <disk type='file' device='disk'>
      <source file='/${at}.img'/>
      <target dev='vd${'abcdefgh'.charAt(at)}' bus='virtio'/>
      <address type='pci' domain='0x0000' bus='0x0${at + 1}' slot='0x00' function='0x0'/>
    </disk>`,
    ),
  ].join('\n')

describe('free PCIe ports', () => {
  it('are counted, and the last one decides whether a disk can be plugged in', () => {
    const some = { ...contextOf(vm(ports(2, 3))), isRunning: true }
    expect(pciPorts(some)).toEqual({ total: 3, free: 1 })
    expect(disk.hotplug?.({ bus: 'virtio', target: 'vdx' }, some)).toBe(true)
    const none = { ...contextOf(vm(ports(2, 2))), isRunning: true }
    expect(noFreePort(none)).toMatch(/No PCI Express port is free/)
    expect(disk.hotplug?.({ bus: 'virtio', target: 'vdx' }, none)).toMatch(/port/)
    expect(disk.hotplug?.({ bus: 'scsi', target: 'sdx' }, none)).toBe(true)
  })

  it('are no matter of machines with a plain PCI bus', () => {
    const xml = vm(one("type='pci' index='0' model='pci-root'"), 'pc-i440fx-7.2')
    expect(pciPorts(contextOf(xml))).toBeUndefined()
    expect(noFreePort({ ...contextOf(xml), isRunning: true })).toBeUndefined()
  })

  it('are offered at the root when none is left', () => {
    const [problem] = problems(vm(ports(2, 2)), 'pci 0')
    expect(problem?.severity).toBe('warning')
    expect(problem?.fix?.changes).toHaveLength(4)
    expect(problems(vm(ports(1, 2)), 'pci 0')).toMatchObject([
      { severity: 'hint', message: expect.stringContaining('1 of 2') as string },
    ])
  })
})

function problems(xml: string, key: string, changed: Values = {}): readonly Problem[] {
  const context = contextOf(xml)
  const values = { ...context.items.find((item) => item.ref.key === key)?.values, ...changed }
  return controller.check?.(values, { ...context, self: ref(key) }) ?? []
}

describe('the rules of a controller', () => {
  it('let the controllers of an ordinary VM be', () => {
    const xml = vm(
      [
        one("type='usb' index='0' model='qemu-xhci' ports='15'"),
        one("type='sata' index='0'"),
        one("type='virtio-serial' index='0'"),
      ].join('\n'),
    )
    for (const key of ['usb 0', 'sata 0', 'virtio-serial 0']) expect(problems(xml, key), key).toEqual([])
  })

  it('offer the companions that USB 2 needs, under its number', () => {
    const xml = vm(one("type='usb' index='0' model='ich9-ehci1'"))
    const [problem] = problems(xml, 'usb 0')
    const changes = problem?.fix?.changes ?? []
    expect(changes.map((fix) => fix.values)).toEqual([
      { type: 'usb', model: 'ich9-uhci1', index: 0, masterPort: 0 },
      { type: 'usb', model: 'ich9-uhci2', index: 0, masterPort: 2 },
      { type: 'usb', model: 'ich9-uhci3', index: 0, masterPort: 4 },
    ])
    const added = add(xml, 'controller', changes[1]?.values ?? {})
    expect(added.added).toContain("<master startport='2'/>")
    expect(valuesIn(added.text, ref('usb 0 ich9-uhci2'))).toMatchObject({ masterPort: 2, index: 0 })
  })

  it('refuse models of another type, numbers given twice and IDE on Q35', () => {
    const two = vm(`${one("type='scsi' index='0'")}\n${one("type='scsi' index='1'")}`)
    expect(problems(two, 'scsi 1', { index: 0 })).toMatchObject([{ field: 'index' }])
    expect(problems(two, 'scsi 1', { model: 'qemu-xhci' })).toMatchObject([{ field: 'model' }])
    expect(problems(vm(one("type='ide' index='0'")), 'ide 0')).toMatchObject([{ field: 'type' }])
    expect(problems(vm(one("type='ide' index='0'"), 'pc-i440fx-7.2'), 'ide 0')).toEqual([])
    expect(problems(two, 'scsi 1', { type: 'constructor' })).toEqual([])
  })
})

describe('controllers of old guests', () => {
  it('are better replaced by VirtIO SCSI', () => {
    const [problem] = problems(vm(one("type='scsi' index='0' model='lsilogic'")), 'scsi 0')
    expect(problem).toMatchObject({
      severity: 'hint',
      fix: { changes: [{ values: { model: 'virtio-scsi' } }] },
    })
    expect(problems(vm(one("type='scsi' index='0' model='virtio-scsi'")), 'scsi 0')).toEqual([])
  })

  it('need a module in SLES 11 for what is plugged in', () => {
    const context = contextOf(vm(one("type='pci' index='0' model='pci-root'"), 'pc-i440fx-7.2'))
    const about = (osId: string) =>
      controller.check?.(
        { type: 'pci', index: 0, model: 'pci-root' },
        { ...context, osId, self: ref('pci 0') },
      )
    expect(about('http://suse.com/sles/11.4')).toMatchObject([
      { severity: 'hint', message: expect.stringContaining('acpiphp') as string },
    ])
    expect(about('http://suse.com/sles/12.5')).toEqual([])
  })
})

describe('a new controller', () => {
  it('is a PCIe port where devices need one, otherwise VirtIO SCSI', () => {
    const xml = vm(ports(0, 1))
    const done = add(xml, 'controller', { ...controller.defaults?.(contextOf(xml)) })
    expect(done.added).toEqual(["<controller type='pci' model='pcie-root-port'/>"])
    expect(controller.defaults?.(contextOf(vm('', 'pc-i440fx-7.2')))).toEqual({
      type: 'scsi',
      model: 'virtio-scsi',
    })
    expect(controller.defaults?.({ ...contextOf(xml), virtType: 'xen' })).toEqual({
      type: 'usb',
      model: 'qusb2',
    })
    const running = { ...contextOf(xml), isRunning: true }
    expect(controller.hotplug?.({ type: 'pci', model: 'pcie-root-port' }, running)).toMatch(/Only SCSI/)
    expect(controller.hotplug?.({ type: 'scsi' }, running)).toBe(true)
  })
})
