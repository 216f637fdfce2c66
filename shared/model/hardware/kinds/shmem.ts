import { choice, flag, has, integer, path, plain, size, text, type Values } from '../field'
import { defineKind, isQemu, type CheckContext, type Problem } from '../kind'
import { noFreePort } from '../pci-ports'

const MiB = 1024 ** 2
const isDoorbell = has('model', 'ivshmem-doorbell')

export const shmem = defineKind({
  id: 'shmem',
  label: 'Shared memory',
  role: 'device',
  fields: {
    name: {
      label: 'Name',
      type: text({
        maxLength: 200,
        form: { pattern: /^[^/\s]+$/, otherwise: 'Use a name without slashes and spaces' },
      }),
      isRequired: true,
      help: 'VMs and programs that use the same name on the host share the same memory.',
      whyNotLive: 'Memory of another name is another device for the guest.',
    },
    model: {
      label: 'Model',
      type: choice([
        ['ivshmem-plain', 'Plain', 'memory only'],
        ['ivshmem-doorbell', 'With doorbell', 'through a server, with interrupts'],
        ['ivshmem', 'Outdated', 'gone from QEMU 4.0 and later'],
      ]),
      absent: 'Outdated',
      isRequired: true,
    },
    sizeBytes: {
      label: 'Size',
      type: size(MiB),
      when: has('model', 'ivshmem-plain', 'ivshmem'),
      absent: '4 MiB',
    },
    server: {
      label: 'Socket of the server',
      type: path,
      when: has('model', 'ivshmem-doorbell', 'ivshmem'),
      absent: 'None',
      help: 'The ivshmem server of the host, which has to run before the VM starts.',
    },
    vectors: {
      label: 'Interrupt vectors',
      type: integer(1, 2048),
      when: isDoorbell,
      absent: 'Hypervisor default',
    },
    ioeventfd: {
      label: 'Ring by event',
      type: flag,
      when: isDoorbell,
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    role: {
      label: 'On migration',
      type: choice([
        ['master', 'Take the memory along'],
        ['peer', 'Leave it', 'the device has to be removed before'],
      ]),
      absent: 'Leave it',
      isAdvanced: true,
    },
  },
  groups: [{ title: '', fields: ['name', 'model', 'sizeBytes', 'server', 'vectors', 'ioeventfd', 'role'] }],
  title: ({ name }) => `Shared memory ${plain(name)}`,
  summary: ({ model }) => (model === 'ivshmem-doorbell' ? 'with doorbell' : undefined),
  defaults: () => ({ model: 'ivshmem-plain', sizeBytes: 4 * MiB }),
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU VMs can share memory'),
  hotplug: ({ model }, context) =>
    model === 'ivshmem-plain' || model === 'ivshmem-doorbell'
      ? (noFreePort(context) ?? true)
      : 'The outdated model cannot be plugged in or out while the guest runs',
  check: problems,
})

function problems({ sizeBytes, model, name, server }: Values, context: CheckContext): Problem[] {
  const found: Problem[] = []
  if (typeof sizeBytes === 'number' && 2 ** Math.round(Math.log2(sizeBytes)) !== sizeBytes)
    found.push({
      severity: 'error',
      field: 'sizeBytes',
      message: 'The size has to be a power of two, such as 64 MiB.',
    })
  if (model === 'ivshmem' || model === undefined)
    found.push({
      severity: 'warning',
      field: 'model',
      message: 'Emulators of today no longer have the outdated model.',
    })
  if (model === 'ivshmem-doorbell' && server === undefined)
    found.push({
      severity: 'error',
      field: 'server',
      message: 'The doorbell is the server’s: enter its socket.',
    })
  const twins = context.items.filter((item) => item.ref.kind === 'shmem' && item.values.name === name)
  if (twins.length > 1)
    found.push({ severity: 'error', field: 'name', message: 'The VM has this memory already.' })
  return found
}
