import { choice, path, plain, size } from '../field'
import { defineKind, isQemu, isX86 } from '../kind'

const since = '10.7'

export const pstore = defineKind({
  id: 'pstore',
  label: 'Crash log store (pstore)',
  role: 'device',
  max: 1,
  fields: {
    backend: {
      label: 'Kind',
      type: choice([['acpi-erst', 'ACPI ERST']], { since: { 'acpi-erst': since } }),
      isRequired: true,
    },
    path: {
      label: 'Kept in',
      type: path,
      absent: 'Chosen by the host',
      isFilledIn: true,
      help: 'A file on the host in which a crashing guest kernel leaves its last messages.',
    },
    sizeBytes: { label: 'Size', type: size(4096), isRequired: true },
  },
  groups: [{ title: '', fields: ['sizeBytes', 'path', 'backend'] }],
  title: () => 'Crash log store',
  summary: (values) => plain(values.path) || undefined,
  defaults: () => ({ backend: 'acpi-erst', sizeBytes: 65_536 }),
  whyNotOffered: (context) => {
    if (!isQemu(context) || !isX86(context)) return 'Only x86 VMs of QEMU can have one'
    return context.capabilities?.devices.find(({ name }) => name === 'pstore')?.isSupported === true
      ? undefined
      : 'The host does not offer it'
  },
  hotplug: () => 'It cannot be plugged in or out while the guest runs',
  whatGoes: () => ['The file with the messages stays on the host.'],
})
