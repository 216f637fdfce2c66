import { choice, flag, has, integer, plain, text, type Field, type Values } from '../field'
import { defineKind, isQemu, itemsOf } from '../kind'

const types = [
  ['none', 'Nowhere', 'the guest plays into the void'],
  ['spice', 'To the SPICE viewer'],
  ['dbus', 'To the D-Bus viewer'],
  ['pulseaudio', 'PulseAudio of the host'],
  ['alsa', 'ALSA of the host'],
  ['jack', 'JACK of the host'],
  ['oss', 'OSS of the host'],
  ['sdl', 'SDL'],
  ['coreaudio', 'Core Audio (macOS)'],
  ['file', 'Into a file'],
] as const

const uint = (unit?: string) => integer(0, 4_294_967_295, unit)
const name = text({ maxLength: 255 })
type Side = 'in' | 'out'
type SideField =
  | 'MixingEngine'
  | 'FixedSettings'
  | 'Frequency'
  | 'Channels'
  | 'Format'
  | 'Voices'
  | 'BufferLength'
  | 'BufferCount'
  | 'Dev'
  | 'ServerName'
  | 'ClientName'
  | 'ConnectPorts'
  | 'ExactName'
  | 'TryPoll'
  | 'Name'
  | 'StreamName'
  | 'Latency'

/** Recording and playing have the same settings. */
function side<Of extends Side>(of: Of): { [Id in `${Of}${SideField}`]: Field } {
  const label = (words: string): string => `${of === 'in' ? 'Recording' : 'Playing'}: ${words}`
  const field = (
    words: string,
    type: Field['type'],
    when?: (values: Values) => boolean,
    absent?: string,
  ): Field => ({
    label: label(words),
    type,
    absent: absent ?? 'Hypervisor default',
    isAdvanced: true,
    ...(when === undefined ? {} : { when }),
  })
  const isFixed = (values: Values): boolean => values[`${of}FixedSettings`] === true
  const all: { [Id in SideField]: Field } = {
    MixingEngine: field('mixed by the emulator', flag, undefined, 'Yes'),
    FixedSettings: field('fixed format', flag, undefined, 'No: as the guest plays'),
    Frequency: field('frequency', uint('Hz'), isFixed),
    Channels: field('channels', integer(1, 8), isFixed),
    Format: field('samples', choice(['s8', 'u8', 's16', 'u16', 's32', 'u32', 'f32']), isFixed),
    Voices: field('voices', uint()),
    BufferLength: field('buffer', uint('µs')),
    BufferCount: field('buffers', uint(), has('type', 'coreaudio', 'oss', 'sdl')),
    Dev: field('device', name, has('type', 'alsa', 'oss')),
    ServerName: field('server', name, has('type', 'jack')),
    ClientName: field('name there', name, has('type', 'jack')),
    ConnectPorts: field('ports to connect', name, has('type', 'jack')),
    ExactName: field('only under exactly this name', flag, has('type', 'jack')),
    TryPoll: field('polled', flag, has('type', 'oss')),
    Name: field('device', name, has('type', 'pulseaudio')),
    StreamName: field('name of the stream', name, has('type', 'pulseaudio')),
    Latency: field('latency', uint('µs'), has('type', 'pulseaudio')),
  }
  return Object.fromEntries(Object.entries(all).map(([id, one]) => [`${of}${id}`, one])) as {
    [Id in `${Of}${SideField}`]: Field
  }
}

const sideFields = <Of extends Side>(of: Of): `${Of}${SideField}`[] =>
  Object.keys(side(of)) as `${Of}${SideField}`[]

export const audio = defineKind({
  id: 'audio',
  label: 'Audio back end',
  role: 'device',
  fields: {
    type: {
      label: 'Sound goes',
      type: choice(types),
      isRequired: true,
      whyNotLive: 'The emulator opens it at power-on.',
    },
    id: {
      label: 'Number',
      type: integer(1, 255),
      isRequired: true,
      help: 'Sound cards and graphics name it by this number.',
    },
    serverName: {
      label: 'Server',
      type: name,
      when: has('type', 'pulseaudio'),
      absent: 'That of the account',
    },
    path: {
      label: 'File',
      type: text({ maxLength: 4096, isMono: true }),
      when: has('type', 'file'),
      absent: 'qemu.wav',
      help: 'In WAV format.',
    },
    sdlDriver: {
      label: 'SDL plays with',
      type: choice(['pulseaudio', 'alsa', 'esd', 'arts']),
      when: has('type', 'sdl'),
      absent: 'Hypervisor default',
    },
    tryMmap: { label: 'Memory mapped', type: flag, when: has('type', 'oss'), absent: 'No', isAdvanced: true },
    exclusive: { label: 'Alone', type: flag, when: has('type', 'oss'), absent: 'No', isAdvanced: true },
    dspPolicy: {
      label: 'Timing policy',
      type: integer(-1, 10),
      when: has('type', 'oss'),
      absent: '5',
      isAdvanced: true,
    },
    timerPeriod: { label: 'Timer period', type: uint('µs'), absent: '10000 µs', isAdvanced: true },
    ...side('out'),
    ...side('in'),
  },
  groups: [
    { title: '', fields: ['type', 'id', 'serverName', 'path', 'sdlDriver'] },
    { title: 'Timing', fields: ['timerPeriod', 'tryMmap', 'exclusive', 'dspPolicy'] },
    { title: 'Playing', fields: sideFields('out') },
    { title: 'Recording', fields: sideFields('in') },
  ],
  title: ({ id }) => `Audio back end ${plain(id)}`.trim(),
  summary: ({ type }) => types.find(([one]) => one === type)?.[1],
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU has audio back ends'),
  defaults: (context) => {
    const ids = new Set(itemsOf(context, 'audio').map(({ values }) => values['id']))
    let id = 1
    while (ids.has(id)) id += 1
    const hasSpice = itemsOf(context, 'graphics').some(({ values }) => values['type'] === 'spice')
    return { type: hasSpice ? 'spice' : 'none', id }
  },
  hotplug: () => 'Audio back ends are opened at power-on',
  check: ({ id, type }, context) => {
    const others = itemsOf(context, 'audio').filter(({ ref }) => ref.key !== context.self?.key)
    const hasSpice = itemsOf(context, 'graphics').some(({ values }) => values['type'] === 'spice')
    return [
      ...(others.some(({ values }) => values['id'] === id)
        ? [{ severity: 'error', field: 'id', message: 'Another back end has this number' } as const]
        : []),
      ...(type === 'spice' && !hasSpice
        ? [
            {
              severity: 'warning',
              field: 'type',
              message: 'The VM has no SPICE graphics, so nobody hears it',
            } as const,
          ]
        : []),
    ]
  },
})
