import { choice, flag, has, rows, type Field } from '../field'

const isSpice = has('type', 'spice')
const security = choice([
  ['any', 'Either'],
  ['secure', 'Encrypted only'],
  ['insecure', 'Unencrypted only'],
])
const jpegWords = [
  ['auto', 'On slow networks'],
  ['never', 'Never'],
  ['always', 'Always'],
] as const

/** What only SPICE can be told. */
export const graphicsSpice = {
  clipboard: { label: 'Shared clipboard', type: flag, when: isSpice, absent: 'Yes' },
  fileTransfer: { label: 'Files may be dropped into the guest', type: flag, when: isSpice, absent: 'Yes' },
  mouseMode: {
    label: 'Pointer',
    type: choice([
      ['client', 'Moves freely', 'needs the agent or a tablet in the guest'],
      ['server', 'Is captured'],
    ]),
    when: isSpice,
    absent: 'Agreed by both sides',
    isAdvanced: true,
  },
  streaming: {
    label: 'Video streams',
    type: choice([
      ['filter', 'Found by their size and rate'],
      ['all', 'Everything that changes'],
      ['off', 'Off'],
    ]),
    when: isSpice,
    absent: 'Found by their size and rate',
    isAdvanced: true,
  },
  playback: { label: 'Compressed sound', type: flag, when: isSpice, absent: 'Yes', isAdvanced: true },
  imageCompression: {
    label: 'Image compression',
    type: choice([
      ['auto_glz', 'Automatic (GLZ)'],
      ['auto_lz', 'Automatic (LZ)'],
      ['quic', 'QUIC'],
      ['glz', 'GLZ'],
      ['lz', 'LZ'],
      ['off', 'Off', 'for fast networks'],
    ]),
    when: isSpice,
    absent: 'Automatic (GLZ)',
    isAdvanced: true,
  },
  jpeg: {
    label: 'JPEG for photographs',
    type: choice(jpegWords),
    when: isSpice,
    absent: 'On slow networks',
    isAdvanced: true,
  },
  zlib: {
    label: 'zlib for the rest',
    type: choice(jpegWords),
    when: isSpice,
    absent: 'On slow networks',
    isAdvanced: true,
  },
  defaultMode: {
    label: 'Channels are',
    type: security,
    when: isSpice,
    absent: 'Either',
    isAdvanced: true,
  },
  channels: {
    label: 'Single channels',
    type: rows('channel', {
      name: {
        label: 'Channel',
        type: choice(['main', 'display', 'inputs', 'cursor', 'playback', 'record', 'smartcard', 'usbredir']),
        isRequired: true,
      },
      mode: { label: 'Is', type: security, isRequired: true },
    }),
    when: isSpice,
    absent: 'All alike',
    isAdvanced: true,
  },
} satisfies { [field: string]: Field }
