/** Serial and parallel ports, consoles and channels: https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices */
import { add, type Build, idOf } from './build'
import { charBackend } from './char-backend'
import { usbPlug } from './controllers'
import { number, options } from './options'
import type { Reading } from './reading'

export function planSerial(build: Build, device: Reading, at: number): void {
  const id = idOf(build, device)
  const target = device.child('target')
  const type = target?.attr('type')
  const model = target?.child('model')?.attr('name')
  const backend = charBackend(build, device, `char${id}`, `serial-${at}`)
  const of = `serial port ${at}`
  const kind = model ?? (type === undefined ? undefined : `${type.replace(/-serial$/, '')}-serial`)
  const chardev = `char${id}`
  const port = number(target?.attr('port'))
  const head = ['-chardev', backend.word] as const
  const usual = build.machine.isX86
    ? 'isa-serial'
    : build.machine.chipset === 's390'
      ? 'sclpconsole'
      : 'system'
  switch (kind ?? usual) {
    case 'isa-serial':
      if (build.machine.chipset === 'microvm')
        add(build, of, `A serial port. ${backend.why}`, ...head, '-serial', `chardev:${chardev}`)
      else
        add(
          build,
          of,
          `A serial port. ${backend.why}`,
          ...head,
          '-device',
          options('isa-serial', { chardev, id, index: port ?? at }),
        )
      return
    case 'usb-serial':
      add(
        build,
        of,
        `A serial port at USB. ${backend.why}`,
        ...head,
        '-device',
        options('usb-serial', { chardev, id, ...usbPlug(build, device) }),
      )
      return
    case 'pci-serial':
      add(
        build,
        of,
        `A serial port on a card. ${backend.why}`,
        ...head,
        '-device',
        options('pci-serial', { chardev, id, ...build.places.conventional(device) }),
      )
      return
    case 'sclpconsole':
    case 'sclplmconsole':
    case 'spapr-vty':
    case 'isa-debugcon':
      add(
        build,
        of,
        `A serial port. ${backend.why}`,
        ...head,
        '-device',
        options(kind ?? usual, { chardev, id }),
      )
      return
    default:
      add(build, of, `A serial port of the board. ${backend.why}`, ...head, '-serial', `chardev:${chardev}`)
  }
}

export function planParallel(build: Build, device: Reading, at: number): void {
  const id = idOf(build, device)
  device.child('target')?.attr('port')
  const backend = charBackend(build, device, `char${id}`, `parallel-${at}`)
  add(
    build,
    `parallel port ${at}`,
    `A port for printers of old. ${backend.why}`,
    '-chardev',
    backend.word,
    '-device',
    options('isa-parallel', { chardev: `char${id}`, id, index: at }),
  )
}

/** The first console is the first serial port seen another way, as libvirt writes it. */
export function planConsole(build: Build, device: Reading, at: number): void {
  const target = device.child('target')
  const type = target?.attr('type') ?? 'serial'
  if (type === 'serial') {
    target?.attr('port')
    const hasSerial = build.devices.some(({ name }) => name === 'serial')
    if (hasSerial) {
      device.whole()
      return
    }
    planSerial(build, device, at)
    return
  }
  const id = idOf(build, device)
  if (type === 'sclp' || type === 'sclplm') {
    const backend = charBackend(build, device, `char${id}`, `console-${at}`)
    add(
      build,
      `console ${at}`,
      `A console. ${backend.why}`,
      '-chardev',
      backend.word,
      '-device',
      options(type === 'sclp' ? 'sclpconsole' : 'sclplmconsole', { chardev: `char${id}`, id }),
    )
    return
  }
  if (type !== 'virtio') {
    build.notes.push(`${device.whole().path} of the type ${type} is left out: QEMU has none.`)
    return
  }
  target?.attr('port')
  const backend = charBackend(build, device, `char${id}`, `console-${at}`)
  add(
    build,
    `console ${at}`,
    `A console that the guest knows to be virtual. ${backend.why}`,
    '-chardev',
    backend.word,
    '-device',
    options('virtconsole', { ...serialPlace(build, device), chardev: `char${id}`, id }),
  )
}

export function planChannel(build: Build, device: Reading, at: number): void {
  const target = device.child('target')
  const type = target?.attr('type')
  const id = idOf(build, device)
  if (type === 'guestfwd') {
    build.notes.push(
      `The channel to ${target?.attr('address') ?? ''}:${target?.attr('port') ?? ''} inside the guest is left out: which card it belongs to is not said.`,
    )
    device.whole()
    return
  }
  if (type !== 'virtio') {
    build.notes.push(`A channel of the type ${type ?? ''} is left out: QEMU has none.`)
    device.whole()
    return
  }
  const backend = charBackend(build, device, `char${id}`, socketOf(id))
  const name = target?.attr('name')
  // whether somebody listens in a running guest
  target?.attr('state')
  add(
    build,
    `channel ${name ?? at}`,
    `${whatFor(name)} ${backend.why}`,
    '-chardev',
    backend.word,
    '-device',
    options('virtserialport', { ...serialPlace(build, device), chardev: `char${id}`, id, name }),
  )
}

/** "channel0" has the socket channel-0: the place in the list shifts when another one goes. */
function socketOf(id: string): string {
  return `channel-${/^channel(\d+)$/.exec(id)?.[1] ?? id}`
}

function whatFor(name: string | undefined): string {
  if (name === 'org.qemu.guest_agent.0') return 'Lets the host ask and tell the guest’s agent.'
  if (name === 'com.redhat.spice.0') return 'Lets screen and clipboard follow the viewer.'
  return 'A channel between programs of guest and host.'
}

/** The number of a port is QEMU's to choose where the definition has none; 0 is the console's. */
function serialPlace(build: Build, device: Reading): { bus: string; nr?: number } {
  const address = device.child('address')
  const isNamed = address?.attr('type') === 'virtio-serial'
  const controller = isNamed ? (number(address?.attr('controller')) ?? 0) : 0
  if (isNamed) address?.attr('bus')
  const port = isNamed ? number(address?.attr('port')) : undefined
  const found = build.devices.find(
    (one) =>
      one.name === 'controller' &&
      one.attr('type') === 'virtio-serial' &&
      (number(one.attr('index')) ?? 0) === controller,
  )
  const id = found ? idOf(build, found) : `virtio-serial${controller}`
  return { bus: `${id}.0`, ...(port === undefined || port === 0 ? {} : { nr: port }) }
}
