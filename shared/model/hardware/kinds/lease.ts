import { integer, plain, text, path } from '../field'
import { defineKind, isQemu } from '../kind'

export const lease = defineKind({
  id: 'lease',
  label: 'Lock lease',
  role: 'device',
  fields: {
    lockspace: {
      label: 'Lockspace',
      type: text({ maxLength: 256 }),
      isRequired: true,
      help: 'A lock manager of the host, such as sanlock, lets the VM run only while it holds this lease.',
    },
    key: { label: 'Key', type: text({ maxLength: 256 }), isRequired: true },
    path: { label: 'File of the lease', type: path, isRequired: true },
    offsetBytes: { label: 'Offset in it', type: integer(0, 4_294_967_295, 'bytes'), absent: '0' },
  },
  groups: [{ title: '', fields: ['lockspace', 'key', 'path', 'offsetBytes'] }],
  title: ({ key }) => `Lock lease ${plain(key)}`.trim(),
  summary: ({ lockspace }) => plain(lockspace),
  defaults: () => ({}),
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU and KVM guests can hold lock leases'),
  hotplug: () => true,
  whatGoes: () => ['Nothing keeps another host from running the VM on the same disks any longer'],
})
