/** What devices are plugged into: https://libvirt.org/formatdomain.html#controllers */
import { add, type Build, idOf } from './build'
import { busOf, driveAddress } from './ids'
import { number, options, type Options } from './options'
import type { Reading } from './reading'
import { virtioName, virtioOptions } from './virtio'

export function planControllers(build: Build): void {
  const controllers = build.devices.filter(({ name }) => name === 'controller')
  // indexes that are given come first, so that those without one do not take them
  const pci = controllers.filter((one) => one.attr('type') === 'pci')
  const indexes = new Map<Reading, number>()
  for (const one of pci) {
    const index = number(one.attr('index'))
    if (isRoot(one)) one.attr('index')
    else if (index !== undefined) indexes.set(one, build.places.indexOf(one))
  }
  for (const one of pci) {
    if (isRoot(one)) continue
    const index = indexes.get(one) ?? build.places.indexOf(one)
    planPci(build, one, index)
  }
  // what is plugged into USB and its hubs looks for them
  for (const one of controllers) if (one.attr('type') === 'usb') planUsb(build, one)
  for (const hub of build.devices) if (hub.name === 'hub') planHub(build, hub)
  for (const one of controllers) {
    const type = one.attr('type')
    if (type === 'scsi') planScsi(build, one)
    else if (type === 'virtio-serial') planVirtioSerial(build, one)
    else if (type === 'sata' && idOf(build, one) !== 'ide') planAhci(build, one)
    else if (type === 'ccid')
      add(
        build,
        `controller ${idOf(build, one)}`,
        'A reader for smart cards.',
        '-device',
        options('usb-ccid', { id: idOf(build, one), ...usbPlug(build, one) }),
      )
    else if (type === 'sata' || type === 'ide' || type === 'fdc') {
      // parts of the board
      one.attr('index')
      one.attr('model')
      one.child('address')?.whole()
    } else if (type !== 'pci' && type !== 'usb')
      build.notes.push(`${one.whole().path} of the type ${type ?? ''} has no place in QEMU.`)
  }
  addMissing(build)
}

function isRoot(controller: Reading): boolean {
  const model = controller.attr('model')
  return model === 'pci-root' || model === 'pcie-root'
}

/** Its place and numbers are libvirt's way of telling, which the words follow. */
function planPci(build: Build, controller: Reading, index: number): void {
  const model = controller.attr('model') ?? ''
  const id = `pci.${index}`
  const target = controller.child('target')
  const chassis = number(target?.attr('chassis')) ?? number(target?.attr('chassisNr')) ?? index
  const name = controller.child('model')?.attr('name')
  const of = `controller ${id}`
  const hotplug = target?.attr('hotplug') === 'off' ? { hotplug: false } : {}
  switch (model) {
    case 'pcie-root-port': {
      const { options: spot, port } = build.places.portPlace(controller)
      build.places.addPort(index)
      addRootPort(build, {
        index,
        chassis,
        port: number(target?.attr('port')) ?? port,
        place: spot,
        ...(name === undefined ? {} : { name }),
        hotplug,
      })
      return
    }
    case 'pci-bridge':
      add(
        build,
        of,
        'A bridge with places for more cards.',
        '-device',
        options('pci-bridge', { chassis_nr: chassis, id, ...build.places.conventional(controller) }),
      )
      return
    case 'dmi-to-pci-bridge':
      add(
        build,
        of,
        'A bridge to conventional PCI.',
        '-device',
        options('i82801b11-bridge', { id, ...build.places.conventional(controller) }),
      )
      return
    case 'pcie-to-pci-bridge':
      add(
        build,
        of,
        'A bridge to conventional PCI.',
        '-device',
        options('pcie-pci-bridge', { id, ...build.places.express(controller) }),
      )
      return
    case 'pcie-switch-upstream-port':
      add(
        build,
        of,
        'A switch of PCI Express.',
        '-device',
        options('x3130-upstream', { id, ...build.places.express(controller) }),
      )
      return
    case 'pcie-switch-downstream-port':
      build.places.addPort(index)
      add(
        build,
        of,
        'A port of a switch.',
        '-device',
        options('xio3130-downstream', {
          port: number(target?.attr('port')) ?? 0,
          chassis,
          id,
          ...build.places.express(controller),
        }),
      )
      return
    case 'pci-expander-bus':
    case 'pcie-expander-bus': {
      const node = number(target?.textAt('node'))
      add(
        build,
        of,
        'A bus of its own, near to one cell of memory.',
        '-device',
        options(model === 'pci-expander-bus' ? 'pxb' : 'pxb-pcie', {
          bus_nr: number(target?.attr('busNr')),
          id,
          numa_node: node,
          ...build.places.conventional(controller),
        }),
      )
      return
    }
    default:
      build.notes.push(`The PCI controller "${model}" is not known here and left out.`)
      controller.whole()
  }
}

