import { integer, path, rows, size, text, type Row, type Values } from '../field'
import { defineKind, isQemu, type Problem } from '../kind'

const rate = size(1, 2 ** 53 - 1)

export const limits = defineKind({
  id: 'limits',
  label: 'Disk share and resources',
  role: 'page',
  fields: {
    weight: {
      label: 'Share of disk time',
      type: integer(100, 1000),
      absent: 'As all VMs',
      isLive: true,
      help: 'In proportion to other VMs when they compete. Needs an I/O scheduler on the host that knows weights, such as bfq.',
    },
    devices: {
      label: 'For single devices of the host',
      type: rows('device', {
        path: { label: 'Device', type: path, isRequired: true },
        weight: { label: 'Share', type: integer(100, 1000), absent: 'As above' },
        readBytes: { label: 'Read per second', type: rate, absent: 'No limit' },
        writeBytes: { label: 'Written per second', type: rate, absent: 'No limit' },
        readOperations: { label: 'Reads per second', type: integer(1, 2 ** 32 - 1), absent: 'No limit' },
        writeOperations: { label: 'Writes per second', type: integer(1, 2 ** 32 - 1), absent: 'No limit' },
      }),
      absent: 'None',
      isLive: true,
      help: 'Counts what the whole VM does on this device of the host. Limits of a single disk are on the disk’s page.',
    },
    partition: {
      label: 'Resource group',
      type: path,
      absent: '/machine',
      isFilledIn: true,
      isAdvanced: true,
      help: 'The control group of the host the VM is put into; it must be there.',
      whyNotLive: 'A VM is put into its group when it starts.',
    },
    fibreChannelId: {
      label: 'Fibre Channel application id',
      type: text({ maxLength: 128 }),
      absent: 'None',
      isAdvanced: true,
      help: 'Lets the switches of a storage network tell this VM’s traffic.',
    },
  },
  groups: [
    { title: '', fields: ['weight', 'devices'] },
    { title: 'Group and application', fields: ['partition', 'fibreChannelId'] },
  ],
  title: () => 'Disk share and resources',
  summary: ({ weight }) => (typeof weight === 'number' ? `Disk share ${weight}` : undefined),
  whyNotOffered: (context) =>
    isQemu(context) || context.virtType === 'lxc' ? undefined : 'This hypervisor shares disk time by itself',
  check: ({ devices, fibreChannelId }) => {
    const problems: Problem[] = []
    const paths = rowsOf(devices).map((row) => row['path'])
    if (new Set(paths).size < paths.length)
      problems.push({ severity: 'error', field: 'devices', message: 'Each device can be there once' })
    if (typeof fibreChannelId === 'string' && !/^[ -~]+$/.test(fibreChannelId)) {
      problems.push({
        severity: 'error',
        field: 'fibreChannelId',
        message: 'Use letters, digits and signs of the ASCII alphabet',
      })
    }
    return problems
  },
})

function rowsOf(value: Values[string]): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : []
}
