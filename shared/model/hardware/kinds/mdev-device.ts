import { choice, flag, has, hostChoice, plain, type Values } from '../field'
import { defineKind, isQemu, itemsOf, type CheckContext, type HardwareContext, type Problem } from '../kind'
import { noFreePort } from '../pci-ports'
import { bootOrder, takenTwice } from './host-device-common'

const isPci = has('model', 'vfio-pci')

export const mdevDevice = defineKind({
  id: 'mdev-device',
  label: 'Mediated device',
  role: 'device',
  fields: {
    uuid: {
      label: 'Device',
      type: hostChoice('mdev-device'),
      isRequired: true,
      help: 'A part of a device of the host, such as a virtual graphics card, named by its UUID. Only this VM can use it then.',
    },
    model: {
      label: 'Kind',
      type: choice([
        ['vfio-pci', 'PCI', 'virtual graphics cards and the like'],
        ['vfio-ccw', 'Channel device', 'disks of IBM Z'],
        ['vfio-ap', 'Crypto adapters', 'of IBM Z'],
      ]),
      isRequired: true,
      whyNotLive: 'The kind is that of the device.',
    },
    display: {
      label: 'Its screen is the VM’s',
      type: flag,
      when: isPci,
      absent: 'No',
      help: 'The VM needs a screen of its own (VNC or SPICE) to show it on.',
    },
    ramfb: {
      label: 'Screen before the guest’s driver starts',
      type: flag,
      when: (values) => isPci(values) && values.display === true,
      absent: 'No',
      isAdvanced: true,
    },
    bootOrder: { ...bootOrder, when: has('model', 'vfio-ccw') },
  },
  groups: [{ title: '', fields: ['uuid', 'model', 'display', 'ramfb', 'bootOrder'] }],
  title: ({ uuid }) => `Mediated device ${plain(uuid)}`,
  summary: ({ model, display }) => (display === true ? `${plain(model)} with screen` : plain(model)),
  defaults: (context: HardwareContext) => ({
    model: context.architecture === 's390x' ? 'vfio-ccw' : 'vfio-pci',
  }),
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU VMs can be given mediated devices'),
  hotplug: ({ model, display }, context) =>
    display === true
      ? 'A screen cannot be plugged in while the guest runs'
      : ((model === 'vfio-pci' ? noFreePort(context) : undefined) ?? true),
  whatGoes: () => ['The device stays on the host, free for another VM.'],
  check: problems,
})

const uuidPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

function problems(values: Values, context: CheckContext): Problem[] {
  const found: Problem[] = takenTwice('mdev-device', ['uuid'], values, context)
  if (values.uuid !== undefined && !uuidPattern.test(plain(values.uuid)))
    found.push({ severity: 'error', field: 'uuid', message: 'Enter a UUID such as 0f1e2d3c-….' })
  if (values.display === true && itemsOf(context, 'graphics').length === 0)
    found.push({
      severity: 'error',
      field: 'display',
      message: 'The VM has no VNC or SPICE screen on which it could be shown.',
    })
  const isZ = context.architecture === 's390x'
  if (values.model !== undefined && values.model !== 'vfio-pci' && !isZ)
    found.push({ severity: 'error', field: 'model', message: 'Only VMs of IBM Z have such devices.' })
  const crypto = itemsOf(context, 'mdev-device').filter((item) => item.values.model === 'vfio-ap')
  if (values.model === 'vfio-ap' && crypto.length > 1)
    found.push({
      severity: 'error',
      field: 'model',
      message: 'A VM has one crypto device; further adapters and domains are assigned to it on the host.',
    })
  found.push({
    severity: 'hint',
    field: 'uuid',
    message:
      'With this device the VM cannot be migrated while it runs, unless its maker’s driver can do that.',
  })
  return found
}
