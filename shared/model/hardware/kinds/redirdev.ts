import { choice, integer, plain } from '../field'
import { defineKind, isQemu } from '../kind'
import { charBackend, charEndFields, charMoreFields, charSummary, checkChar } from './char-backend'

export const redirdev = defineKind({
  id: 'redirdev',
  label: 'USB redirection',
  role: 'device',
  fields: {
    bus: { label: 'Bus', type: choice([['usb', 'USB']], { offeredBy: 'redirdev.bus' }), isRequired: true },
    ...charBackend(['spicevmc', 'tcp', 'unix', 'pty', 'dev', 'file', 'pipe', 'udp', 'null', 'stdio', 'vc']),
    bootOrder: {
      label: 'Place in the boot order',
      type: integer(1, 2_147_483_647),
      absent: 'Not tried',
      isReadOnly: true,
      help: 'Set with the other devices on the boot page.',
    },
  },
  groups: [
    { title: '', fields: [...charEndFields, 'bus', 'bootOrder'] },
    { title: 'Log and more', fields: [...charMoreFields] },
  ],
  title: () => 'USB redirection',
  summary: (values) =>
    values['type'] === 'spicevmc'
      ? 'One USB device of the SPICE viewer'
      : charSummary(values) || plain(values['type']),
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU redirects USB devices'),
  defaults: () => ({ bus: 'usb', type: 'spicevmc' }),
  hotplug: () => true,
  whatGoes: () => ['One USB device less can be handed from the viewer to the guest.'],
  check: checkChar,
})
