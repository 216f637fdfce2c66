/** Devices of a line or two. */
import { createHash } from 'node:crypto'
import { add, type Build, idOf } from './build'
import { charBackend } from './char-backend'
import { place, usbPlug } from './controllers'
import { flag, number, options } from './options'
import type { Reading } from './reading'
import { virtioName, virtioOptions } from './virtio'

export function planInput(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const type = device.attr('type') ?? 'mouse'
  const bus = device.attr('bus') ?? (type === 'tablet' ? 'usb' : build.machine.isX86 ? 'ps2' : 'usb')
  const evdev = device.child('source')?.attr('evdev') ?? device.child('source')?.attr('dev')
  const names: Readonly<
    Record<string, { readonly usb: string; readonly virtio: string; readonly what: string }>
  > = {
    mouse: { usb: 'usb-mouse', virtio: 'virtio-mouse', what: 'A mouse' },
    tablet: { usb: 'usb-tablet', virtio: 'virtio-tablet', what: 'A pointer that is where the user points' },
    keyboard: { usb: 'usb-kbd', virtio: 'virtio-keyboard', what: 'A keyboard' },
  }
  const found = names[type]
  const of = `input ${id}`
  if (type === 'passthrough') {
    add(
      build,
      of,
      'A keyboard or mouse of the host.',
      '-device',
      options(virtioName('virtio-input-host', build.machine), {
        id,
        evdev,
        ...virtioOptions(device),
        ...place(build, device),
      }),
    )
    return
  }
  if (type === 'evdev') {
    const source = device.child('source')
    add(
      build,
      of,
      'A keyboard or mouse of the host, which a key gives to the guest and back.',
      '-object',
      options('input-linux', {
        id,
        evdev,
        repeat: flag(source?.attr('repeat')),
        grab_all: source?.attr('grab') === 'all' ? true : undefined,
        'grab-toggle': source?.attr('grabToggle'),
      }),
    )
    return
  }
  // parts of the board
  if (bus === 'ps2' || bus === 'xen') return
  if (bus === 'usb' && build.machine.rootBus === undefined) {
    build.notes.push(`${of} is left out: this machine has no USB.`)
    return
  }
  if (!found) {
    build.notes.push(`${of} of the type "${type}" is left out: QEMU has none.`)
    device.whole()
    return
  }
  add(
    build,
    of,
    `${found.what}.`,
    '-device',
    bus === 'virtio'
      ? options(virtioName(found.virtio, build.machine, device.attr('model')), {
          id,
          ...virtioOptions(device),
          ...place(build, device),
        })
      : options(found.usb, { id, ...usbPlug(build, device) }),
  )
}

export function planRng(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const backend = device.child('backend')
  const model = backend?.attr('model') ?? 'random'
  const rate = device.child('rate')
  const file = model === 'random' ? (backend?.text() ?? '/dev/random') : undefined
  const of = 'random numbers'
  if (model === 'egd') {
    const egd = backend as Reading
    const connection = charBackend(build, egd, `char${id}`, `egd-${id}`)
    egd.attr('model')
    add(
      build,
      of,
      `They come from another program. ${connection.why}`,
      '-chardev',
      connection.word,
      '-object',
      options('rng-egd', { id: `obj${id}`, chardev: `char${id}` }),
    )
  } else
    add(
      build,
      of,
      model === 'builtin' ? 'They come from QEMU itself.' : `They come from ${file ?? ''} of the host.`,
      '-object',
      options(model === 'builtin' ? 'rng-builtin' : 'rng-random', { id: `obj${id}`, filename: file }),
    )
  add(
    build,
    of,
    'The device by which the guest gets them.',
    '-device',
    options(virtioName('virtio-rng', build.machine, device.attr('model')), {
      rng: `obj${id}`,
      id,
      'max-bytes': number(rate?.attr('bytes')),
      period: rate ? (number(rate.attr('period')) ?? 1000) : undefined,
      ...virtioOptions(device),
      ...place(build, device),
    }),
  )
}

export function planBalloon(build: Build, device: Reading): void {
  const model = device.attr('model') ?? 'virtio'
  if (model === 'none') return
  if (!model.startsWith('virtio')) {
    build.notes.push(`A memory balloon of the type "${model}" is left out: QEMU has none.`)
    return
  }
  const id = idOf(build, device)
  add(
    build,
    'memory balloon',
    'Takes memory from the guest and gives it back while it runs, and tells how much it uses.',
    '-device',
    options(virtioName('virtio-balloon', build.machine, model), {
      id,
      'deflate-on-oom': flag(device.attr('autodeflate')),
      'free-page-reporting': flag(device.attr('freePageReporting')),
      'guest-stats-polling-interval': number(device.child('stats')?.attr('period')),
      ...virtioOptions(device),
      ...place(build, device),
    }),
  )
}

export function planWatchdog(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const model = device.attr('model') ?? 'i6300esb'
  device.attr('action')
  const why = 'Acts when the guest does not answer for a while.'
  if (model === 'itco') {
    // on the board, and only listened to when this is off
    if (build.machine.chipset === 'q35') add(build, 'watchdog', why, '-global', 'ICH9-LPC.noreboot=off')
    else build.notes.push('The watchdog is left out: only boards of the type q35 have this one.')
    return
  }
  add(
    build,
    'watchdog',
    why,
    '-device',
    options(model, { id, ...(model === 'i6300esb' ? build.places.conventional(device) : {}) }),
  )
}

