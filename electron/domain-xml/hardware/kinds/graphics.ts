import { graphics } from '../../../../shared/model/hardware/kinds/graphics'
import type { EditElement } from '../../edit/tree'
import { bind, type FieldBinding } from '../binding'
import { graphicsListenPlaces } from './graphics-listen'

const yesNo = (at: string) => ({ at, as: 'yes-no' }) as const

/** "-1" means that a port is chosen at power-on, which reads as not set. */
function port(attribute: string): Extract<FieldBinding, { read: unknown }> {
  return {
    read: (item) => {
      const found = item.attribute(attribute) ?? ''
      return /^\d{1,5}$/.test(found) ? Number(found) : undefined
    },
    write: (item, value) => {
      // as libvirt writes it for VNC
      const isAutomatic =
        attribute === 'port' &&
        item.attribute('type') === 'vnc' &&
        item.attribute('autoport') === 'yes' &&
        item.attribute('port') !== undefined
      item.setAttribute(attribute, typeof value === 'number' ? String(value) : isAutomatic ? '-1' : undefined)
    },
  }
}

/** A WebSocket server is there when it has a port, and "-1" is one that is chosen at power-on. */
const websocket: FieldBinding = {
  read: (item) => (item.attribute('websocket') === undefined ? undefined : true),
  write: (item, value) => {
    if (value !== true) item.setAttribute('websocket', undefined)
    else if (item.attribute('websocket') === undefined) item.setAttribute('websocket', '-1')
  },
}
const websocketPort: FieldBinding = {
  read: port('websocket').read,
  write: (item: EditElement, value) => {
    if (item.attribute('websocket') !== undefined)
      item.setAttribute('websocket', typeof value === 'number' ? String(value) : '-1')
  },
}

/** Which attributes each type has: libvirt's schema takes no others, and ports of a server are no display of a window. */
const shown = ['port', 'autoport', 'listen']
const attributesOf: { readonly [type: string]: readonly string[] } = {
  vnc: [
    ...shown,
    'websocket',
    'sharePolicy',
    'powerControl',
    'socket',
    'passwd',
    'keymap',
    'passwdValidTo',
    'connected',
  ],
  spice: [...shown, 'tlsPort', 'passwd', 'keymap', 'passwdValidTo', 'connected', 'defaultMode'],
  rdp: [...shown, 'replaceUser', 'multiUser'],
  sdl: ['display', 'xauth', 'fullscreen'],
  desktop: ['display', 'fullscreen'],
  dbus: ['address', 'p2p'],
  'egl-headless': [],
}
const known = new Set(Object.values(attributesOf).flat())

const type: FieldBinding = {
  read: (item) => item.attribute('type'),
  write: (item, value) => {
    if (typeof value !== 'string' || item.attribute('type') === value) return
    item.setAttribute('type', value)
    for (const name of item.attributeNames())
      if (known.has(name) && !attributesOf[value]?.includes(name)) item.setAttribute(name, undefined)
    settleAudio(item.parent)
  },
}

/** https://libvirt.org/formatdomain.html#graphical-framebuffers */
export const graphicsBinding = bind(graphics, {
  element: 'graphics',
  fields: {
    type,
    ...graphicsListenPlaces,
    autoport: yesNo('@autoport'),
    port: port('port'),
    tlsPort: port('tlsPort'),
    websocket,
    websocketPort,
    password: '@passwd',
    passwordUntil: '@passwdValidTo',
    connected: '@connected',
    sharePolicy: '@sharePolicy',
    powerControl: yesNo('@powerControl'),
    keymap: '@keymap',
    gl: yesNo('gl/@enable'),
    renderNode: 'gl/@rendernode',
    audioId: 'audio/@id',
    clipboard: yesNo('clipboard/@copypaste'),
    fileTransfer: yesNo('filetransfer/@enable'),
    mouseMode: 'mouse/@mode',
    streaming: 'streaming/@mode',
    playback: { at: 'playback/@compression', as: 'on-off' },
    imageCompression: 'image/@compression',
    jpeg: 'jpeg/@compression',
    zlib: 'zlib/@compression',
    defaultMode: '@defaultMode',
    channels: { rows: 'channel', columns: { name: '@name', mode: '@mode' } },
    display: '@display',
    xauth: '@xauth',
    fullscreen: yesNo('@fullscreen'),
    dbusAddress: '@address',
    peerToPeer: yesNo('@p2p'),
    multiUser: yesNo('@multiUser'),
    replaceUser: yesNo('@replaceUser'),
  },
  template: () => `<graphics type='vnc'/>`,
  key: (element) => element.attribute('type'),
  removed: (domain) => settleAudio(domain.find('devices')),
  known: ['listen'],
})

/**
 * Sound that went to a SPICE or D-Bus display goes nowhere without one: libvirt writes such an output by itself and then
 * refuses it alone (qemuValidateDomainDeviceDefAudio). Its number stays, as sound cards name it.
 */
function settleAudio(devices: EditElement | undefined): void {
  const displays = new Set(devices?.children('graphics').map((one) => one.attribute('type')))
  for (const output of devices?.children('audio') ?? []) {
    const to = output.attribute('type')
    if ((to === 'spice' || to === 'dbus') && !displays.has(to)) output.setAttribute('type', 'none')
  }
}
