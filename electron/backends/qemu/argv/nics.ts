/** Network cards and what they are connected to: https://libvirt.org/formatdomain.html#network-interfaces */
import { createHash } from 'node:crypto'
import { add, type Build, idOf } from './build'
import { place, usbPlug } from './controllers'
import { pciAddress } from './host-devices'
import { flag, number, options, type Options } from './options'
import type { Reading } from './reading'
import { virtioName, virtioOptions } from './virtio'

/** Where Debian has it. QEMU knows the place of its own, but wants it named together with vhost. */
const usualBridgeHelper = '/usr/lib/qemu/qemu-bridge-helper'

export function planNic(build: Build, nic: Reading, at: number): void {
  const id = idOf(build, nic)
  const of = `network card ${at}`
  const type = nic.attr('type') ?? 'user'
  if (type === 'hostdev') return planPassedThrough(build, nic, of, id)
  const model = nic.child('model')?.attr('type') ?? (build.machine.isX86 ? 'rtl8139' : 'virtio')
  const driver = nic.child('driver')
  const backend = planBackend(build, nic, { of, id, type, model })
  const queues = number(driver?.attr('queues'))
  const mac = nic.child('mac')?.attr('address') ?? derivedMac(machineOf(build), at)
  nic.child('mac')?.attr('type')
  const rom = nic.child('rom')
  const isRom = flag(rom?.attr('enabled'))
  const common: Options = {
    ...(backend ? { netdev: `host${id}` } : {}),
    id,
    mac,
    host_mtu: model.startsWith('virtio') ? number(nic.child('mtu')?.attr('size')) : undefined,
    bootindex: build.bootIndexes.get(nic),
    romfile: isRom === false ? '' : rom?.attr('file'),
    rombar: rom?.attr('bar') === undefined ? undefined : rom.attr('bar') === 'on' ? 1 : 0,
    'acpi-index': number(nic.child('acpi')?.attr('index')),
    failover: nic.child('teaming')?.attr('type') === 'persistent' ? true : undefined,
  }
  add(build, of, 'The card that the guest sees.', '-device', deviceWord(build, nic, model, common, queues))
  // told by the monitor once it runs (after-start.ts)
  nic.child('link')?.attr('state')
}

function machineOf({ domain }: Build): string {
  return domain.textAt('uuid') ?? domain.textAt('name') ?? ''
}

/** The same at each start, as guests know a card by it. */
export function derivedMac(of: string, at: number): string {
  const bytes = createHash('sha256').update(`${of} ${at}`).digest()
  return ['52:54:00', ...[0, 1, 2].map((byte) => (bytes[byte] ?? 0).toString(16).padStart(2, '0'))].join(':')
}

const models: Readonly<Record<string, string>> = { 'usb-net': 'usb-net', ne2k_isa: 'ne2k_isa' }
const express = ['e1000e', 'vmxnet3', 'igb']

function deviceWord(
  build: Build,
  nic: Reading,
  model: string,
  common: Options,
  queues: number | undefined,
): string {
  if (model.startsWith('virtio')) {
    const driver = nic.child('driver')
    const host = driver?.child('host')
    const guest = driver?.child('guest')
    const many = queues !== undefined && queues > 1
    const name = model === 'virtio-net' ? 'virtio' : model
    return options(virtioName('virtio-net', build.machine, name), {
      tx:
        driver?.attr('txmode') === undefined ? undefined : driver.attr('txmode') === 'timer' ? 'timer' : 'bh',
      ioeventfd: flag(driver?.attr('ioeventfd')),
      event_idx: flag(driver?.attr('event_idx')),
      csum: flag(host?.attr('csum')),
      gso: flag(host?.attr('gso')),
      host_tso4: flag(host?.attr('tso4')),
      host_tso6: flag(host?.attr('tso6')),
      host_ecn: flag(host?.attr('ecn')),
      host_ufo: flag(host?.attr('ufo')),
      mrg_rxbuf: flag(host?.attr('mrg_rxbuf')),
      guest_csum: flag(guest?.attr('csum')),
      guest_tso4: flag(guest?.attr('tso4')),
      guest_tso6: flag(guest?.attr('tso6')),
      guest_ecn: flag(guest?.attr('ecn')),
      guest_ufo: flag(guest?.attr('ufo')),
      // two vectors a queue, one for configuration and one for control
      ...(many
        ? { mq: true, vectors: build.machine.virtioSuffix === 'pci' ? 2 * queues + 2 : undefined }
        : {}),
      rx_queue_size: number(driver?.attr('rx_queue_size')),
      tx_queue_size: number(driver?.attr('tx_queue_size')),
      rss: flag(driver?.attr('rss')),
      hash: flag(driver?.attr('rss_hash_report')),
      ...virtioOptions(nic),
      ...common,
      ...place(build, nic),
    })
  }
  if (model === 'usb-net') return options(models[model], { ...common, ...usbPlug(build, nic) })
  if (model === 'ne2k_isa') return options(model, common)
  return options(model, {
    ...common,
    ...(express.includes(model) ? build.places.express(nic) : build.places.conventional(nic)),
  })
}

