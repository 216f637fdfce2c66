/** Screens: what shows them (https://libvirt.org/formatdomain.html#graphical-framebuffers), and the cards that draw (#video-devices). */
import { add, type Build, idOf } from './build'
import { place } from './controllers'
import { flag, number, options, type Options } from './options'
import type { Reading } from './reading'
import { virtioOptions } from './virtio'

export function planDisplays(build: Build): void {
  const all = build.devices.filter(({ name }) => name === 'graphics')
  const types = all.map((one) => one.attr('type'))
  // without a window of its own
  if (!types.some((type) => ['sdl', 'desktop', 'egl-headless', 'dbus'].includes(type ?? '')))
    add(build, 'display', 'QEMU opens no window of its own.', '-display', 'none')
  for (const one of all) {
    switch (one.attr('type')) {
      case 'vnc':
        planVnc(build, one)
        break
      case 'spice':
        planSpice(build, one)
        break
      case 'sdl':
      case 'desktop': {
        const name = one.attr('type') === 'sdl' ? 'sdl' : 'gtk'
        add(
          build,
          'display',
          'A window on the screen of the host: it is seen by who sits there only.',
          '-display',
          options(name, {
            gl: flag(one.child('gl')?.attr('enable')),
            'full-screen': flag(one.attr('fullscreen')),
          }),
        )
        if (one.attr('display') !== undefined || one.attr('xauth') !== undefined)
          build.notes.push('On which screen of the host the window opens is left to the host (DISPLAY).')
        break
      }
      case 'egl-headless':
        add(
          build,
          'display',
          'The host’s graphics card draws for the guest.',
          '-display',
          options('egl-headless', { rendernode: one.child('gl')?.attr('rendernode') }),
        )
        break
      case 'dbus':
        add(
          build,
          'display',
          'The screen is shown by a program that speaks D-Bus.',
          '-display',
          options('dbus', {
            addr: one.attr('address'),
            p2p: flag(one.attr('p2p')),
            gl: flag(one.child('gl')?.attr('enable')),
            rendernode: one.child('gl')?.attr('rendernode'),
          }),
        )
        one.child('audio')?.attr('id')
        break
      default:
        build.notes.push(`A screen of the type "${one.attr('type') ?? ''}" is left out: QEMU has none.`)
        one.whole()
    }
  }
}

/** Where it listens: the socket of the run folder where the definition says nothing of it. */
function listenOf(one: Reading): {
  readonly address?: string
  readonly socket?: string
  readonly isNone: boolean
} {
  const listen = one.child('listen')
  const type = listen?.attr('type')
  const socket = one.attr('socket') ?? (type === 'socket' ? listen?.attr('socket') : undefined)
  const older = one.attr('listen')
  const address = listen?.attr('address') ?? older
  listen?.attr('network')
  return {
    isNone: type === 'none',
    ...(socket === undefined ? {} : { socket }),
    ...(address === undefined ? {} : { address }),
  }
}

function portOf(one: Reading, name: string): number | undefined {
  const port = number(one.attr(name))
  return flag(one.attr('autoport')) === true || port === undefined || port === 0 ? undefined : port
}

function isLoopback(address: string | undefined): boolean {
  return address === undefined || address === 'localhost' || address === '::1' || address.startsWith('127.')
}