export interface RootPort {
  readonly index: number
  readonly chassis: number
  readonly port: number
  readonly place: Options
  readonly name?: string
  readonly hotplug?: Options
}

export function rootPortWords(root: RootPort): readonly string[] {
  const { index, chassis, port, name, hotplug } = root
  return [
    '-device',
    options(name ?? 'pcie-root-port', { port, chassis, id: `pci.${index}`, ...hotplug, ...root.place }),
  ]
}

export const whyPort = 'A place where a card of PCI Express can be plugged while the guest runs.'

function addRootPort(build: Build, port: RootPort): void {
  add(build, `controller pci.${port.index}`, whyPort, ...rootPortWords(port))
}

const usbModels: Readonly<Record<string, string>> = {
  'piix3-uhci': 'piix3-usb-uhci',
  'piix4-uhci': 'piix4-usb-uhci',
  ehci: 'usb-ehci',
  'ich9-ehci1': 'ich9-usb-ehci1',
  'ich9-uhci1': 'ich9-usb-uhci1',
  'ich9-uhci2': 'ich9-usb-uhci2',
  'ich9-uhci3': 'ich9-usb-uhci3',
  'vt82c686b-uhci': 'vt82c686b-usb-uhci',
  'pci-ohci': 'pci-ohci',
  'nec-xhci': 'nec-usb-xhci',
  'qemu-xhci': 'qemu-xhci',
}

function usualUsb({ machine }: Pick<Build, 'machine'>): string {
  return machine.chipset === 'pc' ? 'piix3-uhci' : 'qemu-xhci'
}

function planUsb(build: Build, controller: Reading): void {
  const model = controller.attr('model') ?? usualUsb(build)
  if (model === 'none') return
  if (build.machine.rootBus === undefined) {
    build.notes.push('USB is left out: this machine has no PCI bus for its controller.')
    controller.whole()
    return
  }
  const id = idOf(build, controller)
  const driver = usbModels[model]
  if (driver === undefined) {
    build.notes.push(`The USB controller "${model}" is not part of QEMU and left out.`)
    controller.whole()
    return
  }
  const ports = number(controller.attr('ports'))
  const start = number(controller.child('master')?.attr('startport'))
  const isXhci = model.endsWith('xhci')
  const spot = isXhci
    ? build.places.express(controller)
    : build.places.conventional(controller, usbPlace(build, model, number(controller.attr('index')) ?? 0))
  add(
    build,
    `controller ${id}`,
    start === undefined ? 'USB for the guest.' : 'USB for slow devices at the ports of the fast controller.',
    '-device',
    start === undefined
      ? options(driver, { ...(isXhci ? { p2: ports, p3: ports } : {}), id, ...spot })
      : options(driver, { masterbus: `${id}.0`, firstport: start, ...spot }),
  )
}

/** Where the chipset has them, as drivers of old systems look there. */
function usbPlace(
  { machine }: Build,
  model: string,
  index: number,
): { slot: number; fn: number; isShared?: boolean } | undefined {
  if (machine.chipset === 'pc' && model === 'piix3-uhci') return { slot: 1, fn: 2 }
  const fn = { 'ich9-uhci1': 0, 'ich9-uhci2': 1, 'ich9-uhci3': 2, 'ich9-ehci1': 7 }[model]
  return fn === undefined ? undefined : { slot: index === 0 ? 29 : 26, fn, isShared: true }
}

