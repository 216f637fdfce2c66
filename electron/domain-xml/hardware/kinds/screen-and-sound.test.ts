import { describe, expect, it } from 'vitest'
import { audio } from '../../../../shared/model/hardware/kinds/audio'
import { input } from '../../../../shared/model/hardware/kinds/input'
import { redirFilter } from '../../../../shared/model/hardware/kinds/redir-filter'
import { sound } from '../../../../shared/model/hardware/kinds/sound'
import { video } from '../../../../shared/model/hardware/kinds/video'
import type { Kind } from '../../../../shared/model/hardware/kind'
import { domainWith, tryCase, untried, type FieldCase } from '../testing/every-field'
import { add, change, contextOf, problemsIn } from '../testing/round-trip'

const card = (model: string, more = ''): string => `<video>\n  <model type='${model}'${more}/>\n</video>`
const model = (type: string, more: string): string[] => [
  `<model type='${type}' ${more}/>`,
  `-<model type='${type}'/>`,
]
const accel = (type: string, more: string): string[] => [
  `<model type='${type}'>`,
  `<acceleration ${more}/>`,
  '</model>',
  `-<model type='${type}'/>`,
]
const back = (type: string): string => `<audio id='1' type='${type}'/>`
const evdev = `<input type='evdev'>\n  <source dev='/dev/input/event1'/>\n</input>`

const cases: readonly (readonly [Kind, ...FieldCase])[] = [
  [video, card('vga'), { model: 'bochs' }, [`<model type='bochs'/>`, `-<model type='vga'/>`]],
  [
    video,
    card('qxl'),
    { ram: 64 << 20, vram: 32 << 20, vgamem: 16 << 20, vram64: 0 },
    model('qxl', `vram='32768' ram='65536' vgamem='16384' vram64='0'`),
  ],
  [video, card('virtio'), { heads: 2, primary: true }, model('virtio', `primary='yes' heads='2'`)],
  [video, card('virtio'), { accel3d: true }, accel('virtio', `accel3d='yes'`)],
  [video, card('vbox'), { accel2d: false }, accel('vbox', `accel2d='no'`)],
  [
    video,
    card('virtio'),
    { driver: 'vhostuser', renderNode: '/dev/dri/renderD128' },
    [
      `<model type='virtio'>`,
      `<acceleration rendernode='/dev/dri/renderD128'/>`,
      '</model>',
      `<driver name='vhostuser'/>`,
      `-<model type='virtio'/>`,
    ],
  ],
  [
    video,
    card('virtio'),
    { width: 1920, height: 1080 },
    [`<model type='virtio'>`, `<resolution x='1920' y='1080'/>`, '</model>', `-<model type='virtio'/>`],
  ],
  [video, card('gop'), { vgaConf: 'on' }, [`<driver vgaconf='on'/>`]],
  [
    video,
    card('virtio'),
    { iommu: true, ats: true, packed: false, pagePerVq: true },
    [`<driver iommu='on' ats='on' packed='off' page_per_vq='on'/>`],
  ],
  [sound, `<sound model='ich9'/>`, { model: 'usb' }, [`<sound model='usb'/>`, `-<sound model='ich9'/>`]],
  [
    sound,
    `<sound model='ich9'/>`,
    { codecs: [{ type: 'micro' }], audioId: 1 },
    [
      `<sound model='ich9'>`,
      `<codec type='micro'/>`,
      `<audio id='1'/>`,
      '</sound>',
      `-<sound model='ich9'/>`,
    ],
  ],
  [
    audio,
    back('none'),
    { type: 'file', path: '/tmp/a.wav' },
    [`<audio id='1' type='file' path='/tmp/a.wav'/>`, `-${back('none')}`],
  ],
  [
    audio,
    back('none'),
    { id: 2, timerPeriod: 5000 },
    [`<audio id='2' type='none' timerPeriod='5000'/>`, `-${back('none')}`],
  ],
  [
    audio,
    back('sdl'),
    { sdlDriver: 'alsa' },
    [`<audio id='1' type='sdl' driver='alsa'/>`, `-${back('sdl')}`],
  ],
  [
    audio,
    back('oss'),
    { tryMmap: true, exclusive: false, dspPolicy: -1 },
    [`<audio id='1' type='oss' tryMMap='yes' exclusive='no' dspPolicy='-1'/>`, `-${back('oss')}`],
  ],
  [
    audio,
    back('pulseaudio'),
    { serverName: 'unix:/run/pulse' },
    [`<audio id='1' type='pulseaudio' serverName='unix:/run/pulse'/>`, `-${back('pulseaudio')}`],
  ],
  ...(['out', 'in'] as const).flatMap((side): (readonly [Kind, ...FieldCase])[] => {
    const of = (values: object): Record<string, string | number | boolean> =>
      Object.fromEntries(Object.entries(values).map(([id, value]) => [`${side}${id}`, value as string]))
    const name = side === 'out' ? 'output' : 'input'
    const one = (type: string, values: object, attributes: string): readonly [Kind, ...FieldCase] => [
      audio,
      back(type),
      of(values),
      [back(type).replace('/>', '>'), `<${name} ${attributes}/>`, '</audio>', `-${back(type)}`],
    ]
    return [
      one(
        'none',
        { MixingEngine: true, Voices: 2, BufferLength: 100 },
        `mixingEngine='yes' voices='2' bufferLength='100'`,
      ),
      one('oss', { BufferCount: 4, Dev: 'dsp0', TryPoll: true }, `bufferCount='4' dev='dsp0' tryPoll='yes'`),
      one(
        'jack',
        { ServerName: 's', ClientName: 'c', ConnectPorts: 'p', ExactName: false },
        `serverName='s' clientName='c' connectPorts='p' exactName='no'`,
      ),
      one(
        'pulseaudio',
        { Name: 'sink', StreamName: 'vm', Latency: 20 },
        `name='sink' streamName='vm' latency='20'`,
      ),
      [
        audio,
        `<audio id='1' type='none'>\n  <${name} fixedSettings='no'/>\n</audio>`,
        of({ FixedSettings: true, Frequency: 44_100, Channels: 2, Format: 's16' }),
        [
          `<${name} fixedSettings='yes'>`,
          `<settings frequency='44100' channels='2' format='s16'/>`,
          `</${name}>`,
          `-<${name} fixedSettings='no'/>`,
        ],
      ],
    ]
  }),
  [
    input,
    `<input type='tablet' bus='usb'/>`,
    { type: 'mouse', bus: 'virtio', model: 'virtio' },
    [`<input type='mouse' bus='virtio' model='virtio'/>`, `-<input type='tablet' bus='usb'/>`],
  ],
  [
    input,
    `<input type='passthrough' bus='virtio'>\n  <source evdev='/dev/a'/>\n</input>`,
    { evdev: '/dev/b' },
    [`<source evdev='/dev/b'/>`, `-<source evdev='/dev/a'/>`],
  ],
  [
    input,
    evdev,
    { device: '/dev/b', grab: true, grabToggle: 'alt-alt', repeat: true },
    [
      `<source dev='/dev/b' grab='all' grabToggle='alt-alt' repeat='on'/>`,
      `-<source dev='/dev/input/event1'/>`,
    ],
  ],
  [
    input,
    `<input type='mouse' bus='virtio'/>`,
    { iommu: true, ats: true, packed: true, pagePerVq: true },
    [
      `<input type='mouse' bus='virtio'>`,
      `<driver iommu='on' ats='on' packed='on' page_per_vq='on'/>`,
      '</input>',
      `-<input type='mouse' bus='virtio'/>`,
    ],
  ],
  [
    redirFilter,
    `<redirfilter>\n  <usbdev allow='no'/>\n</redirfilter>`,
    {
      rules: [
        { class: '0x08', vendor: '0x1234', product: '-1', version: '2.00', allow: true },
        { allow: false },
      ],
    },
    [`<usbdev class='0x08' vendor='0x1234' product='-1' version='2.00' allow='yes'/>`],
  ],
]

