import { describe, expect, test } from 'vitest'
import { hardwareKinds } from '../../../../shared/model/hardware/kinds'
import { mdevDevice } from '../../../../shared/model/hardware/kinds/mdev-device'
import { pciDevice } from '../../../../shared/model/hardware/kinds/pci-device'
import { scsiDevice } from '../../../../shared/model/hardware/kinds/scsi-device'
import { usbDevice } from '../../../../shared/model/hardware/kinds/usb-device'
import { add, change, contextOf, problemsIn, valuesIn } from '../testing/round-trip'

const vm = (devices: string, type = 'kvm', arch = 'x86_64'): string => `<domain type='${type}'>
  <name>web</name>
  <memory unit='KiB'>1048576</memory>
  <os>
    <type arch='${arch}' machine='q35'>hvm</type>
  </os>
  <devices>
${devices}  </devices>
</domain>`

const pci = `    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source>
        <address domain='0x0000' bus='0x0a' slot='0x00' function='0x1'/>
      </source>
      <address type='pci' domain='0x0000' bus='0x09' slot='0x00' function='0x0' multifunction='on'/>
    </hostdev>
`
const usb = `    <hostdev mode='subsystem' type='usb' managed='yes'>
      <source>
        <vendor id='0x046d'/>
        <product id='0xC52B'/>
      </source>
    </hostdev>
`
const scsi = `    <hostdev mode='subsystem' type='scsi'>
      <source>
        <adapter name='scsi_host2'/>
        <address bus='0' target='1' unit='0'/>
      </source>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </hostdev>
`
const vhost = `    <hostdev mode='subsystem' type='scsi_host' managed='no'>
      <source protocol='vhost' wwpn='naa.5123456789abcde0'/>
    </hostdev>
`
const mdev = `    <hostdev mode='subsystem' type='mdev' model='vfio-pci'>
      <source>
        <address uuid='669d9b23-fe1b-4ecb-be08-a2fabca99b71'/>
      </source>
    </hostdev>
`
const ref = (kind: string, key: string) => ({ kind, key })
const card = ref('pci-device', '0000:0a:00.1')
const stick = ref('usb-device', '046d:c52b')
const lun = ref('scsi-device', '2:0:1:0')
const target = ref('scsi-host', 'naa.5123456789abcde0')
const part = ref('mdev-device', '669d9b23-fe1b-4ecb-be08-a2fabca99b71')

test.each([
  [pci, card, { address: '0000:0a:00.1', managed: true }],
  [usb, stick, { identifyBy: 'id', id: '046d:c52b' }],
  [scsi, lun, { from: 'adapter', device: '2:0:1:0' }],
  [vhost, target, { wwpn: 'naa.5123456789abcde0' }],
  [mdev, part, { uuid: '669d9b23-fe1b-4ecb-be08-a2fabca99b71', model: 'vfio-pci' }],
])('a device is named by what it is on the host: %#', (xml, item, values) => {
  expect(valuesIn(vm(xml), item)).toEqual(values)
})

