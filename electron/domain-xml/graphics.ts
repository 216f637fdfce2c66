/** Who may get at a VM's displays, from its definition (https://libvirt.org/formatdomain.html#graphical-framebuffers). */
import { listenScope, type ConsoleListen } from '../../shared/model/console-security'
import type { GuestHardening } from '../../shared/model/host-security'
import { given } from '../../shared/given'
import { readDisks } from './disks'
import type { XmlElement } from './document'
import { countOf } from './sizes'

/** As the definition has it; defaults of the host and QEMU's command line are not yet considered. */
export interface DefinedDisplay {
  readonly type: string
  /** With `scope` unknown the host's settings decide. */
  readonly listen: ConsoleListen
  readonly port?: number
  readonly tlsPort?: number
  readonly websocketPort?: number
  readonly hasPassword: boolean
  /** Present only in XML fetched with the SECURE flag; must not leave this process. */
  readonly password?: string
  readonly passwordValidUntilMs?: number
  /** SPICE: "secure", "insecure" or "any" for its channels. */
  readonly defaultMode?: string
}

/** What libvirt writes in the place of a password (virDomainGraphicsAuthDefFormatAttr). */
const hidden = '*****'

const onScreen: ReadonlySet<string> = new Set(['sdl', 'desktop', 'egl-headless', 'dbus'])

export function readDefinedDisplays(domain: XmlElement): DefinedDisplay[] {
  const graphics = domain.find('devices')?.children('graphics') ?? []
  return graphics
    .filter((one) => one.attribute('type') !== 'egl-headless')
    .map((one) => {
      const type = one.attribute('type') ?? 'unknown'
      const password = one.attribute('passwd')
      const validTo = one.attribute('passwdValidTo')
      return {
        type,
        listen: onScreen.has(type) ? { kind: 'none' } : listenOf(one),
        ...given('port', portOf(one, 'port')),
        ...given('tlsPort', portOf(one, 'tlsPort')),
        ...given('websocketPort', portOf(one, 'websocket')),
        hasPassword: password !== undefined,
        ...given('password', password === hidden ? undefined : password),
        ...given('passwordValidUntilMs', validTo === undefined ? undefined : utcMs(validTo)),
        ...given('defaultMode', one.attribute('defaultMode')),
      }
    })
}

function listenOf(graphics: XmlElement): ConsoleListen {
  const listen = graphics.find('listen')
  const type = listen?.attribute('type')
  const socket = listen?.attribute('socket') ?? graphics.attribute('socket')
  if (type === 'none') return { kind: 'none' }
  if (type === 'socket' || socket !== undefined) return { kind: 'socket', ...given('path', socket) }
  // the address of a network listener is in the live definition only
  const address = listen?.attribute('address') ?? graphics.attribute('listen')
  return { kind: 'address', ...given('address', address), scope: listenScope(address) }
}

function portOf(graphics: XmlElement, name: string): number | undefined {
  const port = countOf(graphics.attribute(name))
  return port === undefined || port === 0 || port > 65_535 ? undefined : port
}

/** libvirt writes UTC without saying so: 2026-04-09T15:51:00. */
function utcMs(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text)) return undefined
  const ms = Date.parse(`${text}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

/** Models whose cards the guest sees as virtio or as the host's own (SR-IOV). */
function isParavirtual(model: string): boolean {
  return model.startsWith('virtio') || model === 'netfront' || model === 'xen'
}

export function readGuestHardening(
  domain: XmlElement,
): Pick<GuestHardening, 'emulated' | 'isPinned' | 'isUnconfined'> {
  const isFull = domain.textOf('os', 'type') === 'hvm'
  const disks = readDisks(domain).flatMap(({ device, bus, target }) =>
    device === 'disk' && bus !== undefined && ['ide', 'sata', 'fdc', 'usb'].includes(bus)
      ? [`disk ${target} (${bus})`]
      : [],
  )
  const nics = (domain.find('devices')?.children('interface') ?? []).flatMap((nic) => {
    const model = nic.find('model')?.attribute('type')
    const isPassedThrough = nic.attribute('type') === 'hostdev'
    return model === undefined || isPassedThrough || isParavirtual(model) ? [] : [`network card ${model}`]
  })
  return {
    emulated: isFull ? [...disks, ...nics] : [],
    isPinned: (domain.find('cputune')?.children('vcpupin').length ?? 0) > 0,
    isUnconfined: domain.children('seclabel').some((label) => label.attribute('type') === 'none'),
  }
}
