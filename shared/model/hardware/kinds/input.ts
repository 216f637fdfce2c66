import { choice, flag, has, path, plain, type Values } from '../field'
import { defineKind, isXen, itemsOf, type CheckContext, type Problem } from '../kind'
import { virtioOptions } from './virtio-options'

const types = [
  ['tablet', 'Tablet', 'the pointer follows that of the viewer'],
  ['mouse', 'Mouse'],
  ['keyboard', 'Keyboard'],
  ['passthrough', 'A device of the host (VirtIO)'],
  ['evdev', 'A device of the host (evdev)', 'shared between host and guest by a key'],
] as const
const busses = [
  ['usb', 'USB'],
  ['virtio', 'VirtIO'],
  ['ps2', 'PS/2'],
  ['xen', 'Xen'],
] as const
const isEmulated = has('type', 'tablet', 'mouse', 'keyboard')
const isVirtio = (values: Values): boolean => values['bus'] === 'virtio' && values['type'] !== 'evdev'
const isEvdev = has('type', 'evdev')
const seenAtPlug = 'It is another device: remove this one and add another.'

export const input = defineKind({
  id: 'input',
  label: 'Input device',
  role: 'device',
  fields: {
    type: { label: 'Type', type: choice(types), isRequired: true, whyNotLive: seenAtPlug },
    bus: {
      label: 'Bus',
      type: choice(busses),
      when: (values) => isEmulated(values) || values['type'] === 'passthrough',
      absent: 'By the machine',
      whyNotLive: seenAtPlug,
    },
    evdev: {
      label: 'Device',
      type: path,
      when: has('type', 'passthrough'),
      isRequired: true,
      help: 'Such as /dev/input/event1.',
    },
    device: {
      label: 'Device',
      type: path,
      when: isEvdev,
      isRequired: true,
      help: 'Such as /dev/input/by-id/usb-Maker_Keyboard-event-kbd, which stays the same.',
    },
    grab: {
      label: 'Take all such devices together',
      type: flag,
      when: isEvdev,
      absent: 'No',
    },
    grabToggle: {
      label: 'Keys that change between host and guest',
      type: choice([
        ['ctrl-ctrl', 'Both Ctrl'],
        ['alt-alt', 'Both Alt'],
        ['shift-shift', 'Both Shift'],
        ['meta-meta', 'Both Meta'],
        ['scrolllock', 'Scroll Lock'],
        ['ctrl-scrolllock', 'Ctrl and Scroll Lock'],
      ]),
      when: isEvdev,
      absent: 'Both Ctrl',
    },
    repeat: { label: 'Repeat held keys', type: flag, when: isEvdev, absent: 'No' },
    model: {
      label: 'VirtIO model',
      type: choice([
        ['virtio', 'VirtIO'],
        ['virtio-transitional', 'VirtIO, transitional'],
        ['virtio-non-transitional', 'VirtIO, modern only'],
      ]),
      when: isVirtio,
      absent: 'VirtIO',
      isAdvanced: true,
    },
    ...virtioOptions(isVirtio),
  },
  groups: [
    { title: '', fields: ['type', 'bus', 'evdev', 'device', 'grab', 'grabToggle', 'repeat'] },
    { title: 'VirtIO', fields: ['model', 'iommu', 'ats', 'packed', 'pagePerVq'] },
  ],
  title: ({ type, bus }) =>
    [
      isEmulated({ type }) ? (busses.find(([id]) => id === bus)?.[1] ?? '') : '',
      types.find(([id]) => id === type)?.[1] ?? plain(type),
    ]
      .filter(Boolean)
      .join(' '),
  summary: ({ evdev, device }) => plain(evdev) || plain(device) || undefined,
  defaults: (context) => {
    const used = new Set(itemsOf(context, 'input').map(({ values }) => plain(values['type'])))
    const type = ['tablet', 'keyboard', 'mouse'].find((one) => !used.has(one)) ?? 'tablet'
    return { type, bus: context.architecture === 's390x' ? 'virtio' : 'usb' }
  },
  hotplug: ({ bus, type }) =>
    type !== 'evdev' && (bus === 'usb' || bus === 'virtio')
      ? true
      : 'Only USB and VirtIO input devices come and go while the guest runs',
  whatGoes: ({ type, bus }) => [
    ...(type === 'tablet' ? ['The pointer of the guest no longer follows that of the viewer exactly.'] : []),
    ...(bus === 'ps2' ? ['PS/2 keyboard and mouse belong to the machine: libvirt adds them again.'] : []),
  ],
  check: checkInput,
})

function checkInput(values: Values, context: CheckContext): readonly Problem[] {
  const problem = (message: string): Problem => ({ severity: 'error', field: 'bus', message })
  const [type, bus] = [plain(values['type']), values['bus']]
  return [
    ...(bus === 'ps2' && type === 'tablet' ? [problem('There is no PS/2 tablet')] : []),
    ...(bus === 'xen' && !isXen(context) ? [problem('Only Xen guests have this bus')] : []),
    ...(bus === 'xen' && type === 'tablet' ? [problem('There is no tablet on this bus')] : []),
    ...(type === 'passthrough' && bus !== 'virtio'
      ? [problem('A device of the host needs the VirtIO bus')]
      : []),
  ]
}