function planVnc(build: Build, one: Reading): void {
  const { address, socket } = listenOf(one)
  const port = portOf(one, 'port')
  const websocket = number(one.attr('websocket'))
  const hasPassword = one.attr('passwd') !== undefined
  one.attr('passwdValidTo')
  const connected = one.attr('connected')
  if (connected !== undefined)
    build.notes.push(
      `What becomes of those who look while the password changes (${connected}) is told when it changes.`,
    )
  const own = `unix:${socket ?? `${build.host.runFolder}/vnc`}`
  const bracketed = address?.includes(':') === true ? `[${address}]` : (address ?? '127.0.0.1')
  const where =
    socket !== undefined || (port === undefined && isLoopback(address))
      ? own
      : port === undefined
        ? `${bracketed}:0`
        : `${bracketed}:${port - 5900}`
  if (port !== undefined && port < 5900)
    build.notes.push(`VNC's port ${port} is below 5900, where QEMU's displays begin.`)
  const audio = audioOf(build, one)
  add(
    build,
    'display',
    where === own
      ? 'The screen is shown by VNC at a socket of the host that nobody else reaches.'
      : `The screen is shown by VNC at ${where}.`,
    '-vnc',
    options(where, {
      to: where !== own && port === undefined ? 99 : undefined,
      websocket:
        one.attr('websocket') === undefined || where === own
          ? undefined
          : websocket === undefined
            ? true
            : websocket,
      password: hasPassword ? true : undefined,
      share: one.attr('sharePolicy'),
      'power-control': flag(one.attr('powerControl')),
      audiodev: audio,
    }),
  )
  if (hasPassword)
    build.notes.push(
      'VNC’s password is no word of the command, where all could read it: it is set once QEMU runs, and until then nobody gets in.',
    )
  const keymap = one.attr('keymap')
  if (keymap !== undefined)
    add(build, 'display', 'The layout of the keyboard of those who look.', '-k', keymap)
}

function planSpice(build: Build, one: Reading): void {
  const { address, socket, isNone } = listenOf(one)
  const port = portOf(one, 'port')
  const tlsPort = portOf(one, 'tlsPort')
  const hasPassword = one.attr('passwd') !== undefined
  one.attr('passwdValidTo')
  one.attr('connected')
  const channels = one.children('channel').flatMap((channel) => {
    const mode = channel.attr('mode')
    const name = channel.attr('name') ?? ''
    if (tlsPort === undefined || mode === undefined || mode === 'any') return []
    return [`${mode === 'secure' ? 'tls-channel' : 'plaintext-channel'}=${name}`]
  })
  const usesSocket = socket !== undefined || isNone || (port === undefined && tlsPort === undefined)
  if (tlsPort !== undefined) build.notes.push('SPICE is not encrypted: QEMU is given no certificates here.')
  const mode = one.child('mouse')?.attr('mode')
  const values: Options = {
    ...(usesSocket
      ? { unix: true, addr: socket ?? `${build.host.runFolder}/spice` }
      : { port, addr: address ?? '127.0.0.1' }),
    'disable-ticketing': hasPassword ? undefined : true,
    'image-compression': one.child('image')?.attr('compression'),
    'jpeg-wan-compression': one.child('jpeg')?.attr('compression'),
    'zlib-glz-wan-compression': one.child('zlib')?.attr('compression'),
    'playback-compression': flag(one.child('playback')?.attr('compression')),
    'streaming-video': one.child('streaming')?.attr('mode'),
    'agent-mouse': mode === undefined ? undefined : mode === 'client',
    'disable-copy-paste': flag(one.child('clipboard')?.attr('copypaste')) === false ? true : undefined,
    'disable-agent-file-xfer': flag(one.child('filetransfer')?.attr('enable')) === false ? true : undefined,
    gl: flag(one.child('gl')?.attr('enable')),
    rendernode: one.child('gl')?.attr('rendernode'),
    'seamless-migration': true,
  }
  one.attr('defaultMode')
  add(
    build,
    'display',
    usesSocket
      ? 'The screen is shown by SPICE at a socket of the host that nobody else reaches.'
      : 'The screen is shown by SPICE at a port of the host.',
    '-spice',
    [options(undefined, values), ...channels].join(','),
  )
  if (hasPassword)
    build.notes.push(
      'SPICE’s password is no word of the command, where all could read it: it is set once QEMU runs, and until then nobody gets in.',
    )
  const keymap = one.attr('keymap')
  if (keymap !== undefined)
    add(build, 'display', 'The layout of the keyboard of those who look.', '-k', keymap)
}

