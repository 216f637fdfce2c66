/** The host's end of ports, consoles and channels: https://libvirt.org/formatdomain.html#host-interface */
import { type Build, refuse } from './build'
import { flag, number, options, type Options } from './options'
import type { Reading } from './reading'

export interface CharBackend {
  /** Of `-chardev`. */
  readonly word: string
  readonly why: string
}

/** `socket` is where the run folder has a terminal that the definition gives no place to. */
export function charBackend(build: Build, device: Reading, id: string, socket: string): CharBackend {
  const type = device.attr('type') ?? 'pty'
  const sources = device.children('source')
  const source = sources[0]
  for (const one of sources) for (const label of one.children('seclabel')) label.whole()
  const log = device.child('log')
  const more: Options = { id, logfile: log?.attr('file'), logappend: flag(log?.attr('append')) }
  const ownSocket = (why: string): CharBackend => ({
    word: options('socket', {
      ...more,
      path: `${build.host.runFolder}/${socket}`,
      server: true,
      wait: false,
    }),
    why,
  })
  const reconnect = source?.child('reconnect')
  const seconds = flag(reconnect?.attr('enabled')) === true ? number(reconnect?.attr('timeout')) : undefined
  switch (type) {
    case 'pty':
      // a terminal of an earlier run
      source?.attr('path')
      device.attr('tty')
      return ownSocket('Its other end is a socket in the folder of the running VM.')
    case 'unix': {
      const path = source?.attr('path')
      const isServer = (source?.attr('mode') ?? 'bind') === 'bind'
      if (path === undefined) return ownSocket('Its other end is a socket in the folder of the running VM.')
      return {
        word: options('socket', {
          ...more,
          path,
          ...(isServer ? { server: true, wait: false } : { reconnect: seconds }),
        }),
        why: isServer
          ? 'Programs of the host find it at a socket.'
          : 'It is connected to a socket of another program.',
      }
    }
    case 'tcp': {
      const isServer = source?.attr('mode') === 'bind'
      const isTelnet = device.child('protocol')?.attr('type') === 'telnet'
      if (flag(source?.attr('tls')) === true)
        build.notes.push(
          `${device.path}: the connection is not encrypted, as QEMU is given no certificates here.`,
        )
      return {
        word: options('socket', {
          ...more,
          host: source?.attr('host') ?? '127.0.0.1',
          port: source?.attr('service'),
          telnet: isTelnet ? true : undefined,
          ...(isServer ? { server: true, wait: false } : { reconnect: seconds }),
        }),
        why: isServer ? 'It waits at a port of the host.' : 'It is connected to a port.',
      }
    }
    case 'udp': {
      const to = sources.find((one) => one.attr('mode') === 'connect') ?? source
      const from = sources.find((one) => one.attr('mode') === 'bind')
      return {
        word: options('udp', {
          ...more,
          host: to?.attr('host') ?? '127.0.0.1',
          port: to?.attr('service'),
          localaddr: from?.attr('host'),
          localport: from?.attr('service'),
        }),
        why: 'It sends and takes datagrams.',
      }
    }
    case 'file':
      return {
        word: options('file', { ...more, path: source?.attr('path'), append: flag(source?.attr('append')) }),
        why: 'What the guest writes goes into a file.',
      }
    case 'pipe':
      return {
        word: options('pipe', { ...more, path: source?.attr('path') }),
        why: 'It goes through a pipe of the host.',
      }
    case 'dev':
      return {
        word: options(device.name === 'parallel' ? 'parallel' : 'serial', {
          ...more,
          path: source?.attr('path'),
        }),
        why: 'It is a port of the host.',
      }
    case 'stdio':
      build.notes.push(
        `${device.path}: QEMU runs in the background, where it has no terminal: the port is a socket instead.`,
      )
      return ownSocket('Its other end is a socket in the folder of the running VM.')
    case 'vc':
    case 'null':
      return {
        word: options(type, more),
        why: type === 'null' ? 'What is written to it is forgotten.' : 'It has a page in QEMU’s own window.',
      }
    case 'spicevmc':
      return {
        word: options('spicevmc', {
          ...more,
          name:
            device.name === 'redirdev' ? 'usbredir' : device.name === 'smartcard' ? 'smartcard' : 'vdagent',
        }),
        why: 'The viewer that speaks SPICE has its other end.',
      }
    case 'spiceport':
      return {
        word: options('spiceport', { ...more, name: source?.attr('channel') }),
        why: 'The viewer that speaks SPICE has its other end.',
      }
    case 'dbus':
      return {
        word: options('dbus', { ...more, name: source?.attr('channel') }),
        why: 'A program that speaks D-Bus has its other end.',
      }
    case 'qemu-vdagent':
      return {
        word: options('qemu-vdagent', {
          ...more,
          name: 'vdagent',
          clipboard: flag(source?.child('clipboard')?.attr('copypaste')),
          mouse:
            source?.child('mouse')?.attr('mode') === undefined
              ? undefined
              : source.child('mouse')?.attr('mode') === 'client',
        }),
        why: 'QEMU itself answers the agent of the screen, for the clipboard.',
      }
    default:
      refuse(
        `QEMU has no "${type}" for the other end of a port`,
        `Choose another kind for ${device.name} ${id}.`,
      )
  }
}
