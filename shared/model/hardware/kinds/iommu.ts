import { choice, flag, has, integer, plain, type Field, type Values } from '../field'
import {
  defineKind,
  isQ35,
  isQemu,
  isX86,
  valuesOf,
  type CheckContext,
  type HardwareContext,
  type Problem,
} from '../kind'

const isIntel = has('model', 'intel')
const option = (label: string, help: string): Field => ({
  label,
  type: flag,
  when: isIntel,
  absent: 'No',
  help,
})

const models: Record<string, string> = { intel: 'Intel VT-d', virtio: 'VirtIO', smmuv3: 'ARM SMMUv3' }

export const iommu = defineKind({
  id: 'iommu',
  label: 'IOMMU',
  role: 'device',
  max: 1,
  fields: {
    model: {
      label: 'Model',
      type: choice([
        ['intel', 'Intel VT-d', 'for Q35'],
        ['virtio', 'VirtIO', 'for Q35 and ARM'],
        ['smmuv3', 'ARM SMMUv3', 'for ARM'],
      ]),
      isRequired: true,
      whyNotLive: 'A guest finds its IOMMU when it is switched on.',
    },
    intremap: option(
      'Remap interrupts',
      'Needs an I/O APIC of the emulator (features). Wanted for more than 255 vCPUs.',
    ),
    eim: option(
      'Extended interrupt mode',
      'Lets the guest have more than 255 vCPUs; needs remapped interrupts.',
    ),
    cachingMode: option('Caching mode', 'Needed for devices of the host behind this IOMMU.'),
    iotlb: option(
      'Device caches (IOTLB)',
      'Lets devices keep translated addresses, such as vhost network cards.',
    ),
    addressBits: {
      label: 'Address width',
      type: integer(39, 57, 'bits'),
      when: isIntel,
      absent: '39 bits',
      isAdvanced: true,
    },
  },
  groups: [{ title: '', fields: ['model', 'intremap', 'eim', 'cachingMode', 'iotlb', 'addressBits'] }],
  title: ({ model }) => `IOMMU ${models[plain(model)] ?? plain(model)}`,
  summary: ({ intremap, eim }) =>
    eim === true ? 'for many vCPUs' : intremap === true ? 'remaps interrupts' : undefined,
  defaults: (context) => ({ model: modelFor(context) ?? 'virtio' }),
  whyNotOffered: (context) => {
    if (!isQemu(context)) return 'Only QEMU VMs can have one'
    return modelFor(context) === undefined
      ? 'Only Q35 machines and ARM machines of type "virt" can have an IOMMU'
      : undefined
  },
  hotplug: () => 'An IOMMU cannot be plugged in or out while the guest runs',
  check: problems,
})

function modelFor(context: HardwareContext): string | undefined {
  if (isX86(context)) return isQ35(context) ? 'intel' : undefined
  return /^(aarch64|armv7l)$/.test(context.architecture) && context.machine.startsWith('virt')
    ? 'smmuv3'
    : undefined
}

function problems(values: Values, context: CheckContext): Problem[] {
  const found: Problem[] = []
  const { model, intremap, eim } = values
  const isArm = /^(aarch64|armv7l)$/.test(context.architecture)
  if (model === 'smmuv3' ? !isArm : model === 'intel' && !isQ35(context))
    found.push({
      severity: 'error',
      field: 'model',
      message: model === 'smmuv3' ? 'Only ARM machines have this.' : 'Only Q35 machines have this.',
    })
  const self = context.self
  if (eim === true && intremap !== true)
    found.push({
      severity: 'error',
      field: 'eim',
      message: 'Extended interrupt mode needs remapped interrupts.',
      ...(self
        ? {
            fix: {
              label: 'Remap interrupts',
              changes: [{ kind: 'set', item: self, values: { intremap: true } }],
            },
          }
        : {}),
    })
  const { ioapicDriver } = valuesOf(context, 'features')
  if (intremap === true && ioapicDriver !== 'qemu')
    found.push({
      severity: 'error',
      field: 'intremap',
      message: 'Remapped interrupts need an I/O APIC that the emulator itself provides.',
      fix: {
        label: 'Let the emulator provide it',
        changes: [{ kind: 'set', item: { kind: 'features', key: '' }, values: { ioapicDriver: 'qemu' } }],
      },
    })
  return found
}
