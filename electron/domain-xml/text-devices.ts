/**
 * The devices of a definition that carry text, and why some cannot be opened: libvirt hands over only terminals it made
 * itself, and sockets of channels (virDomainOpenConsole, virDomainOpenChannel).
 */
import type { ErrorData } from '../../shared/errors'
import type { TextDevice, TextDeviceKind } from '../../shared/model/text-console'
import type { XmlElement } from './document'
import { countOf } from './sizes'

const kinds: readonly TextDeviceKind[] = ['serial', 'console', 'parallel', 'channel']
const words: Record<TextDeviceKind, string> = {
  serial: 'Serial',
  console: 'Console',
  parallel: 'Parallel',
  channel: 'Channel',
}

export function readTextDevices(domain: XmlElement): TextDevice[] {
  const devices = domain.find('devices')
  if (!devices) return []
  const serialCount = devices.children('serial').length
  return kinds.flatMap((kind) =>
    devices
      .children(kind)
      .map((element, index) => ({ element, index }))
      // libvirt writes the first serial line once more, as the console
      .filter(
        ({ element }) =>
          kind !== 'console' || serialCount === 0 || element.find('target')?.attribute('type') !== 'serial',
      )
      .map(({ element, index }, place) => deviceOf(kind, element, index, place)),
  )
}

function deviceOf(kind: TextDeviceKind, element: XmlElement, index: number, place: number): TextDevice {
  const guestName = guestNameOf(kind, element, index)
  const obstacle = obstacleOf(kind, element)
  return {
    id: element.find('alias')?.attribute('name') ?? `${kind}${index}`,
    kind,
    label: `${words[kind]} ${place + 1}`,
    ...(guestName === undefined ? {} : { guestName }),
    ...(obstacle === undefined ? {} : { obstacle }),
  }
}

/** As Linux guests call it, where that is certain. */
function guestNameOf(kind: TextDeviceKind, element: XmlElement, index: number): string | undefined {
  const target = element.find('target')
  const type = target?.attribute('type')
  if (kind === 'channel') return target?.attribute('name')
  const port = countOf(target?.attribute('port')) ?? index
  if (kind === 'parallel') return `lp${port}`
  if (kind === 'serial')
    return type === undefined || type === 'isa-serial' || type === 'system-serial' ? `ttyS${port}` : type
  return type === 'virtio' || type === 'xen' ? `hvc${port}` : type === 'lxc' ? 'console' : type
}

function obstacleOf(kind: TextDeviceKind, element: XmlElement): ErrorData | undefined {
  const type = element.attribute('type') ?? 'pty'
  if (kind === 'channel') return channelObstacle(type, element.find('target')?.attribute('name'))
  if (type === 'pty') return undefined
  return {
    kind: 'unsupported',
    message: `This device ${whereTo(type, element)}`,
    cure: 'Only a device of type "pty" can be opened. Change it on the Hardware tab; that takes effect with the next start.',
  }
}

/** libvirt holds the agent's socket itself while the VM runs. */
function channelObstacle(type: string, name: string | undefined): ErrorData | undefined {
  if (name?.startsWith('org.qemu.guest_agent.') === true) {
    return {
      kind: 'unsupported',
      message: 'The guest agent talks to libvirt through this channel',
      cure: 'It has one reader only. What the agent can do is offered where it is useful, such as in the power menu.',
    }
  }
  if (type === 'unix') return undefined
  const isDesktop = type === 'spicevmc' || type === 'qemu-vdagent' || type === 'dbus' || type === 'spiceport'
  return {
    kind: 'unsupported',
    message: isDesktop
      ? 'This channel serves the graphical display: clipboard, resolution, USB'
      : `Channels of type "${type}" cannot be opened`,
    cure: 'Only a channel of type "unix" can be opened.',
  }
}

function whereTo(type: string, element: XmlElement): string {
  const source = element.find('source')
  const path = source?.attribute('path')
  const place = [source?.attribute('host'), source?.attribute('service')].filter(Boolean).join(':')
  switch (type) {
    case 'file':
      return `writes to the file ${path ?? '(unknown)'} on the host`
    case 'dev':
      return `is connected to ${path ?? 'a device'} of the host`
    case 'null':
      return 'leads nowhere'
    case 'tcp':
    case 'udp':
      return `is reached by ${type.toUpperCase()}${place === '' ? '' : ` at ${place}`}`
    case 'unix':
      return `is reached by the socket ${path ?? '(unknown)'} on the host`
    default:
      return `is of type "${type}"`
  }
}
