import {
  choice,
  flag,
  has,
  hostChoice,
  inWords,
  integer,
  path,
  plain,
  secret,
  text,
  type Field,
  type Values,
} from '../field'
import { defineKind, isXen, itemsOf, offers, type HardwareContext } from '../kind'
import { checkGraphics } from './graphics-check'
import { graphicsSpice } from './graphics-spice'

const types = [
  ['vnc', 'VNC', 'works with every viewer'],
  ['spice', 'SPICE', 'clipboard, sound, USB devices and several screens'],
  ['egl-headless', 'Renders on the host, shown by another (EGL)', '3D for VNC'],
  ['dbus', 'D-Bus', 'for viewers on the host itself'],
  ['sdl', 'Window on the host (SDL)'],
  ['rdp', 'Remote Desktop (RDP)'],
  ['desktop', 'Window on the host (VirtualBox)'],
] as const

const hasServer = has('type', 'vnc', 'spice', 'rdp')
const hasPassword = has('type', 'vnc', 'spice')
const onNetwork = (values: Values): boolean =>
  hasServer(values) && values['listenType'] !== 'socket' && values['listenType'] !== 'none'
const atPowerOn = 'The server is started with the VM: shut it down and start it again.'
const port = integer(0, 65_535)
const portOf = (label: string, absent: string, when: (values: Values) => boolean): Field => ({
  label,
  type: port,
  when,
  absent,
  isFilledIn: true,
  whyNotLive: atPowerOn,
})

