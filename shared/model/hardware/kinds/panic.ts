import { choice, plain, type Values } from '../field'
import {
  defineKind,
  isQemu,
  isWindows,
  isX86,
  type CheckContext,
  type HardwareContext,
  type Problem,
} from '../kind'

const models: Record<string, string> = {
  isa: 'ISA (pvpanic)',
  pvpanic: 'PCI (pvpanic)',
  hyperv: 'Hyper-V',
  pseries: 'POWER',
  s390: 'IBM Z',
}

export const panic = defineKind({
  id: 'panic',
  label: 'Panic notifier',
  role: 'device',
  fields: {
    model: {
      label: 'Model',
      type: choice(Object.entries(models), { since: { pvpanic: '9.1' }, offeredBy: 'panic.model' }),
      absent: 'By the architecture',
      isFilledIn: true,
      help: 'Tells the host when the guest’s kernel has crashed, so that the event “on crash” can act. Hyper-V is for Windows.',
    },
  },
  groups: [{ title: '', fields: ['model'] }],
  title: () => 'Panic notifier',
  summary: ({ model }) => models[plain(model)],
  defaults: (context) => ({ model: modelFor(context) }),
  whyNotOffered: (context) =>
    !isQemu(context)
      ? 'Only QEMU VMs can have a panic notifier'
      : modelFor(context) === undefined
        ? `There is none for ${context.architecture} here`
        : undefined,
  hotplug: () => 'A panic notifier cannot be plugged in or out while the guest runs',
  check: problems,
})

function modelFor(context: HardwareContext): string | undefined {
  if (context.architecture.startsWith('ppc64')) return 'pseries'
  if (context.architecture === 's390x') return 's390'
  if (isX86(context)) return isWindows(context) ? 'hyperv' : 'isa'
  return undefined
}

const architectures: Record<string, RegExp> = {
  isa: /^(x86_64|i.86)$/,
  hyperv: /^(x86_64|i.86)$/,
  pseries: /^ppc64/,
  s390: /^s390x$/,
}

function problems({ model }: Values, context: CheckContext): Problem[] {
  const suits = architectures[plain(model)]
  const found: Problem[] = []
  if (suits && !suits.test(context.architecture))
    found.push({
      severity: 'error',
      field: 'model',
      message: `VMs of ${context.architecture} cannot have this.`,
    })
  const twins = context.items.filter(
    (item) => item.ref.kind === 'panic' && plain(item.values.model) === plain(model),
  )
  if (twins.length > 1)
    found.push({ severity: 'error', field: 'model', message: 'There is one notifier of each model.' })
  return found
}