interface Backend {
  readonly of: string
  readonly id: string
  readonly type: string
  readonly model: string
}

/** False: the card is there, and its cable leads nowhere. */
function planBackend(build: Build, nic: Reading, { of, id, type, model }: Backend): boolean {
  const source = nic.child('source')
  const driver = nic.child('driver')
  const name = `host${id}`
  const vhost = driver?.attr('name') === 'vhost' && model.startsWith('virtio')
  const queues = number(driver?.attr('queues'))
  const nowhere = (why: string): false => {
    build.notes.push(`${of}: ${why} The card is there, and its cable leads nowhere.`)
    return false
  }
  const back = (why: string, word: string): true => {
    add(build, of, why, '-netdev', word)
    return true
  }
  switch (type) {
    case 'user':
      if (nic.child('backend')?.attr('type') === 'passt') return planPasst(build, nic, { of, id, name })
      return back(
        'The guest reaches what this host reaches, through QEMU itself and without rights.',
        userNetwork(build, nic, name),
      )
    case 'network': {
      const network = source?.attr('network') ?? ''
      source?.attr('portgroup')
      source?.attr('portid')
      build.notes.push(
        `${of}: the network "${network}" is libvirt's; without libvirt the card is in QEMU's own user network, through which the guest reaches what the host reaches.`,
      )
      return back('Stands for a network of libvirt: QEMU’s own.', userNetwork(build, nic, name))
    }
    case 'bridge': {
      const bridge = source?.attr('bridge') ?? 'br0'
      if (queues !== undefined && queues > 1)
        build.notes.push(`${of}: it has one queue, as the bridge helper makes no more.`)
      return back(
        `The card is plugged into the host’s bridge ${bridge}, by the helper that is allowed to do so.`,
        vhost
          ? options('tap', {
              id: name,
              br: bridge,
              helper: build.host.bridgeHelper ?? usualBridgeHelper,
              vhost: true,
            })
          : options('bridge', { id: name, br: bridge, helper: build.host.bridgeHelper }),
      )
    }
    case 'ethernet': {
      const tap = nic.child('target')
      const managed = tap?.attr('managed')
      const script = nic.child('script')?.attr('path')
      const down = nic.child('downscript')?.attr('path')
      if (managed !== undefined && managed !== 'no' && script === undefined)
        build.notes.push(`${of}: the TAP interface has to be there, or QEMU the right to make one.`)
      return back(
        'The other end of the cable is a TAP interface of the host.',
        options('tap', {
          id: name,
          ifname: tap?.attr('dev'),
          script: script ?? 'no',
          downscript: down ?? 'no',
          vhost: vhost ? true : undefined,
          queues: queues !== undefined && queues > 1 ? queues : undefined,
          sndbuf: number(nic.textAt('tune', 'sndbuf')),
        }),
      )
    }
    case 'server':
      return back(
        'Another VM may connect to this one.',
        options('socket', { id: name, listen: ends(source) }),
      )
    case 'client':
      return back('It is connected to another VM.', options('socket', { id: name, connect: ends(source) }))
    case 'mcast':
      return back(
        'VMs with the same address and port are in one network.',
        options('socket', { id: name, mcast: ends(source) }),
      )
    case 'udp': {
      const local = source?.child('local')
      return back(
        'Frames travel as datagrams.',
        options('socket', {
          id: name,
          udp: ends(source),
          localaddr: `${local?.attr('address') ?? ''}:${local?.attr('port') ?? ''}`,
        }),
      )
    }
    case 'vhostuser': {
      source?.attr('type')
      const isServer = source?.attr('mode') === 'server'
      const reconnect = source?.child('reconnect')
      add(
        build,
        of,
        'A program of the host moves the packets.',
        '-chardev',
        options('socket', {
          id: `char${id}`,
          path: source?.attr('path'),
          ...(isServer ? { server: true } : {}),
          reconnect:
            flag(reconnect?.attr('enabled')) === true ? number(reconnect?.attr('timeout')) : undefined,
        }),
        '-netdev',
        options('vhost-user', {
          chardev: `char${id}`,
          id: name,
          queues: queues !== undefined && queues > 1 ? queues : undefined,
        }),
      )
      return true
    }
    case 'vdpa':
      return back(
        'The host’s hardware moves the packets.',
        options('vhost-vdpa', { vhostdev: source?.attr('dev'), id: name }),
      )
    case 'null':
      return false
    case 'direct':
      source?.attr('mode')
      return nowhere(
        `sharing the host’s card ${source?.attr('dev') ?? ''} directly (macvtap) needs an interface that only root makes.`,
      )
    default:
      source?.whole()
      return nowhere(`QEMU alone cannot connect a card of the type "${type}".`)
  }
}

function ends(source: Reading | undefined): string {
  return `${source?.attr('address') ?? ''}:${source?.attr('port') ?? ''}`
}

