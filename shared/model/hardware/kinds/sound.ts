import { choice, has, integer, plain, rows } from '../field'
import { defineKind, isQ35, itemsOf } from '../kind'

const models = [
  ['ich9', 'Intel HDA (ICH9)'],
  ['ich6', 'Intel HDA (ICH6)'],
  ['ac97', 'AC97'],
  ['usb', 'USB'],
  ['es1370', 'Ensoniq ES1370'],
  ['sb16', 'Sound Blaster 16'],
  ['ich7', 'Intel HDA (ICH7)'],
  ['pcspk', 'PC speaker'],
] as const

export const sound = defineKind({
  id: 'sound',
  label: 'Sound card',
  role: 'device',
  fields: {
    model: {
      label: 'Model',
      type: choice(models),
      isRequired: true,
      whyNotLive: 'The guest sees its sound card at power-on.',
    },
    codecs: {
      label: 'Codecs',
      type: rows('codec', {
        type: {
          label: 'Has',
          type: choice([
            ['duplex', 'Line in and line out'],
            ['micro', 'Microphone and speaker'],
            ['output', 'Line out only'],
          ]),
          isRequired: true,
        },
      }),
      when: has('model', 'ich6', 'ich9'),
      absent: 'Line in and line out',
    },
    audioId: {
      label: 'Audio back end',
      type: integer(1, 255),
      absent: 'The first',
      help: 'The number of one of this VM’s audio back ends.',
    },
  },
  groups: [{ title: '', fields: ['model', 'codecs', 'audioId'] }],
  title: ({ model }) => `Sound ${models.find(([id]) => id === model)?.[1] ?? plain(model)}`,
  defaults: (context) => ({ model: isQ35(context) || /^virt(-|$)/.test(context.machine) ? 'ich9' : 'ich6' }),
  hotplug: () => 'A sound card is part of the machine the guest sees at power-on',
  check: ({ audioId }, context) => {
    const ids = itemsOf(context, 'audio').map(({ values }) => values['id'])
    return audioId === undefined || ids.includes(audioId)
      ? []
      : [{ severity: 'error', field: 'audioId', message: `There is no audio back end ${plain(audioId)}` }]
  },
})
