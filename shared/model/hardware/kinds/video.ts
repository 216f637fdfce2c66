import { choice, flag, has, hostChoice, inWords, integer, plain, size, type Values } from '../field'
import {
  defineKind,
  isQemu,
  isWindows,
  isX86,
  isXen,
  itemsOf,
  offers,
  type CheckContext,
  type HardwareContext,
  type Problem,
} from '../kind'
import { virtioOptions } from './virtio-options'

const models = [
  ['virtio', 'VirtIO', 'the best for Linux; 3D'],
  ['qxl', 'QXL', 'for SPICE and several screens; Windows needs its driver'],
  ['vga', 'VGA', 'works everywhere'],
  ['bochs', 'Bochs', 'simple, for UEFI'],
  ['ramfb', 'RAM frame buffer', 'beside a passed-through graphics card'],
  ['cirrus', 'Cirrus', 'for very old systems'],
  ['vmvga', 'VMware VGA'],
  ['xen', 'Xen'],
  ['vbox', 'VirtualBox'],
  ['gop', 'GOP (bhyve)'],
  ['none', 'None', 'a VM without a screen'],
] as const

const kib = size(1024, 4_294_967_295 * 1024)
const isQxl = has('model', 'qxl')
const canMany = ['qxl', 'virtio'] as const
const isShown = ({ model }: Values): boolean => model !== 'none'

export const video = defineKind({
  id: 'video',
  label: 'Video',
  role: 'device',
  fields: {
    model: {
      label: 'Model',
      type: choice(models, { offeredBy: 'video.modelType' }),
      isRequired: true,
      whyNotLive: 'The guest sees its graphics card at power-on.',
    },
    primary: {
      label: 'First screen',
      type: flag,
      when: isShown,
      absent: 'The first in the list is',
      isFilledIn: true,
    },
    heads: {
      label: 'Screens',
      type: integer(1, 16),
      when: isShown,
      absent: '1',
      isFilledIn: true,
      help: 'Several work with VirtIO, and with QXL in SPICE. The guest needs drivers.',
    },
    accel3d: {
      label: '3D acceleration',
      type: flag,
      when: has('model', 'virtio', 'vbox', 'vmvga'),
      absent: 'No',
      help: 'The graphics need OpenGL for it: SPICE with OpenGL, or EGL headless beside VNC.',
    },
    accel2d: { label: '2D acceleration', type: flag, when: has('model', 'vbox', 'vmvga'), absent: 'No' },
    renderNode: {
      label: 'Graphics card of the host',
      type: hostChoice('render-node'),
      when: (values) => values['model'] === 'virtio' && values['driver'] === 'vhostuser',
      absent: 'The first',
      isAdvanced: true,
    },
    vram: { label: 'Video memory', type: kib, when: isShown, absent: 'Hypervisor default', isFilledIn: true },
    ram: {
      label: 'First memory bar',
      type: kib,
      when: isQxl,
      absent: 'Hypervisor default',
      isFilledIn: true,
      isAdvanced: true,
    },
    vgamem: {
      label: 'Frame buffer',
      type: kib,
      when: isQxl,
      absent: 'Hypervisor default',
      isFilledIn: true,
      help: 'Its size limits the resolution: 16 MiB are enough for 2560 × 1600.',
    },
    vram64: {
      label: 'Video memory above 4 GiB',
      type: size(0, 4_294_967_295 * 1024),
      when: isQxl,
      absent: 'None',
      isAdvanced: true,
    },
    width: { label: 'Width', type: integer(1, 16_384, 'px'), when: isShown, absent: 'Hypervisor default' },
    height: { label: 'Height', type: integer(1, 16_384, 'px'), when: isShown, absent: 'Hypervisor default' },
    driver: {
      label: 'Drawn by',
      type: choice([
        ['qemu', 'The emulator'],
        ['vhostuser', 'A program of its own (vhost-user)', 'safer for 3D'],
      ]),
      when: has('model', 'virtio'),
      absent: 'The emulator',
      isAdvanced: true,
    },
    vgaConf: {
      label: 'Legacy VGA (bhyve)',
      type: choice([
        ['io', 'Input and output only'],
        ['on', 'On'],
        ['off', 'Off'],
      ]),
      when: has('model', 'gop'),
      absent: 'Input and output only',
      isAdvanced: true,
    },
    ...virtioOptions(has('model', 'virtio')),
  },
  groups: [
    { title: '', fields: ['model', 'heads', 'primary', 'accel3d', 'accel2d', 'vram', 'vgamem'] },
    { title: 'Resolution at power-on', fields: ['width', 'height'] },
    {
      title: 'Memory and driver',
      fields: ['ram', 'vram64', 'driver', 'renderNode', 'vgaConf', 'iommu', 'ats', 'packed', 'pagePerVq'],
    },
  ],
  title: ({ model }) => `Video ${models.find(([id]) => id === model)?.[1] ?? plain(model)}`,
  summary: ({ heads, vram, accel3d }) =>
    [
      Number(heads ?? 1) > 1 ? `${plain(heads)} screens` : '',
      vram === undefined ? '' : inWords({ label: '', type: kib }, vram),
      accel3d === true ? '3D' : '',
    ]
      .filter(Boolean)
      .join(', ') || undefined,
  defaults: (context) =>
    itemsOf(context, 'video').length > 0
      ? { model: bestSecond(context), primary: false }
      : { model: bestModel(context), heads: 1, primary: true },
  hotplug: () => 'A graphics card is part of the machine the guest sees at power-on',
  whatGoes: () => ['The guest has one screen less; without any, only the text console is left.'],
  check: checkVideo,
})