/** Rules of forwards, from the host to the guest. */
function forwards(
  build: Build,
  nic: Reading,
): { proto: string; address: string; from: number; to: number; count: number }[] {
  return nic.children('portForward').flatMap((group) => {
    const proto = group.attr('proto') ?? 'tcp'
    const address = group.attr('address') ?? ''
    const ranges = group.children('range')
    if (ranges.length === 0)
      build.notes.push(`${group.path}: forwarding all ports is left out, as QEMU wants each named.`)
    return ranges.flatMap((range) => {
      const start = number(range.attr('start'))
      if (start === undefined || flag(range.attr('exclude')) === true) return []
      const end = number(range.attr('end')) ?? start
      return [{ proto, address, from: start, to: number(range.attr('to')) ?? start, count: end - start + 1 }]
    })
  })
}

function userNetwork(build: Build, nic: Reading, id: string): string {
  // the guest's own address is told by the last part of the network's
  const ips = nic.children('ip')
  const ip = (family: string) => ips.find((one) => (one.attr('family') ?? 'ipv4') === family)
  const v4 = ip('ipv4')
  const v6 = ip('ipv6')
  const v4Address = v4?.attr('address')
  const v6Address = v6?.attr('address')
  const rules = forwards(build, nic)
  const many = rules.reduce((sum, { count }) => sum + count, 0)
  const hostfwd = rules.flatMap(({ proto, address, from, to, count }) =>
    Array.from(
      { length: many > 256 ? Math.min(count, 256) : count },
      (_, at) => `${proto}:${address}:${from + at}-:${to + at}`,
    ),
  )
  if (many > 256) build.notes.push('More than 256 forwarded ports in one network: what is above is left out.')
  if (nic.child('backend')?.attr('logFile') !== undefined)
    build.notes.push('QEMU’s own network writes no log file.')
  return [
    options('user', {
      id,
      net: v4Address === undefined ? undefined : `${v4Address}/${v4?.attr('prefix') ?? '24'}`,
      'ipv6-net': v6Address === undefined ? undefined : `${v6Address}/${v6?.attr('prefix') ?? '64'}`,
    }),
    ...hostfwd.map((rule) => options(undefined, { hostfwd: rule })),
  ].join(',')
}

/** https://passt.top: a program beside QEMU that connects guests without rights, faster than QEMU's own network. */
function planPasst(
  build: Build,
  nic: Reading,
  { of, id, name }: { of: string; id: string; name: string },
): true {
  const socket = `${build.host.runFolder}/passt-${id}`
  const pidFile = `${build.host.runFolder}/passt-${id}.pid`
  const dev = nic.child('source')?.attr('dev')
  const logFile = nic.child('backend')?.attr('logFile')
  const rules = nic.children('portForward').flatMap((group) => {
    const option = group.attr('proto') === 'udp' ? '-u' : '-t'
    const address = group.attr('address')
    const device = group.attr('dev')
    const before = `${address ?? ''}${device === undefined ? '' : `%${device}`}${address === undefined && device === undefined ? '' : '/'}`
    const ranges = group.children('range')
    if (ranges.length === 0) return [option, `${before}all`]
    const words = ranges.map((range) => {
      const end = range.attr('end')
      const to = range.attr('to')
      const excluded = flag(range.attr('exclude')) === true ? '~' : ''
      return `${excluded}${range.attr('start') ?? ''}${end === undefined ? '' : `-${end}`}${to === undefined ? '' : `:${to}`}`
    })
    return [option, `${before}${words.join(',')}`]
  })
  build.helpers.push({
    program: 'passt',
    words: [
      '--socket',
      socket,
      '--pid',
      pidFile,
      '--one-off',
      ...(dev === undefined ? [] : ['--interface', dev]),
      ...(logFile === undefined ? [] : ['--log-file', logFile]),
      ...nic.children('ip').flatMap((ip) => {
        const address = ip.attr('address')
        const prefix = ip.attr('prefix')
        ip.attr('family')
        return address === undefined
          ? []
          : ['--address', address, ...(prefix === undefined ? [] : ['--netmask', prefix])]
      }),
      ...rules,
    ],
    of,
    why: 'Connects the guest with the host’s network, without rights.',
    pidFile,
  })
  add(
    build,
    of,
    'The other end of the cable is passt, a program beside QEMU.',
    '-netdev',
    options('stream', { id: name, server: false, 'addr.type': 'unix', 'addr.path': socket }),
  )
  return true
}

function planPassedThrough(build: Build, nic: Reading, of: string, id: string): void {
  const address = nic.child('source')?.child('address')
  nic.child('driver')?.attr('name')
  nic.attr('managed')
  const mac = nic.child('mac')?.attr('address')
  if (mac !== undefined)
    build.notes.push(
      `${of}: the address ${mac} has to be set on the host’s card before, which QEMU does not do.`,
    )
  add(
    build,
    of,
    'A card of the host, passed through.',
    '-device',
    options('vfio-pci', {
      host: pciAddress(address),
      id,
      bootindex: build.bootIndexes.get(nic),
      failover_pair_id: nic.child('teaming')?.attr('persistent'),
      ...build.places.express(nic),
    }),
  )
  build.notes.push(
    `${of}: the host’s driver has to let go of the card first (vfio-pci), which QEMU does not do.`,
  )
}