test.each([
  [pci, card, { bootOrder: 1 }, [`<boot order='1'/>`]],
  [pci, card, { romBar: false, romFile: '/rom' }, [`<rom bar='off' file='/rom'/>`]],
  [pci, card, { romEnabled: false }, [`<rom enabled='no'/>`]],
  [pci, card, { driver: 'vfio' }, [`<driver name='vfio'/>`]],
  [pci, card, { standbyFor: 'ua-net' }, [`<teaming type='transient' persistent='ua-net'/>`]],
  [pci, card, { acpiIndex: 7 }, [`<acpi index='7'/>`]],
  [pci, card, { writeFiltering: false }, [`<source writeFiltering='no'>`]],
  [pci, card, { managed: false }, [`<hostdev mode='subsystem' type='pci' managed='no'>`]],
  [usb, stick, { startupPolicy: 'optional' }, [`<source startupPolicy='optional'>`]],
  [usb, stick, { guestReset: 'uninitialized' }, [`<source guestReset='uninitialized'>`]],
  [usb, stick, { busDevice: '1.4' }, [`<address bus='1' device='4'/>`]],
  [usb, stick, { bootOrder: 3 }, [`<boot order='3'/>`]],
  [scsi, lun, { isReadOnly: true }, ['<readonly/>']],
  [scsi, lun, { isShareable: true }, ['<shareable/>']],
  [scsi, lun, { sgio: 'filtered' }, [`<hostdev mode='subsystem' type='scsi' sgio='filtered'>`]],
  [scsi, lun, { rawio: true }, [`<hostdev mode='subsystem' type='scsi' rawio='yes'>`]],
  [scsi, lun, { bootOrder: 2 }, [`<boot order='2'/>`]],
  [
    vhost,
    target,
    { model: 'virtio-transitional' },
    [`<hostdev mode='subsystem' type='scsi_host' managed='no' model='virtio-transitional'>`],
  ],
  [
    mdev,
    part,
    { display: true, ramfb: true },
    [`<hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on' ramfb='on'>`],
  ],
  [mdev.replace('vfio-pci', 'vfio-ccw'), part, { bootOrder: 1 }, [`<boot order='1'/>`]],
])('%# %j changes one line, and back', (xml, item, values, added) => {
  const made = change(vm(xml), item, values)
  expect(made.added).toEqual(added)
  expect(made.restored).toBe(vm(xml))
})

describe('another device of the host', () => {
  test.each([
    [
      pci,
      card,
      { address: '0001:41:1f.7' },
      '0001:41:1f.7',
      [`<address domain='0x0001' bus='0x41' slot='0x1f' function='0x7'/>`],
    ],
    [
      scsi,
      lun,
      { device: '0:0:3:4294967294' },
      '0:0:3:4294967294',
      [`<adapter name='scsi_host0'/>`, `<address bus='0' target='3' unit='4294967294'/>`],
    ],
    [
      vhost,
      target,
      { wwpn: '5001405bb6f9f0d5' },
      'naa.5001405bb6f9f0d5',
      [`<source protocol='vhost' wwpn='naa.5001405bb6f9f0d5'/>`],
    ],
    [
      mdev,
      part,
      { uuid: '069d9b23-fe1b-4ecb-be08-a2fabca99b71' },
      '069d9b23-fe1b-4ecb-be08-a2fabca99b71',
      [`<address uuid='069d9b23-fe1b-4ecb-be08-a2fabca99b71'/>`],
    ],
  ])('%# is written in place of the old one', (xml, item, values, key, added) => {
    const made = change(vm(xml), item, values, [], { kind: item.kind, key })
    expect(made.added).toEqual(added)
    expect(made.restored).toBe(vm(xml))
  })
  test.each([
    [pci, card, { address: '1:2' }, 'PCI address'],
    [pci, card, { address: '0000:01:20.0' }, 'PCI address'],
    [usb, stick, { id: 'mouse' }, 'lsusb'],
    [usb, stick, { busDevice: '1' }, 'two numbers'],
    [scsi, lun, { device: '/dev/sda' }, 'four numbers'],
    [vhost, target, { wwpn: 'naa.1' }, 'sixteen digits'],
    [mdev, part, { uuid: 'abc' }, 'UUID'],
  ])('%# that is none is refused with what is wanted', (xml, item, values, word) => {
    expect(() => change(vm(xml), item, values)).toThrow(word)
  })
})

test('a USB device that was found by what it is can be found by its place, and back', () => {
  const made = change(
    vm(usb),
    stick,
    { identifyBy: 'address', busDevice: '002.017' },
    [],
    ref('usb-device', '2.17'),
  )
  expect(made.added).toEqual([`<address bus='2' device='17'/>`])
  expect(valuesIn(made.text, ref('usb-device', '2.17'))).toEqual({ identifyBy: 'address', busDevice: '2.17' })
  expect(valuesIn(made.restored, stick)).toEqual({ identifyBy: 'id', id: '046d:c52b' })
  expect(made.restored).not.toContain('bus=')
})