export const graphics = defineKind({
  id: 'graphics',
  label: 'Graphics',
  role: 'device',
  fields: {
    type: {
      label: 'Type',
      type: choice(types, { offeredBy: 'graphics.type' }),
      isRequired: true,
      whyNotLive: atPowerOn,
    },
    listenType: {
      label: 'Listens on',
      type: choice([
        ['address', 'An address of the host'],
        ['network', 'The address of a virtual network’s host'],
        ['socket', 'A socket file', 'reached only on the host itself; the safest with ssh'],
        ['none', 'Nothing', 'the program that started the VM hands over the connection'],
      ]),
      when: hasServer,
      absent: 'The host’s default address',
      whyNotLive: atPowerOn,
    },
    listenAddress: {
      label: 'Address',
      type: text({ maxLength: 255, isMono: true }),
      when: (values) => hasServer(values) && has('listenType', 'address')(values),
      absent: 'What the host’s qemu.conf says, otherwise 127.0.0.1',
      help: '127.0.0.1 is reached from the host itself and through ssh, 0.0.0.0 from everywhere.',
      whyNotLive: atPowerOn,
    },
    listenNetwork: {
      label: 'Network',
      type: hostChoice('network'),
      when: (values) => hasServer(values) && has('listenType', 'network')(values),
      isRequired: true,
      whyNotLive: atPowerOn,
    },
    listenSocket: {
      label: 'Socket',
      type: path,
      when: (values) => hasServer(values) && has('listenType', 'socket')(values),
      absent: 'Made up by libvirt',
      isFilledIn: true,
      whyNotLive: atPowerOn,
    },
    autoport: {
      label: 'Any free port',
      type: flag,
      when: onNetwork,
      absent: 'Yes, unless there is a port',
      whyNotLive: atPowerOn,
    },
    port: portOf(
      'Port',
      'Any free one from 5900',
      (values) => onNetwork(values) && values['autoport'] !== true,
    ),
    tlsPort: portOf(
      'Encrypted port',
      'None',
      (values) => onNetwork(values) && values['type'] === 'spice' && values['autoport'] !== true,
    ),
    websocket: {
      label: 'Also for viewers in a browser (WebSocket)',
      type: flag,
      when: (values) => onNetwork(values) && values['type'] === 'vnc',
      absent: 'No',
      whyNotLive: atPowerOn,
      isAdvanced: true,
    },
    websocketPort: {
      ...portOf(
        'WebSocket port',
        'Any free one from 5700',
        (values) => onNetwork(values) && values['type'] === 'vnc' && values['websocket'] === true,
      ),
      isAdvanced: true,
    },
    password: {
      label: 'Password',
      type: secret(255),
      when: hasPassword,
      absent: 'None: whoever reaches it may look and type',
      help: 'VNC passwords have at most eight characters. An empty one lets nobody in.',
      isLive: true,
    },
    passwordUntil: {
      label: 'Password valid until',
      type: text({ maxLength: 32, isMono: true }),
      when: hasPassword,
      absent: 'For ever',
      help: 'Date and time in UTC, such as 2030-01-31T18:00:00.',
      isAdvanced: true,
      isLive: true,
    },
    connected: {
      label: 'Viewers when the password changes',
      type: choice([
        ['keep', 'Stay connected'],
        ['disconnect', 'Are disconnected'],
        ['fail', 'Keep it from being changed'],
      ]),
      when: hasPassword,
      absent: 'Stay connected',
      isAdvanced: true,
      isLive: true,
    },
    sharePolicy: {
      label: 'Several viewers',
      type: choice([
        ['allow-exclusive', 'Unless one wants to be alone', 'who asks for it disconnects the others'],
        ['force-shared', 'Always'],
        ['ignore', 'Always, whatever they ask'],
      ]),
      when: has('type', 'vnc'),
      absent: 'Unless one wants to be alone',
      isAdvanced: true,
      whyNotLive: atPowerOn,
    },
    powerControl: {
      label: 'Viewers may shut down and reset the VM',
      type: flag,
      when: has('type', 'vnc'),
      absent: 'No',
      isAdvanced: true,
      whyNotLive: atPowerOn,
    },
    keymap: {
      label: 'Keyboard layout',
      type: choice(
        [
          'en-us',
          'en-gb',
          'de',
          'de-ch',
          'fr',
          'fr-be',
          'fr-ch',
          'es',
          'it',
          'pt',
          'pt-br',
          'nl',
          'sv',
          'da',
          'no',
          'fi',
          'pl',
          'ru',
          'ja',
          'tr',
          'hu',
          'cz',
        ],
        { allowsOther: true },
      ),
      when: hasPassword,
      absent: 'Follows the viewer',
      help: 'Only for old viewers. With a layout, keys of others are lost.',
      isAdvanced: true,
      whyNotLive: atPowerOn,
    },
    gl: {
      label: 'OpenGL',
      type: flag,
      when: has('type', 'spice', 'sdl', 'dbus'),
      absent: 'No',
      help: 'For 3D in the guest. With SPICE only for viewers on the host itself: listen on nothing or a socket.',
      whyNotLive: atPowerOn,
    },
    renderNode: {
      label: 'Graphics card of the host',
      type: hostChoice('render-node'),
      when: (values) =>
        values['type'] === 'egl-headless' ||
        (has('type', 'spice', 'dbus')(values) && values['gl'] !== undefined),
      absent: 'The first',
      help: 'Such as /dev/dri/renderD128.',
      whyNotLive: atPowerOn,
    },
    audioId: {
      label: 'Sound of',
      type: integer(1, 255),
      when: has('type', 'vnc', 'dbus'),
      absent: 'No sound',
      help: 'The number of an audio back end.',
      isAdvanced: true,
    },
    ...graphicsSpice,
    display: {
      label: 'Display of the host',
      type: text({ maxLength: 255 }),
      when: has('type', 'sdl', 'desktop'),
      absent: ':0',
    },
    xauth: {
      label: 'Authority file',
      type: path,
      when: has('type', 'sdl'),
      absent: 'Of the account',
      isAdvanced: true,
    },
    fullscreen: { label: 'Full screen', type: flag, when: has('type', 'sdl', 'desktop'), absent: 'No' },
    dbusAddress: {
      label: 'D-Bus address',
      type: text({ maxLength: 1024, isMono: true }),
      when: (values) => values['type'] === 'dbus' && values['peerToPeer'] !== true,
      absent: 'A bus of its own',
      isFilledIn: true,
      isAdvanced: true,
    },
    peerToPeer: {
      label: 'Peer to peer',
      type: flag,
      when: has('type', 'dbus'),
      absent: 'No',
      isAdvanced: true,
    },
    multiUser: { label: 'Several viewers', type: flag, when: has('type', 'rdp'), absent: 'No' },
    replaceUser: {
      label: 'A new viewer replaces the old one',
      type: flag,
      when: has('type', 'rdp'),
      absent: 'No',
    },
  },
  groups: [
    {
      title: '',
      fields: [
        'type',
        'listenType',
        'listenAddress',
        'listenNetwork',
        'listenSocket',
        'autoport',
        'port',
        'tlsPort',
        'password',
        'gl',
        'renderNode',
        'display',
        'fullscreen',
        'multiUser',
        'replaceUser',
      ],
    },
    {
      title: 'Access',
      fields: [
        'passwordUntil',
        'connected',
        'sharePolicy',
        'powerControl',
        'websocket',
        'websocketPort',
        'keymap',
        'audioId',
      ],
    },
    {
      title: 'SPICE',
      fields: [
        'clipboard',
        'fileTransfer',
        'mouseMode',
        'streaming',
        'imageCompression',
        'jpeg',
        'zlib',
        'playback',
        'defaultMode',
        'channels',
      ],
    },
    { title: 'Host', fields: ['xauth', 'dbusAddress', 'peerToPeer'] },
  ],
  title: ({ type }) => `Graphics ${nameOf(plain(type))}`,
  summary: (values) => listenWords(values),
  defaults: (context) => ({
    type: firstFree(context),
    ...(firstFree(context) === 'vnc' || firstFree(context) === 'spice'
      ? { listenType: 'address', listenAddress: '127.0.0.1', autoport: true }
      : {}),
  }),
  hotplug: () => 'The server belongs to the emulator, which is started with the VM',
  whatGoes: ({ type }) => [
    `Viewers can no longer reach the VM by ${nameOf(plain(type))}.`,
    ...(type === 'spice' ? ['Channels, redirected USB devices and sound that need SPICE stop to work.'] : []),
  ],
  check: checkGraphics,
})

function nameOf(type: string): string {
  const short: Record<string, string> = {
    'egl-headless': 'EGL headless',
    sdl: 'SDL',
    rdp: 'RDP',
    desktop: 'desktop',
  }
  return short[type] ?? types.find(([id]) => id === type)?.[1] ?? type
}

/** VNC works everywhere; a second one is another kind, since each kind can be there once. */
function firstFree(context: HardwareContext): string {
  const used = new Set(itemsOf(context, 'graphics').map(({ values }) => plain(values['type'])))
  const wanted = isXen(context) ? ['vnc', 'spice', 'sdl'] : ['vnc', 'spice', 'egl-headless', 'dbus']
  return (
    wanted.find(
      (type) => !used.has(type) && offers(context.capabilities, 'graphics', 'type', type) !== false,
    ) ?? 'vnc'
  )
}

function listenWords(values: Values): string | undefined {
  if (!hasServer(values)) return undefined
  if (values['listenType'] === 'socket') return 'Socket file'
  if (values['listenType'] === 'none') return 'Not reachable from outside'
  const where =
    values['listenType'] === 'network'
      ? `network ${plain(values['listenNetwork'])}`
      : plain(values['listenAddress'])
  const at = values['port'] === undefined ? '' : `port ${inWords({ label: '', type: port }, values['port'])}`
  return [where, at].filter(Boolean).join(', ') || undefined
}