function audioOf(build: Build, one: Reading): string | undefined {
  const id = one.child('audio')?.attr('id')
  return id !== undefined &&
    build.devices.some((device) => device.name === 'audio' && device.attr('id') === id)
    ? `audio${id}`
    : undefined
}

export function planVideo(build: Build, video: Reading, at: number): void {
  const model = video.child('model')
  const type = model?.attr('type') ?? 'vga'
  const id = idOf(build, video)
  if (type === 'none') return
  const isPrimary = (flag(model?.attr('primary')) ?? at === 0) && build.machine.isX86
  const heads = number(model?.attr('heads'))
  const acceleration = model?.child('acceleration')
  acceleration?.attr('accel2d')
  const is3d = flag(acceleration?.attr('accel3d')) === true
  const kib = (name: string): number | undefined => number(model?.attr(name))
  const toMib = (value: number | undefined): number | undefined =>
    value === undefined ? undefined : Math.max(1, Math.round(value / 1024))
  const resolution = model?.child('resolution')
  const size: Options = { xres: number(resolution?.attr('x')), yres: number(resolution?.attr('y')) }
  const of = `screen ${at}`
  const spot = (): Options => (at === 0 ? build.places.screen(video) : build.places.conventional(video))
  // served beside QEMU only by libvirt's own start of it
  if (video.child('driver')?.attr('name') === 'vhostuser')
    build.notes.push(`${of}: it is drawn by QEMU itself, not by a program beside it.`)
  const card = (why: string, name: string, values: Options): void =>
    add(build, of, why, '-device', options(name, { id, ...values }))
  switch (type) {
    case 'virtio': {
      // as libvirt counts: all heads at once
      const values = { ...virtioOptions(video), max_outputs: heads, ...size }
      const gl = is3d ? '-gl' : ''
      if (build.machine.virtioSuffix !== 'pci')
        card('A screen that the guest knows to be virtual.', `virtio-gpu-${build.machine.virtioSuffix}`, {
          ...values,
          ...place(build, undefined),
        })
      else if (isPrimary)
        card(
          'A screen that the guest knows to be virtual, and that shows text before its driver is there.',
          `virtio-vga${gl}`,
          { ...values, ...spot() },
        )
      else
        card('A screen that the guest knows to be virtual.', `virtio-gpu${gl}-pci`, { ...values, ...spot() })
      return
    }
    case 'qxl':
      card('A screen made for SPICE.', isPrimary ? 'qxl-vga' : 'qxl', {
        max_outputs: isPrimary ? heads : undefined,
        ram_size: kib('ram') === undefined ? undefined : (kib('ram') ?? 0) * 1024,
        vram_size: kib('vram') === undefined ? undefined : (kib('vram') ?? 0) * 1024,
        vram64_size_mb: toMib(kib('vram64')),
        vgamem_mb: toMib(kib('vgamem')),
        ...size,
        ...spot(),
      })
      return
    case 'vga':
      card('A screen that every system knows.', isPrimary ? 'VGA' : 'secondary-vga', {
        vgamem_mb: toMib(kib('vram')),
        ...size,
        ...spot(),
      })
      model?.attr('heads')
      return
    case 'cirrus':
      card('A screen for old systems.', 'cirrus-vga', { vgamem_mb: toMib(kib('vram')), ...spot() })
      return
    case 'vmvga':
      card('A screen like VMware’s.', 'vmware-svga', { vgamem_mb: toMib(kib('vram')), ...spot() })
      return
    case 'bochs':
      card('A simple screen for UEFI.', 'bochs-display', {
        vgamem: kib('vram') === undefined ? undefined : `${kib('vram') ?? 0}k`,
        ...size,
        ...spot(),
      })
      return
    case 'ramfb':
      card('A screen in the guest’s memory, for its start.', 'ramfb', {})
      return
    default:
      build.notes.push(`${of} of the type "${type}" is left out: QEMU has none.`)
      video.whole()
  }
}