test('a USB device can be named by its socket', () => {
  const { text } = change(
    vm(usb),
    stick,
    { identifyBy: 'port', busPort: '1-2.3' },
    [],
    ref('usb-device', '1-2.3'),
  )
  expect(text).toContain(`<address bus='1' port='2.3'/>`)
  expect(text).not.toContain('vendor')
})

test('a SCSI device on the network has its server and sign-in', () => {
  const values = {
    from: 'iscsi',
    target: 'iqn.2024-05.org.example:tape/1',
    host: 'san',
    port: 3261,
    user: 'u',
    secret: 'chap',
    initiator: 'iqn.2024-05.org.example:me',
  }
  const iscsi = ref('scsi-device', values.target)
  const made = change(vm(scsi), lun, values, [], iscsi)
  expect(made.text.replaceAll(/\n */g, '')).toContain(
    `<source protocol='iscsi' name='iqn.2024-05.org.example:tape/1'><host name='san' port='3261'/><auth username='u'><secret type='iscsi' usage='chap'/></auth><initiator><iqn name='iqn.2024-05.org.example:me'/></initiator></source>`,
  )
  expect(valuesIn(made.text, iscsi)).toEqual(values)
  expect(valuesIn(made.restored, lun)).toEqual({ from: 'adapter', device: '2:0:1:0' })
})

test('IBM Z numbers of a PCI device are written in hexadecimal with an address to hold them', () => {
  const bare = pci.replace(/ {6}<address type.*\n/, '')
  const made = change(vm(bare, 'kvm', 's390x'), card, { zpciUid: 25, zpciFid: 31 })
  expect(made.added).toEqual([`<address type='pci'>`, `<zpci uid='0x0019' fid='0x0000001f'/>`, '</address>'])
  expect(made.restored).toBe(vm(bare, 'kvm', 's390x'))
})

test('a new device is what the form said', () => {
  const context = contextOf(vm(''))
  const made = (kind: string, values: object): string[] => [
    ...add(vm(''), kind, { ...hardwareKinds.find(({ id }) => id === kind)?.defaults?.(context), ...values })
      .added,
  ]
  expect(made('pci-device', { address: '01:00.0' })).toEqual([
    `<hostdev mode='subsystem' type='pci' managed='yes'>`,
    '<source>',
    `<address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>`,
    '</source>',
    '</hostdev>',
  ])
  expect(made('usb-device', { id: '46d:25' })).toEqual([
    `<hostdev mode='subsystem' type='usb'>`,
    `<source startupPolicy='optional'>`,
    `<vendor id='0x046d'/>`,
    `<product id='0x0025'/>`,
    '</source>',
    '</hostdev>',
  ])
  expect(made('mdev-device', { uuid: '669d9b23-fe1b-4ecb-be08-a2fabca99b71' })).toContain(
    `<hostdev mode='subsystem' type='mdev' model='vfio-pci'>`,
  )
  expect(made('container-device', { what: 'misc', path: '/dev/input/event3' })).toEqual([
    `<hostdev mode='capabilities' type='misc'>`,
    '<source>',
    '<char>/dev/input/event3</char>',
    '</source>',
    '</hostdev>',
  ])
})

test('driver and standby of a PCI device stand beside its source, where the schema’s reader looks for them', () => {
  const { text } = change(vm(pci), card, { bootOrder: 1, standbyFor: 'ua-net', driver: 'vfio', acpiIndex: 3 })
  expect(text.replaceAll(/\n */g, '')).toMatch(
    /<\/source><driver name='vfio'\/><teaming [^>]*\/><boot order='1'\/><acpi index='3'\/><address/,
  )
})

test('a USB device without anything that names it is refused', () => {
  const nameless = vm(`    <hostdev mode='subsystem' type='usb'/>\n`)
  expect(problemsIn(usbDevice, nameless, ref('usb-device', '#0'))).toMatchObject([
    { severity: 'error', field: 'id' },
  ])
})

