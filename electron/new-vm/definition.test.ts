import { describe, expect, it } from 'vitest'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import { readAt } from '../domain-xml/edit/path'
import { EditDocument, type EditElement } from '../domain-xml/edit/tree'
import { definitionOf } from './definition'
import { container } from './testing/containers'
import { choiceNames, choices, guests, iso, windows11, type ChoiceName } from './testing/choices'
import { factsFor } from './testing/hosts'
import { disk, wanted } from './testing/inputs'

function rootOf(input: NewVmInput, os?: OsKnowledge, facts = factsFor(input)): EditElement {
  return EditDocument.parse(definitionOf(input, facts, os)).root
}
const of = (name: ChoiceName): EditElement => rootOf(choices[name].input, choices[name].os)
const devices = (root: EditElement, name: string): EditElement[] => root.find('devices')?.children(name) ?? []

/** "vda virtio 1": target, bus and place in the boot order of each disk. */
const drives = (root: EditElement): string[] =>
  devices(root, 'disk').map((one) =>
    [readAt(one, 'target/@dev'), readAt(one, 'target/@bus'), readAt(one, 'boot/@order')]
      .filter(Boolean)
      .join(' '),
  )
const models = (root: EditElement, name: string): (string | undefined)[] =>
  devices(root, name).map((one) => one.attribute('model') ?? readAt(one, 'model/@type'))

// disks, network card, screen, processor, firmware
const expected: Record<
  ChoiceName,
  [string[], string | undefined, string | undefined, string | undefined, boolean]
> = {
  'Debian from an ISO': [['vda virtio 1', 'sda sata 2'], 'virtio', 'virtio', 'host-passthrough', false],
  'Debian with UEFI': [['vda virtio 1', 'sda sata 2'], 'virtio', 'virtio', 'host-passthrough', true],
  'Debian with SPICE': [['vda virtio 1', 'sda sata 2'], 'virtio', 'virtio', 'host-passthrough', false],
  'Debian without a screen': [['vda virtio 1', 'sda sata 2'], 'virtio', undefined, 'host-passthrough', false],
  'Debian on i440FX': [['vda virtio 1', 'hda ide 2'], 'virtio', 'virtio', 'host-passthrough', false],
  'Debian emulated': [['vda virtio 1', 'sda sata 2'], 'virtio', 'virtio', 'maximum', false],
  'Debian by network boot': [['vda virtio 1'], 'virtio', 'virtio', 'host-passthrough', false],
  'Debian on an imported disk': [['vda virtio 1'], 'virtio', 'virtio', 'host-passthrough', false],
  'Debian over an existing disk': [
    ['vda virtio 2', 'sda sata 1'],
    'virtio',
    'virtio',
    'host-passthrough',
    false,
  ],
  'Debian from the drive of the host': [
    ['vda virtio 1', 'sda sata 2'],
    'virtio',
    'virtio',
    'host-passthrough',
    false,
  ],
  'Debian on two raw disks that are full': [
    ['vda virtio 1', 'sda scsi', 'sdb sata 2'],
    'virtio',
    'virtio',
    'host-passthrough',
    false,
  ],
  'Fedora with Secure Boot and TPM': [
    ['vda virtio 1', 'sda sata 2'],
    'virtio',
    'virtio',
    'host-passthrough',
    true,
  ],
  'CentOS 6 with SPICE': [['vda virtio 1', 'sda sata 2'], 'virtio', 'qxl', 'host-passthrough', false],
  'Debian 3': [['hda ide 1', 'hdb ide 2'], 'rtl8139', 'vga', 'host-passthrough', false],
  FreeBSD: [['vda virtio 1', 'sda sata 2'], 'virtio', 'vga', 'host-passthrough', false],
  'Windows 11': [['sda sata 1', 'sdb sata 2', 'sdc sata'], 'e1000e', 'vga', 'host-passthrough', true],
  'Windows 11 with SPICE': [['sda sata 1', 'sdb sata 2'], 'e1000e', 'vga', 'host-passthrough', true],
  'MS-DOS': [['hda ide 1', 'hdb ide 2'], 'e1000', 'vga', 'host-passthrough', false],
  'Windows XP': [['hda ide 1', 'hdb ide 2'], 'rtl8139', 'vga', 'host-passthrough', false],
  'An unknown system': [['vda virtio 1', 'sda sata 2'], 'virtio', 'virtio', 'host-passthrough', false],
  'Nothing at all': [[], undefined, 'virtio', 'host-passthrough', false],
  'Debian on Arm': [['vda virtio 1', 'sda scsi 2'], 'virtio', 'virtio', 'custom', true],
  'Debian on Arm with KVM': [['vda virtio 1', 'sda scsi 2'], 'virtio', 'virtio', 'host-passthrough', true],
  'Debian on RISC-V': [['vda virtio 1', 'sda scsi 2'], 'virtio', 'virtio', undefined, false],
  'Debian on a mainframe': [['vda virtio 2', 'sda scsi 1'], 'virtio', 'virtio', 'host-model', false],
  'Debian on POWER': [['vda virtio 1', 'sda scsi 2'], 'virtio', 'virtio', undefined, false],
  'Debian on Xen': [['hda ide', 'hdb ide'], undefined, 'vga', undefined, false],
  'Debian on Xen, paravirtual': [['xvda xen'], undefined, 'xen', undefined, false],
  'Debian on Xen, PVH': [['xvda xen'], undefined, 'xen', undefined, false],
  'Debian on the test driver': [['vda virtio 1', 'hda ide 2'], undefined, undefined, undefined, false],
}