export function planPanic(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const model = device.attr('model') ?? (build.machine.chipset === 'virt' ? 'pvpanic' : 'isa')
  const why = 'The guest’s kernel tells that it crashed.'
  switch (model) {
    case 'isa': {
      const address = device.child('address')
      const isIsa = address?.attr('type') === 'isa'
      const ioport = isIsa ? number(address?.attr('iobase')) : undefined
      add(
        build,
        'crash notifier',
        why,
        '-device',
        options('pvpanic', { ioport, id: id === 'panic0' ? undefined : id }),
      )
      return
    }
    case 'pvpanic':
      add(
        build,
        'crash notifier',
        why,
        '-device',
        options('pvpanic-pci', { id, ...build.places.conventional(device) }),
      )
      return
    case 'hyperv':
      build.cpuFlags.push('hv-crash')
      return
    default:
      // the firmware of these tells without a device
      return
  }
}

export function planVsock(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const cid = device.child('cid')
  const isAuto = flag(cid?.attr('auto')) === true
  const address = cid?.attr('address')
  const digest = createHash('sha256')
    .update(build.domain.textAt('uuid') ?? '')
    .digest()
  // 0 to 2 are taken, and the last is any
  const derived = 3 + (digest.readUInt32LE(0) % 0x7fff_fff0)
  const model = device.attr('model')
  add(
    build,
    'sockets',
    isAuto || address === undefined
      ? 'Sockets between guest and host; the number is made of the VM’s UUID.'
      : 'Sockets between guest and host.',
    '-device',
    options(virtioName('vhost-vsock', build.machine, model), {
      id,
      'guest-cid': isAuto || address === undefined ? derived : number(address),
      ...virtioOptions(device),
      ...place(build, device),
    }),
  )
}

export function planSharedMemory(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const name = device.attr('name') ?? id
  const model = device.child('model')?.attr('type') ?? 'ivshmem-plain'
  const size = device.child('size')
  const unit = size?.attr('unit') ?? 'bytes'
  const value = number(size?.text()) ?? 4
  const power = { b: 0, k: 1, m: 2, g: 3 }[unit.toLowerCase().charAt(0)] ?? 2
  const bytes = value * 1024 ** power
  const server = device.child('server')
  const role = device.attr('role')
  const of = `shared memory ${name}`
  const spot = build.places.conventional(device)
  if (model === 'ivshmem-doorbell' || server) {
    const msi = device.child('msi')
    add(
      build,
      of,
      'Memory and signals that VMs share by a program of the host.',
      '-chardev',
      options('socket', {
        id: `char${id}`,
        path: server?.attr('path') ?? `/var/lib/libvirt/shmem-${name}-sock`,
      }),
      '-device',
      options('ivshmem-doorbell', {
        id,
        chardev: `char${id}`,
        vectors: number(msi?.attr('vectors')),
        ioeventfd: flag(msi?.attr('ioeventfd')),
        master: role === undefined ? undefined : role === 'master',
        ...spot,
      }),
    )
    return
  }
  add(
    build,
    of,
    'Memory that VMs share.',
    '-object',
    options('memory-backend-file', {
      id: `shmmem-${id}`,
      'mem-path': `/dev/shm/${name}`,
      size: bytes,
      share: true,
    }),
    '-device',
    options('ivshmem-plain', {
      id,
      memdev: `shmmem-${id}`,
      master: role === undefined ? undefined : role === 'master',
      ...spot,
    }),
  )
}

export function planIommu(build: Build, device: Reading): void {
  const model = device.attr('model') ?? 'intel'
  const driver = device.child('driver')
  const id = idOf(build, device)
  const why = 'Keeps apart what the guest’s devices may reach, so that the guest can pass devices on.'
  switch (model) {
    case 'intel': {
      const eim = flag(driver?.attr('eim'))
      if (eim === true && !build.isKvm)
        build.notes.push('The IOMMU is without its extended interrupts (EIM), which need KVM.')
      add(
        build,
        'IOMMU',
        why,
        '-device',
        options('intel-iommu', {
          id,
          intremap: flag(driver?.attr('intremap')),
          'caching-mode': flag(driver?.attr('caching_mode')),
          eim: build.isKvm ? eim : undefined,
          'device-iotlb': flag(driver?.attr('iotlb')),
          'aw-bits': number(driver?.attr('aw_bits')),
        }),
      )
      return
    }
    case 'virtio':
      add(
        build,
        'IOMMU',
        why,
        '-device',
        options('virtio-iommu-pci', { id, ...build.places.conventional(device) }),
      )
      return
    case 'smmuv3':
      add(build, 'IOMMU', why, '-machine', 'iommu=smmuv3')
      return
    default:
      build.notes.push(`An IOMMU of the type "${model}" is left out: it is not known here.`)
      device.whole()
  }
}

export function planCrypto(build: Build, device: Reading): void {
  const id = idOf(build, device)
  device.attr('type')
  const model = device.attr('model')
  const backend = device.child('backend')
  const kind = backend?.attr('model') ?? 'builtin'
  add(
    build,
    'crypto device',
    'Computes ciphers for the guest.',
    '-object',
    options(`cryptodev-backend-${kind}`, { id: `obj${id}`, queues: number(backend?.attr('queues')) }),
    '-device',
    options(virtioName('virtio-crypto', build.machine, model), {
      cryptodev: `obj${id}`,
      id,
      ...place(build, device),
    }),
  )
}

export function planThreads(build: Build): void {
  const { domain } = build
  const ids =
    domain
      .child('iothreadids')
      ?.children('iothread')
      .map((one) => number(one.attr('id')) ?? 0) ?? []
  const count = number(domain.textAt('iothreads')) ?? 0
  for (let next = 1; ids.length < count; next++) if (!ids.includes(next)) ids.push(next)
  for (const id of ids)
    add(
      build,
      `I/O thread ${id}`,
      'A thread of its own for disks.',
      '-object',
      options('iothread', { id: `iothread${id}` }),
    )
}
