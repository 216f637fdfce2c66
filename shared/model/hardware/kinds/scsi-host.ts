import { choice, hostChoice, plain } from '../field'
import { defineKind, isQemu } from '../kind'
import { notInForm, takenTwice } from './host-device-common'

const wwpnForm = /^(naa\.|0x)?[\da-f]{16}$/i

export const scsiHost = defineKind({
  id: 'scsi-host',
  label: 'SCSI target of the host',
  role: 'device',
  fields: {
    wwpn: {
      label: 'Target',
      type: hostChoice('scsi-host'),
      isRequired: true,
      help: 'The host’s kernel serves the disks itself (vhost). The name is that of a vhost target, naa. and sixteen digits; on the host, “targetcli ls /vhost” lists those there are.',
    },
    model: {
      label: 'Model',
      type: choice([
        ['virtio', 'VirtIO'],
        ['virtio-transitional', 'VirtIO, transitional'],
        ['virtio-non-transitional', 'VirtIO, modern only'],
      ]),
      absent: 'VirtIO',
      isAdvanced: true,
    },
  },
  groups: [{ title: '', fields: ['wwpn', 'model'] }],
  title: ({ wwpn }) => `SCSI target ${plain(wwpn)}`,
  defaults: () => ({}),
  whyNotOffered: (context) =>
    isQemu(context) ? undefined : 'Only QEMU VMs can be given targets of the host',
  hotplug: () => true,
  whatGoes: () => ['What is stored behind the target stays there.'],
  check: (values, context) => [
    ...notInForm('wwpn', values, wwpnForm, 'Enter naa. and sixteen digits, such as naa.5001405bb6f9f0d5.'),
    ...takenTwice('scsi-host', ['wwpn'], values, context),
  ],
})
