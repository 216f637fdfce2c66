import { choice } from '../field'
import { defineKind, isQemu } from '../kind'

export const hub = defineKind({
  id: 'hub',
  label: 'USB hub',
  role: 'device',
  fields: {
    type: {
      label: 'Type',
      type: choice([['usb', 'USB', 'eight ports more']], { offeredBy: 'hub.type' }),
      isRequired: true,
    },
  },
  groups: [{ title: '', fields: ['type'] }],
  title: () => 'USB hub',
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU has USB hubs'),
  defaults: () => ({ type: 'usb' }),
  hotplug: () => 'libvirt cannot plug in a hub while the guest runs',
  whatGoes: () => ['Devices on its ports move to free ports of the controller.'],
})