test('a container’s device becomes another kind of device', () => {
  const made = vm(`    <hostdev mode='capabilities' type='storage'>
      <source>
        <block>/dev/sdf1</block>
      </source>
    </hostdev>
`)
  const item = ref('container-device', '/dev/sdf1')
  const changed = change(made, item, { what: 'net', interface: 'eth1' }, [], ref('container-device', 'eth1'))
  expect(changed.text).toContain('<interface>eth1</interface>')
  expect(changed.text).not.toContain('block')
  expect(changed.restored).toBe(made)
})

test('a device of the boot order takes the place of the order by kind of device', () => {
  const old = vm(pci).replace('hvm</type>', `hvm</type>\n    <boot dev='network'/>`)
  expect(change(old, card, { bootOrder: 1 }).text).not.toContain('boot dev')
})

describe('rules', () => {
  test('a device is given to a VM once', () => {
    expect(problemsIn(pciDevice, vm(pci + pci), card)).toContainEqual(
      expect.objectContaining({ severity: 'error', field: 'address' }),
    )
    expect(problemsIn(usbDevice, vm(usb), stick)).toEqual([])
    expect(problemsIn(usbDevice, vm(usb + usb), stick)).toMatchObject([{ severity: 'error', field: 'id' }])
  })
  test('a device that is not managed is said to need a hand, and the switch is offered', () => {
    const [problem] = problemsIn(pciDevice, vm(pci.replace(` managed='yes'`, '')), card)
    expect(problem?.fix?.changes).toEqual([{ kind: 'set', item: card, values: { managed: true } }])
  })
  test('Xen’s own settings are refused for QEMU, and QEMU’s driver for Xen', () => {
    const filtered = pci.replace('<source>', `<driver name='vfio'/>\n      <source writeFiltering='no'>`)
    const errors = (type: string) =>
      problemsIn(pciDevice, vm(filtered, type), card).filter(({ severity }) => severity === 'error')
    expect(errors('kvm')).toMatchObject([{ field: 'writeFiltering' }])
    expect(errors('xen')).toMatchObject([{ field: 'driver' }])
  })
  test('a screen of a mediated device needs a screen of the VM', () => {
    const shown = mdev.replace('>', ` display='on'>`)
    expect(problemsIn(mdevDevice, vm(shown), part)).toContainEqual(
      expect.objectContaining({ severity: 'error', field: 'display' }),
    )
    expect(
      problemsIn(mdevDevice, vm(`${shown}    <graphics type='vnc'/>\n`), part).filter(
        ({ severity }) => severity === 'error',
      ),
    ).toEqual([])
  })
  test('channel devices and crypto adapters are for IBM Z', () => {
    const ap = vm(mdev.replace('vfio-pci', 'vfio-ap'))
    expect(problemsIn(mdevDevice, ap, part)).toContainEqual(
      expect.objectContaining({ severity: 'error', field: 'model' }),
    )
  })
  test('all commands for a SCSI device is a thing of old kernels', () => {
    const all = vm(scsi.replace(`type='scsi'`, `type='scsi' sgio='unfiltered'`))
    expect(problemsIn(scsiDevice, all, lun)).toMatchObject([{ severity: 'error', field: 'sgio' }])
  })
  test('raw access is warned of, and a user name needs its secret', () => {
    const raw = vm(scsi.replace(`type='scsi'`, `type='scsi' rawio='yes'`))
    expect(problemsIn(scsiDevice, raw, lun)).toMatchObject([{ severity: 'warning', field: 'rawio' }])
    const half = change(
      vm(scsi),
      lun,
      { from: 'iscsi', target: 'iqn:x', host: 'h', user: 'u' },
      [],
      ref('scsi-device', 'iqn:x'),
    )
    expect(problemsIn(scsiDevice, half.text, ref('scsi-device', 'iqn:x'))).toMatchObject([
      { severity: 'error', field: 'secret' },
    ])
  })
})