describe('the definition of a new VM', () => {
  it.each(choiceNames)('gives %s the disks, card, screen, processor and firmware that suit it', (name) => {
    const root = of(name)
    const [disks, card, screen, cpu, hasEfi] = expected[name]
    expect(drives(root)).toEqual(disks)
    expect(models(root, 'interface')[0]).toBe(card)
    expect(models(root, 'video')[0]).toBe(screen)
    expect(root.find('cpu')?.attribute('mode')).toBe(cpu)
    expect(root.find('os')?.attribute('firmware') === 'efi').toBe(hasEfi)
  })

  it('says who the VM is, what it runs and how much it has', () => {
    const root = rootOf(
      wanted({ ...choices['Debian from an ISO'].input, description: 'For <testing> & "more"' }),
    )
    expect(root.attribute('type')).toBe('kvm')
    expect(readAt(root, 'name')).toBe('new-01')
    expect(readAt(root, 'uuid')).toBe('11111111-2222-4333-8444-555555555555')
    expect(readAt(root, 'description')).toBe('For <testing> & "more"')
    expect(readAt(root, 'metadata/libosinfo:libosinfo/libosinfo:os/@id')).toBe('http://debian.org/debian/12')
    expect(readAt(root, 'memory')).toBe('2097152')
    expect(readAt(root, 'vcpu')).toBe('2')
    expect(readAt(root, 'os/type/@machine')).toBe('q35')
    expect(readAt(root, 'devices/emulator')).toBe('/usr/bin/qemu-system-x86_64')
  })

  it('starts from the network only when there is nothing on the disk', () => {
    const [card] = devices(of('Debian by network boot'), 'interface')
    expect(card?.find('boot')?.attribute('order')).toBe('2')
  })

  it('tells Xen an order of kinds, as its driver knows no other', () => {
    const root = of('Debian on Xen')
    expect(
      root
        .find('os')
        ?.children('boot')
        .map((one) => one.attribute('dev')),
    ).toEqual(['hd', 'cdrom'])
  })

  it('gives each disc a place of its own, the installer first', () => {
    const sources = devices(of('Windows 11'), 'disk').map((one) => readAt(one, 'source/@file'))
    expect(sources).toEqual(['/images/new-01-0.img', '/isos/install.iso', '/isos/virtio-win.iso'])
    expect(devices(of('Windows 11'), 'disk').map((one) => one.find('readonly') !== undefined)).toEqual([
      false,
      true,
      true,
    ])
  })

  it('reads a drive of the host as a device', () => {
    const drive = devices(of('Debian from the drive of the host'), 'disk')[1]
    expect(drive?.attribute('type')).toBe('block')
    expect(drive && readAt(drive, 'source/@dev')).toBe('/dev/sr0')
  })

  it('gives back space that the guest no longer needs, unless all was wanted at once', () => {
    const discard = (name: ChoiceName): (string | undefined)[] =>
      devices(of(name), 'disk').map((one) => readAt(one, 'driver/@discard'))
    expect(discard('Debian from an ISO')).toEqual(['unmap', undefined])
    expect(discard('Debian on two raw disks that are full')).toEqual([undefined, undefined, undefined])
  })

  it('names volumes of pools without paths by pool and name, and keeps the cache away from devices', () => {
    const input = wanted({ disks: [disk(), disk()] })
    const facts = {
      ...factsFor(input),
      disks: [
        { source: { kind: 'volume', pool: 'ceph', volume: 'a' }, format: 'raw' },
        { source: { kind: 'block', path: '/dev/vg/b' }, format: 'raw' },
      ],
    } as const
    const [network, block] = devices(rootOf(input, undefined, facts), 'disk')
    expect(network?.attribute('type')).toBe('volume')
    expect(network?.find('source')?.toString()).toBe("<source pool='ceph' volume='a'/>")
    expect(block?.find('driver')?.attribute('cache')).toBe('none')
    expect(block?.find('driver')?.attribute('io')).toBe('native')
  })

  it('switches Secure Boot on with keys, and off where UEFI is wanted without it', () => {
    const feature = (name: ChoiceName): (string | undefined)[] =>
      (of(name).find('os', 'firmware')?.children() ?? []).map(
        (one) => `${one.attribute('name')} ${one.attribute('enabled')}`,
      )
    expect(feature('Fedora with Secure Boot and TPM')).toEqual(['secure-boot yes', 'enrolled-keys yes'])
    expect(of('Fedora with Secure Boot and TPM').find('features', 'smm')?.attribute('state')).toBe('on')
    expect(feature('Debian with UEFI')).toEqual(['secure-boot no'])
    expect(feature('Debian on Arm')).toEqual([])
  })

  it('asks hosts before libvirt 8.6 for Secure Boot by words they know', () => {
    const { input, os } = choices['Fedora with Secure Boot and TPM']
    const root = rootOf(input, os, factsFor(input, { devices: [] }))
    expect(root.find('os', 'firmware')).toBeUndefined()
    expect(root.find('os', 'loader')?.attribute('secure')).toBe('yes')
  })

  it('takes UEFI for a system that cannot do without, when nobody chose', () => {
    const input = wanted({ osId: windows11.id })
    expect(rootOf(input, windows11).find('os')?.attribute('firmware')).toBe('efi')
    expect(
      rootOf({ ...input, firmware: 'bios' }, windows11)
        .find('os')
        ?.attribute('firmware'),
    ).toBeUndefined()
  })

  it('gives Windows its clock, Hyper-V’s language and processors in one socket', () => {
    const root = of('Windows 11')
    expect(root.find('clock')?.attribute('offset')).toBe('localtime')
    expect(
      root
        .find('features', 'hyperv')
        ?.children()
        .map(({ name }) => name),
    ).toEqual(['relaxed', 'vapic', 'spinlocks', 'vpindex', 'runtime', 'synic', 'stimer', 'tlbflush', 'ipi'])
    expect(root.find('cpu', 'topology')?.toString()).toBe("<topology sockets='1' cores='4' threads='1'/>")
    expect(of('Debian from an ISO').find('features', 'hyperv')).toBeUndefined()
  })

  it('leaves out what Hyper-V’s features need and the host does not list', () => {
    const { input, os } = choices['Windows 11']
    const features = [
      { name: 'hyperv', isSupported: true, values: [{ name: 'features', values: ['stimer', 'ipi'] }] },
    ]
    const root = rootOf(input, os, factsFor(input, { features }))
    expect(
      root
        .find('features', 'hyperv')
        ?.children()
        .map(({ name }) => name),
    ).toEqual(['relaxed', 'vapic', 'spinlocks'])
  })

  it('leaves room to plug devices into where ports are counted', () => {
    const ports = (name: ChoiceName): number =>
      models(of(name), 'controller').filter((model) => model === 'pcie-root-port').length
    expect(ports('Debian from an ISO')).toBe(14)
    expect(ports('Debian on Arm')).toBe(14)
    expect(ports('Debian on i440FX')).toBe(0)
  })

  it('gives old systems USB 2 with its companions', () => {
    expect(
      models(of('CentOS 6 with SPICE'), 'controller').filter((model) => model?.startsWith('ich9')),
    ).toEqual(['ich9-ehci1', 'ich9-uhci1', 'ich9-uhci2', 'ich9-uhci3'])
  })

  it('shows the screen on the host itself only', () => {
    for (const name of ['Debian from an ISO', 'Debian with SPICE'] as const) {
      const [screen] = devices(of(name), 'graphics')
      expect(screen && readAt(screen, 'listen/@address')).toBe('127.0.0.1')
    }
  })

  it('adds sound, a channel and USB hand-over to SPICE only', () => {
    const spice = of('Debian with SPICE')
    expect(models(spice, 'sound')).toEqual(['ich9'])
    expect(devices(spice, 'redirdev')).toHaveLength(2)
    expect(devices(spice, 'channel').map((one) => readAt(one, 'target/@name'))).toEqual([
      'org.qemu.guest_agent.0',
      'com.redhat.spice.0',
    ])
    expect(devices(of('Debian from an ISO'), 'sound')).toEqual([])
    expect(devices(of('Debian from an ISO'), 'redirdev')).toEqual([])
  })

  it('has a text line and no pointer without a screen', () => {
    const root = of('Debian without a screen')
    expect(devices(root, 'graphics')).toEqual([])
    expect(devices(root, 'input')).toEqual([])
    expect(devices(root, 'serial')).toHaveLength(1)
    expect(devices(of('Debian on a mainframe'), 'console')[0]?.find('target')?.attribute('type')).toBe('sclp')
  })

  it('adds a TPM where one is wanted, of a model that the host has', () => {
    const { input } = choices['Windows 11']
    expect(models(of('Windows 11'), 'tpm')).toEqual(['tpm-crb'])
    const devicesOfHost = [
      { name: 'tpm', isSupported: true, values: [{ name: 'model', values: ['tpm-tis'] }] },
    ]
    expect(models(rootOf(input, windows11, factsFor(input, { devices: devicesOfHost })), 'tpm')).toEqual([
      'tpm-tis',
    ])
    expect(devices(of('Debian from an ISO'), 'tpm')).toEqual([])
  })

  it.each([
    [{ kind: 'network', name: 'lan', portGroup: 'dmz' }, "<source network='lan' portgroup='dmz'/>"],
    [{ kind: 'bridge', name: 'br0' }, "<source bridge='br0'/>"],
    [{ kind: 'direct', interface: 'eth0' }, "<source dev='eth0' mode='bridge'/>"],
    [{ kind: 'user' }, undefined],
  ] as const)('plugs a card into %j', (source, xml) => {
    const [card] = devices(rootOf(wanted({ nics: [{ source }] })), 'interface')
    expect(card?.attribute('type')).toBe(source.kind)
    expect(card?.find('source')?.toString()).toBe(xml)
  })

  it('leaves addresses of cards to the host, so that a definition is the same each time', () => {
    const { input } = choices['Debian from an ISO']
    expect(definitionOf(input, factsFor(input), undefined)).toBe(
      definitionOf(input, factsFor(input), undefined),
    )
    expect(devices(rootOf(input), 'interface')[0]?.find('mac')).toBeUndefined()
  })

  it('names the machine that the host would take by itself', () => {
    const { machine: _, ...guest } = guests.q35
    const input = wanted({ guest })
    const root = rootOf(input, undefined, factsFor(input, { machine: 'pc-q35-9.0' }))
    expect(readAt(root, 'os/type/@machine')).toBe('pc-q35-9.0')
  })

  it('lets no name, path or description become markup', () => {
    const evil = `/a'/><boot order="1"/>&lt;"\\,x=1`
    const input = wanted({
      description: `</description><os/>&`,
      nics: [{ source: { kind: 'network', name: `lan'/><x/>` } }],
      source: { ...iso, disc: { kind: 'path', path: evil } },
    })
    const root = rootOf(input)
    expect(readAt(root, 'description')).toBe('</description><os/>&')
    expect(devices(root, 'disk').map((one) => readAt(one, 'source/@file'))[1]).toBe(evil)
    expect(devices(root, 'interface').map((one) => readAt(one, 'source/@network'))).toEqual([`lan'/><x/>`])
    expect(root.children('os')).toHaveLength(1)
  })

  it('takes no container for a VM, nor a VM for a container', () => {
    const guest = { virtType: 'lxc', osType: 'exe', architecture: 'x86_64' }
    expect(() => rootOf(wanted({ guest }))).toThrow('Containers are not installed as VMs are')
    expect(() => rootOf({ ...container(), guest: guests.q35 })).toThrow('Such guests are no containers')
  })
})