const scsiModels: Readonly<Record<string, string>> = {
  lsilogic: 'lsi53c895a',
  lsisas1078: 'megasas',
  lsisas1068: 'mptsas1068',
  vmpvscsi: 'pvscsi',
  am53c974: 'am53c974',
  dc390: 'dc390',
  buslogic: 'buslogic',
}

/** What a controller without a model, or one that only the disks tell of, is. */
export function scsiModel(controller: Reading | undefined): string {
  const model = controller?.attr('model')
  return model === undefined || model === 'auto' ? 'virtio-scsi' : model
}

function planScsi(build: Build, controller: Reading): void {
  const model = scsiModel(controller)
  const id = idOf(build, controller)
  const driver = controller.child('driver')
  const of = `controller ${id}`
  if (model.startsWith('virtio')) {
    const iothread = driver?.attr('iothread')
    add(
      build,
      of,
      'A SCSI controller that the guest knows to be virtual, for many disks.',
      '-device',
      options(
        virtioName(
          'virtio-scsi',
          build.machine,
          model.replace('virtio-scsi', 'virtio').replace('virtio-virtio', 'virtio'),
        ),
        {
          ...(iothread === undefined ? {} : { iothread: `iothread${iothread}` }),
          ...virtioOptions(controller),
          id,
          num_queues: number(driver?.attr('queues')),
          cmd_per_lun: number(driver?.attr('cmd_per_lun')),
          max_sectors: number(driver?.attr('max_sectors')),
          ...place(build, controller),
        },
      ),
    )
    return
  }
  const name = scsiModels[model]
  if (name === undefined || name === 'buslogic') {
    build.notes.push(`The SCSI controller "${model}" is not part of QEMU and left out.`)
    controller.whole()
    return
  }
  add(
    build,
    of,
    'A SCSI controller like a real one.',
    '-device',
    options(name, { id, ...build.places.conventional(controller) }),
  )
}

/** Places are of PCI; machines without it have slots of their own. */
export function place(build: Build, device: Reading | undefined): Options {
  return build.machine.virtioSuffix === 'pci' ? build.places.express(device) : {}
}

function planVirtioSerial(build: Build, controller: Reading): void {
  const id = idOf(build, controller)
  add(
    build,
    `controller ${id}`,
    'Channels between programs of guest and host.',
    '-device',
    options(virtioName('virtio-serial', build.machine, controller.attr('model')), {
      id,
      max_ports: number(controller.attr('ports')),
      vectors: number(controller.attr('vectors')),
      ...virtioOptions(controller),
      ...place(build, controller),
    }),
  )
}

function planAhci(build: Build, controller: Reading): void {
  const id = idOf(build, controller)
  add(
    build,
    `controller ${id}`,
    'A controller for SATA disks.',
    '-device',
    options('ahci', { id, ...build.places.conventional(controller) }),
  )
}

/** Controllers that devices of the definition need and libvirt would have written. */
function addMissing(build: Build): void {
  const why = 'The definition has devices that need it.'
  for (const { type, index } of missingControllers(build)) {
    const id = type === 'usb' ? 'usb' : `${type}${index}`
    const plug = (word: string): void => add(build, `controller ${id}`, why, '-device', word)
    switch (type) {
      case 'usb': {
        const driver = usbModels[usualUsb(build)] ?? 'qemu-xhci'
        const spot =
          driver === 'qemu-xhci'
            ? build.places.express(undefined)
            : build.places.conventional(undefined, { slot: 1, fn: 2 })
        plug(options(driver, { id, ...spot }))
        break
      }
      case 'scsi':
        plug(options(virtioName('virtio-scsi', build.machine), { id, ...place(build, undefined) }))
        break
      case 'sata':
        plug(options('ahci', { id, ...build.places.conventional(undefined) }))
        break
      case 'virtio-serial':
        plug(options(virtioName('virtio-serial', build.machine), { id, ...place(build, undefined) }))
        break
      case 'ccid':
        plug(options('usb-ccid', { id, bus: usbBus(build) }))
    }
  }
}

