import { integer } from '../field'
import { defineKind, type HardwareContext } from '../kind'

const isPower = (context: HardwareContext): boolean =>
  context.architecture.startsWith('ppc64') && context.machine.startsWith('pseries')

export const nvram = defineKind({
  id: 'nvram',
  label: 'NVRAM',
  role: 'device',
  max: 1,
  fields: {
    register: {
      label: 'Address (reg)',
      type: integer(0, 0xff_ff_ff_ff),
      absent: 'Given automatically',
      isFilledIn: true,
      help: 'Where the firmware of a POWER VM finds its settings.',
      isAdvanced: true,
    },
  },
  groups: [{ title: '', fields: ['register'] }],
  title: () => 'NVRAM',
  defaults: () => ({}),
  whyNotOffered: (context) => (isPower(context) ? undefined : 'Only pseries machines of POWER have one'),
  hotplug: () => 'It cannot be plugged in or out while the guest runs',
  whatGoes: () => ['Settings that the guest’s firmware has stored are lost.'],
  check: ({ register }, context) =>
    register !== undefined && !isPower(context)
      ? [{ severity: 'error', field: 'register', message: 'Only pseries machines of POWER have this.' }]
      : [],
})
