/** Devices of the host: https://libvirt.org/formatdomain.html#host-device-assignment */
import { add, type Build, idOf } from './build'
import { charBackend } from './char-backend'
import { usbPlug } from './controllers'
import { driveAddress } from './ids'
import { flag, number, options } from './options'
import type { Reading } from './reading'
import { virtioName } from './virtio'

export function pciAddress(address: Reading | undefined): string {
  const part = (name: string, digits: number): string =>
    (number(address?.attr(name)) ?? 0).toString(16).padStart(digits, '0')
  address?.attr('type')
  return `${part('domain', 4)}:${part('bus', 2)}:${part('slot', 2)}.${part('function', 1)}`
}

export function planHostDevice(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const type = device.attr('type')
  const source = device.child('source')
  const of = `host device ${id}`
  device.attr('mode')
  const isManaged = flag(device.attr('managed'))
  const bootindex = build.bootIndexes.get(device)
  const rom = device.child('rom')
  switch (type) {
    case 'usb': {
      const vendor = source?.child('vendor')?.attr('id')
      const product = source?.child('product')?.attr('id')
      const address = source?.child('address')
      const policy = source?.attr('startupPolicy')
      source?.attr('guestReset')
      add(
        build,
        of,
        'A USB device of the host.',
        '-device',
        options('usb-host', {
          ...(vendor === undefined
            ? { hostbus: number(address?.attr('bus')), hostaddr: number(address?.attr('device')) }
            : { vendorid: vendor, productid: product }),
          id,
          bootindex,
          ...usbPlug(build, device),
        }),
      )
      // without it QEMU waits for the device to be plugged in, which does no harm
      if (policy === 'mandatory')
        build.notes.push(`${of}: the VM starts also while the device is not plugged in.`)
      return
    }
    case 'pci':
      device.child('driver')?.attr('name')
      add(
        build,
        of,
        'A card of the host, passed through.',
        '-device',
        options('vfio-pci', {
          host: pciAddress(source?.child('address')),
          id,
          bootindex,
          romfile: rom?.attr('file'),
          rombar: rom?.attr('bar') === undefined ? undefined : rom.attr('bar') === 'on' ? 1 : 0,
          'x-vga': undefined,
          ...build.places.express(device),
        }),
      )
      if (isManaged === true)
        build.notes.push(
          `${of}: the host’s driver has to let go of the card first (vfio-pci), which QEMU does not do.`,
        )
      return
    case 'mdev': {
      const uuid = source?.child('address')?.attr('uuid')
      add(
        build,
        of,
        'A part of a card of the host.',
        '-device',
        options(build.machine.chipset === 's390' ? 'vfio-ccw' : 'vfio-pci', {
          id,
          sysfsdev: `/sys/bus/mdev/devices/${uuid ?? ''}`,
          display: device.attr('display'),
          ramfb: flag(device.attr('ramfb')),
          ...(build.machine.chipset === 's390' ? {} : build.places.express(device)),
        }),
      )
      device.attr('model')
      return
    }
    case 'scsi_host':
      source?.attr('protocol')
      device.attr('model')
      add(
        build,
        of,
        'A SCSI target of the host’s kernel.',
        '-device',
        options(virtioName('vhost-scsi', build.machine), {
          wwpn: source?.attr('wwpn'),
          id,
          ...build.places.express(device),
        }),
      )
      return
    case 'scsi':
      driveAddress(device)
      build.notes.push(
        `${of} is left out: which file of the host a SCSI address stands for is found by libvirt only. Give the VM the disk /dev/disk/by-path/… as a LUN instead.`,
      )
      device.whole()
      return
    default:
      build.notes.push(`${of} of the type "${type ?? ''}" is left out: it is none of QEMU's.`)
      device.whole()
  }
}

/** USB from the computer of the one who looks. */
export function planRedirection(build: Build, device: Reading): void {
  const id = idOf(build, device)
  device.attr('bus')
  const backend = charBackend(build, device, `char${id}`, `usb-${id}`)
  add(
    build,
    `USB redirection ${id}`,
    `A USB device of the one who looks at the screen can be plugged here. ${backend.why}`,
    '-chardev',
    backend.word,
    '-device',
    options('usb-redir', {
      chardev: `char${id}`,
      id,
      filter: filterOf(build),
      bootindex: build.bootIndexes.get(device),
      ...usbPlug(build, device),
    }),
  )
}

function filterOf(build: Build): string | undefined {
  const filter = build.devices.find(({ name }) => name === 'redirfilter')
  const rules = filter?.children('usbdev') ?? []
  if (rules.length === 0) return undefined
  return rules
    .map((rule) => {
      const part = (name: string): string => rule.attr(name) ?? '-1'
      return `${part('class')}:${part('vendor')}:${part('product')}:${part('version').replace('.', '')}:${rule.attr('allow') === 'yes' ? 1 : 0}`
    })
    .join('|')
}

export function planSmartcard(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const mode = device.attr('mode')
  const of = `smart card ${id}`
  device.child('address')?.whole()
  if (mode === 'host')
    add(
      build,
      of,
      'The smart card of the host.',
      '-device',
      options('ccid-card-emulated', { backend: 'nss-emulated', id, bus: 'ccid0.0' }),
    )
  else if (mode === 'host-certificates') {
    const [first, second, third] = device.children('certificate').map((one) => one.text() ?? '')
    add(
      build,
      of,
      'A smart card made of certificates of the host.',
      '-device',
      options('ccid-card-emulated', {
        backend: 'certificates',
        cert1: first,
        cert2: second,
        cert3: third,
        db: device.textAt('database') ?? '/etc/pki/nssdb',
        id,
        bus: 'ccid0.0',
      }),
    )
  } else {
    const backend = charBackend(build, device, `char${id}`, `smartcard-${id}`)
    add(
      build,
      of,
      `The smart card of the one who looks. ${backend.why}`,
      '-chardev',
      backend.word,
      '-device',
      options('ccid-card-passthru', { chardev: `char${id}`, id, bus: 'ccid0.0' }),
    )
  }
}
