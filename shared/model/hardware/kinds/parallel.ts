import { integer, plain } from '../field'
import { defineKind, isQemu, itemsOf } from '../kind'
import { charBackend, charEndFields, charMoreFields, charSummary, checkChar } from './char-backend'

export const parallel = defineKind({
  id: 'parallel',
  label: 'Parallel port',
  role: 'device',
  fields: {
    ...charBackend(['dev', 'file', 'pty', 'unix', 'tcp', 'udp', 'pipe', 'null', 'stdio', 'vc']),
    port: {
      label: 'Number',
      type: integer(0, 255),
      absent: 'The next free one',
      isFilledIn: true,
      isAdvanced: true,
    },
  },
  groups: [
    { title: '', fields: [...charEndFields, 'port'] },
    { title: 'Log and more', fields: [...charMoreFields] },
  ],
  title: ({ port }) => `Parallel port${port === undefined ? '' : ` ${plain(port)}`}`,
  summary: charSummary,
  defaults: () => ({ type: 'file', path: '/var/lib/libvirt/qemu/parallel.out' }),
  hotplug: () => 'A parallel port is part of the machine the guest sees at power-on',
  check: (values, context) => [
    ...checkChar(values, context),
    // MAX_PARALLEL_PORTS of QEMU
    ...(isQemu(context) && itemsOf(context, 'parallel').length > 3
      ? [{ severity: 'error', field: 'port', message: 'A PC has three parallel ports at most' } as const]
      : []),
  ],
})