describe('screens, sound and input', () => {
  it.each(cases)('%# is changed in these lines only, and back again', (kind, ...one) => {
    const { lines, restored, before } = tryCase(kind, one)
    expect(lines).toEqual(one[2])
    expect(restored).toBe(before)
  })

  it.each([video, sound, audio, input, redirFilter].map((kind) => [kind.id, kind] as const))(
    'have every setting of %s tried',
    (_, kind) =>
      expect(
        untried(
          kind,
          cases.filter(([one]) => one === kind).map(([, ...one]) => one),
        ),
      ).toEqual([]),
  )

  it('lose what the new model does not have', () => {
    const qxl = domainWith(card('qxl', ` ram='65536' vram='65536' vgamem='16384' heads='1'`))
    expect(change(qxl, { kind: 'video', key: '#0' }, { model: 'virtio' }).added).toEqual([
      `<model type='virtio' vram='65536' heads='1'/>`,
    ])
  })

  it('come new as the guest can use them', () => {
    const empty = domainWith('<emulator>/bin/qemu</emulator>')
    expect(add(empty, 'video', video.defaults?.(contextOf(empty)) ?? {}).added).toEqual([
      '<video>',
      `<model type='virtio' primary='yes' heads='1'/>`,
      '</video>',
    ])
    expect(video.defaults?.({ ...contextOf(empty), osId: 'http://microsoft.com/win/11' })['model']).toBe(
      'vga',
    )
    expect(audio.defaults?.(contextOf(domainWith(back('none'))))).toEqual({ type: 'none', id: 2 })
    expect(input.defaults?.(contextOf(domainWith(`<input type='tablet' bus='usb'/>`)))['type']).toBe(
      'keyboard',
    )
  })

  it('refuse a further graphics card that cannot be one, with the cure', () => {
    const two = domainWith(`${card('vga', ` primary='yes'`)}\n${card('cirrus')}`)
    const item = { kind: 'video', key: '#1' }
    expect(problemsIn(video, two, item)).toMatchObject([
      { severity: 'error', field: 'model', fix: { changes: [{ item, values: { model: 'virtio' } }] } },
    ])
    expect(problemsIn(video, two.replace('cirrus', 'qxl'), item)).toEqual([])
  })

  it('warn of screens and 3D that nobody would see', () => {
    const of = (xml: string) =>
      problemsIn(video, domainWith(xml), { kind: 'video', key: '#0' }).map(({ field }) => field)
    expect(of(card('vga', ` heads='2'`))).toEqual(['heads'])
    expect(of(card('qxl', ` heads='2'`))).toEqual(['heads'])
    expect(of(`${card('qxl', ` heads='2'`)}\n<graphics type='spice'/>`)).toEqual([])
    const threeD = card('virtio').replace('/>', `><acceleration accel3d='yes'/></model>`)
    expect(of(threeD)).toEqual(['accel3d'])
    expect(of(`${threeD}\n<graphics type='egl-headless'/>`)).toEqual([])
  })

  it('refuse busses that an input device cannot have', () => {
    const of = (xml: string, key: string) => problemsIn(input, domainWith(xml), { kind: 'input', key })
    expect(of(`<input type='tablet' bus='ps2'/>`, 'tablet-ps2')).toHaveLength(1)
    expect(of(`<input type='mouse' bus='xen'/>`, 'mouse-xen')).toHaveLength(1)
    expect(of(`<input type='mouse' bus='ps2'/>`, 'mouse-ps2')).toEqual([])
  })
})
