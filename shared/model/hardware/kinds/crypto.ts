import { choice, integer, plain } from '../field'
import { defineKind, isQemu } from '../kind'
import { noFreePort } from '../pci-ports'

/** libvirt 9.0's own schema does not have it yet, whatever its documentation says. */
const since = '9.1'

export const crypto = defineKind({
  id: 'crypto',
  label: 'Crypto accelerator',
  role: 'device',
  fields: {
    model: {
      label: 'Model',
      type: choice([['virtio', 'VirtIO']], { since: { virtio: since } }),
      isRequired: true,
    },
    type: {
      label: 'Kind',
      type: choice([['qemu', 'Of the emulator']], { since: { qemu: since } }),
      isRequired: true,
    },
    backend: {
      label: 'Done by',
      type: choice(
        [
          ['builtin', 'The emulator'],
          ['lkcf', 'The host’s kernel'],
        ],
        { offeredBy: 'crypto.backendModel', since: { builtin: since, lkcf: since } },
      ),
      isRequired: true,
    },
    queues: { label: 'Queues', type: integer(1, 1024), absent: '1', isAdvanced: true },
  },
  groups: [{ title: '', fields: ['backend', 'queues', 'model', 'type'] }],
  title: () => 'Crypto accelerator',
  summary: ({ backend }) => (backend === 'lkcf' ? 'done by the host’s kernel' : plain(backend)),
  defaults: () => ({ model: 'virtio', type: 'qemu', backend: 'builtin' }),
  // a host that knows the device says so
  whyNotOffered: (context) => {
    if (!isQemu(context)) return 'Only QEMU VMs can have one'
    return context.capabilities?.devices.find(({ name }) => name === 'crypto')?.isSupported === true
      ? undefined
      : 'The host does not offer it'
  },
  hotplug: (_values, context) => noFreePort(context) ?? true,
})