export interface MissingController {
  readonly type: 'usb' | 'scsi' | 'sata' | 'virtio-serial' | 'ccid'
  readonly index: number
  /** What it is when it is written into the definition; absent: what its type alone says. */
  readonly model?: string
}

export function missingControllers(build: Pick<Build, 'devices' | 'machine'>): readonly MissingController[] {
  const { devices, machine } = build
  const has = (type: string, index?: number): boolean =>
    devices.some(
      (one) =>
        one.name === 'controller' &&
        one.attr('type') === type &&
        (index === undefined || (number(one.attr('index')) ?? 0) === index),
    )
  const disks = devices.filter(({ name }) => name === 'disk')
  const missing: MissingController[] = []
  if (devices.some(needsUsb) && !has('usb')) missing.push({ type: 'usb', index: 0, model: usualUsb(build) })
  const scsi = new Set(
    disks.filter((disk) => busOf(disk) === 'scsi').map((disk) => driveAddress(disk).controller),
  )
  for (const device of devices)
    if (device.name === 'hostdev' && device.attr('type') === 'scsi') scsi.add(driveAddress(device).controller)
  for (const index of scsi)
    if (!has('scsi', index)) missing.push({ type: 'scsi', index, model: 'virtio-scsi' })
  const sata = new Set(
    disks.filter((disk) => busOf(disk) === 'sata').map((disk) => driveAddress(disk).controller),
  )
  for (const index of sata)
    if (!has('sata', index) && !(index === 0 && machine.chipset === 'q35'))
      missing.push({ type: 'sata', index })
  const needsSerial = devices.some(
    (device) =>
      (device.name === 'channel' || device.name === 'console') &&
      device.child('target')?.attr('type') === 'virtio',
  )
  if (needsSerial && !has('virtio-serial')) missing.push({ type: 'virtio-serial', index: 0 })
  if (devices.some(({ name }) => name === 'smartcard') && !has('ccid'))
    missing.push({ type: 'ccid', index: 0 })
  return missing
}

function needsUsb(device: Reading): boolean {
  return (
    (device.name === 'input' && device.attr('bus') === 'usb') ||
    (device.name === 'redirdev' && (device.attr('bus') ?? 'usb') === 'usb') ||
    (device.name === 'hostdev' && device.attr('type') === 'usb') ||
    device.name === 'hub' ||
    device.name === 'smartcard' ||
    (device.name === 'sound' && device.attr('model') === 'usb') ||
    (device.name === 'serial' && device.child('target')?.attr('type') === 'usb-serial') ||
    (device.name === 'disk' && busOf(device) === 'usb') ||
    (device.name === 'interface' && device.child('model')?.attr('type') === 'usb-net')
  )
}

function planHub(build: Build, hub: Reading): void {
  const id = idOf(build, hub)
  hub.attr('type')
  add(
    build,
    `USB hub ${id}`,
    'More USB ports.',
    '-device',
    options('usb-hub', { id, ...usbPlug(build, hub) }),
  )
}

/** The bus that a USB device is plugged into, and its port where the definition has one. */
export function usbPlug(build: Build, device: Reading | undefined): Options {
  const address = device?.child('address')
  if (address?.attr('type') !== 'usb') return { bus: usbBus(build) }
  const bus = number(address.attr('bus')) ?? 0
  return { bus: `${bus === 0 ? 'usb' : `usb${bus}`}.0`, port: address.attr('port') }
}

function usbBus(build: Build): string {
  const first = build.devices.find(
    (one) =>
      one.name === 'controller' &&
      one.attr('type') === 'usb' &&
      one.attr('model') !== 'none' &&
      !one.child('master'),
  )
  return `${first ? idOf(build, first) : 'usb'}.0`
}
