/** Sound: cards (https://libvirt.org/formatdomain.html#sound-devices) and where what they play goes (#audio-backends). */
import { add, type Build, idOf } from './build'
import { usbPlug } from './controllers'
import { flag, number, options, type Options } from './options'
import type { Reading } from './reading'

const names: Readonly<Record<string, string>> = { pulseaudio: 'pa', file: 'wav' }

/** Settings of one direction, as QEMU names them. */
function direction(prefix: 'in' | 'out', found: Reading | undefined): Options {
  const settings = found?.child('settings')
  return {
    [`${prefix}.mixing-engine`]: flag(found?.attr('mixingEngine')),
    [`${prefix}.fixed-settings`]: flag(found?.attr('fixedSettings')),
    [`${prefix}.frequency`]: number(settings?.attr('frequency')),
    [`${prefix}.channels`]: number(settings?.attr('channels')),
    [`${prefix}.format`]: settings?.attr('format'),
    [`${prefix}.voices`]: number(found?.attr('voices')),
    [`${prefix}.buffer-length`]: number(found?.attr('bufferLength')),
    [`${prefix}.buffer-count`]: number(found?.attr('bufferCount')),
    [`${prefix}.dev`]: found?.attr('dev'),
    [`${prefix}.server-name`]: found?.attr('serverName'),
    [`${prefix}.client-name`]: found?.attr('clientName'),
    [`${prefix}.connect-ports`]: found?.attr('connectPorts'),
    [`${prefix}.exact-name`]: flag(found?.attr('exactName')),
    [`${prefix}.try-poll`]: flag(found?.attr('tryPoll')),
    [`${prefix}.name`]: found?.attr('name'),
    [`${prefix}.stream-name`]: found?.attr('streamName'),
    [`${prefix}.latency`]: number(found?.attr('latency')),
  }
}

export function planAudio(build: Build): void {
  const outputs = build.devices.filter(({ name }) => name === 'audio')
  for (const output of outputs) {
    const type = output.attr('type') ?? 'none'
    const id = output.attr('id') ?? '1'
    add(
      build,
      `sound output ${id}`,
      type === 'none' ? 'What the guest plays is heard nowhere.' : 'Where what the guest plays is heard.',
      '-audiodev',
      options(names[type] ?? type, {
        id: `audio${id}`,
        'timer-period': number(output.attr('timerPeriod')),
        server: output.attr('serverName'),
        path: output.attr('path'),
        'try-mmap': flag(output.attr('tryMMap')),
        exclusive: flag(output.attr('exclusive')),
        'dsp-policy': number(output.attr('dspPolicy')),
        ...direction('in', output.child('input')),
        ...direction('out', output.child('output')),
      }),
    )
    if (output.attr('driver') !== undefined)
      build.notes.push('Which of SDL’s sound outputs is used is left to the host (SDL_AUDIODRIVER).')
  }
  const needsOne = build.devices.some(({ name }) => name === 'sound')
  if (outputs.length === 0 && needsOne) {
    const hasSpice = build.devices.some((one) => one.name === 'graphics' && one.attr('type') === 'spice')
    add(
      build,
      'sound output 1',
      hasSpice
        ? 'The viewer that speaks SPICE plays what the guest plays.'
        : 'What the guest plays is heard nowhere, as the definition names no output.',
      '-audiodev',
      options(hasSpice ? 'spice' : 'none', { id: 'audio1' }),
    )
  }
}

/** Of the definition, or the only one there is. */
function outputOf(build: Build, sound: Reading): string {
  const own = sound.child('audio')?.attr('id')
  const first = build.devices.find(({ name }) => name === 'audio')?.attr('id')
  return `audio${own ?? first ?? '1'}`
}

export function planSound(build: Build, sound: Reading): void {
  const id = idOf(build, sound)
  const model = sound.attr('model') ?? 'ich6'
  const audiodev = outputOf(build, sound)
  const of = `sound card ${id}`
  switch (model) {
    case 'ich6':
    case 'ich9': {
      const controller = model === 'ich6' ? 'intel-hda' : 'ich9-intel-hda'
      const spot = build.places.conventional(
        sound,
        model === 'ich9' && build.machine.chipset === 'q35' ? { slot: 27 } : undefined,
      )
      add(build, of, 'Sound as PCs have it.', '-device', options(controller, { id, ...spot }))
      const codecs = sound.children('codec')
      const types = codecs.length === 0 ? ['duplex'] : codecs.map((codec) => codec.attr('type') ?? 'duplex')
      for (const [at, type] of types.entries())
        add(
          build,
          of,
          'What plays and records at the card.',
          '-device',
          options(`hda-${type}`, { id: `${id}-codec${at}`, bus: `${id}.0`, cad: at, audiodev }),
        )
      return
    }
    case 'ac97':
      add(
        build,
        of,
        'Sound as older PCs have it.',
        '-device',
        options('AC97', { id, audiodev, ...build.places.conventional(sound) }),
      )
      return
    case 'es1370':
      add(
        build,
        of,
        'Sound as older PCs have it.',
        '-device',
        options('ES1370', { id, audiodev, ...build.places.conventional(sound) }),
      )
      return
    case 'sb16':
      add(build, of, 'Sound of the oldest PCs.', '-device', options('sb16', { id, audiodev }))
      return
    case 'pcspk':
      add(
        build,
        of,
        'The speaker of the board.',
        '-machine',
        options(undefined, { 'pcspk-audiodev': audiodev }),
      )
      return
    case 'usb':
      add(
        build,
        of,
        'Sound at USB.',
        '-device',
        options('usb-audio', {
          id,
          audiodev,
          multi: flag(sound.attr('multichannel')),
          ...usbPlug(build, sound),
        }),
      )
      return
    default:
      build.notes.push(`${of} of the type "${model}" is left out: QEMU has none.`)
      sound.whole()
  }
}