function bestModel(context: HardwareContext): string {
  const isOffered = (model: string): boolean =>
    offers(context.capabilities, 'video', 'modelType', model) !== false
  if (isXen(context)) return context.osType === 'hvm' ? 'vga' : 'xen'
  const wanted = isWindows(context) && isX86(context) ? ['qxl', 'vga'] : ['virtio', 'vga']
  const hasSpice = itemsOf(context, 'graphics').some(({ values }) => values['type'] === 'spice')
  return wanted.find((model) => isOffered(model) && (model !== 'qxl' || hasSpice)) ?? 'vga'
}

function bestSecond(context: HardwareContext): string {
  const first = itemsOf(context, 'video')[0]?.values['model']
  return first === 'qxl' && offers(context.capabilities, 'video', 'modelType', 'qxl') !== false
    ? 'qxl'
    : 'virtio'
}

function checkVideo(values: Values, context: CheckContext): readonly Problem[] {
  const problems: Problem[] = []
  const model = plain(values['model'])
  const all = itemsOf(context, 'video')
  const others = all.filter(({ ref }) => ref.key !== context.self?.key)
  const isFirst = all.length === 0 || all[0]?.ref.key === context.self?.key
  const isSecond = values['primary'] === false || (values['primary'] === undefined && !isFirst)
  const mend = (label: string, set: Values): Pick<Problem, 'fix'> =>
    context.self ? { fix: { label, changes: [{ kind: 'set', item: context.self, values: set }] } } : {}
  if (isQemu(context) && isSecond && others.length > 0 && !['qxl', 'virtio', 'none'].includes(model))
    problems.push({
      severity: 'error',
      field: 'model',
      message: 'Only QXL and VirtIO can be a further graphics card',
      ...mend('Use VirtIO', { model: 'virtio' }),
    })
  if (model === 'none' && others.length > 0)
    problems.push({
      severity: 'error',
      field: 'model',
      message: '“None” cannot stand beside another graphics card',
    })
  if (values['primary'] === true && others.some((item) => item.values['primary'] === true))
    problems.push({
      severity: 'error',
      field: 'primary',
      message: 'Another graphics card is the first screen',
    })
  if (Number(values['heads'] ?? 1) > 1) problems.push(...checkHeads(model, context))
  if (isQemu(context) && values['accel3d'] === true) problems.push(...check3d(model, context))
  if ((values['width'] === undefined) !== (values['height'] === undefined))
    problems.push({
      severity: 'error',
      field: values['width'] === undefined ? 'width' : 'height',
      message: 'Enter width and height',
    })
  const node = values['renderNode']
  if (node !== undefined && !plain(node).startsWith('/'))
    problems.push({
      severity: 'error',
      field: 'renderNode',
      message: 'Enter a path such as /dev/dri/renderD128',
    })
  return problems
}

function checkHeads(model: string, context: CheckContext): Problem[] {
  const warn = (message: string): Problem[] => [{ severity: 'warning', field: 'heads', message }]
  if (isXen(context)) return warn('Xen guests have one screen')
  if (!canMany.some((one) => one === model)) return warn('Only QXL and VirtIO have several screens')
  const hasSpice = itemsOf(context, 'graphics').some(({ values }) => values['type'] === 'spice')
  return model === 'qxl' && !hasSpice ? warn('QXL shows further screens only through SPICE') : []
}

function check3d(model: string, context: CheckContext): Problem[] {
  if (model !== 'virtio')
    return [{ severity: 'warning', field: 'accel3d', message: 'QEMU accelerates only VirtIO' }]
  const graphics = itemsOf(context, 'graphics').map(({ values }) => values)
  const draws = graphics.some((one) => one['type'] === 'egl-headless' || one['gl'] === true)
  return draws
    ? []
    : [
        {
          severity: 'warning',
          field: 'accel3d',
          message: '3D needs graphics with OpenGL, otherwise the VM does not start',
          fix: {
            label: 'Add EGL headless',
            changes: [{ kind: 'add', device: 'graphics', values: { type: 'egl-headless' } }],
          },
        },
      ]
}
