import { choice, flag, integer, plain, type Values } from '../field'
import { defineKind, isContainer, isQemu, isXen, valuesOf, type Problem } from '../kind'
import { virtioOptions } from './virtio-options'

const models: Record<string, string> = {
  virtio: 'VirtIO',
  'virtio-transitional': 'VirtIO, transitional',
  'virtio-non-transitional': 'VirtIO, modern only',
  xen: 'Xen',
  none: 'None',
}
const isVirtio = ({ model }: Values): boolean => plain(model).startsWith('virtio')

export const balloon = defineKind({
  id: 'balloon',
  label: 'Memory balloon',
  role: 'device',
  max: 1,
  fields: {
    model: {
      label: 'Model',
      type: choice(Object.entries(models), { offeredBy: 'memballoon.model' }),
      isRequired: true,
      help: 'With "None" the guest keeps all of its memory and tells nothing about it. Without a balloon at all the hypervisor adds one by itself.',
      whyNotLive: 'The guest finds its balloon when it is switched on.',
    },
    statsPeriodS: {
      label: 'Guest reports its memory every',
      type: integer(1, 86_400, 's'),
      absent: 'Never',
      when: isVirtio,
      isLive: true,
      help: 'What the guest itself counts as used and free. It needs the balloon’s driver.',
    },
    autodeflate: {
      label: 'Give memory back before the guest runs out',
      type: flag,
      absent: 'No',
      when: isVirtio,
      help: 'Rather than that the guest ends its programs.',
      whyNotLive: 'The guest and its balloon agree on this when it starts.',
    },
    freePageReporting: {
      label: 'Give unused pages to the host',
      type: flag,
      absent: 'No',
      when: isVirtio,
      help: 'The host can use what the guest has freed. Linux 5.7 and newer.',
      whyNotLive: 'The guest and its balloon agree on this when it starts.',
    },
    ...virtioOptions(isVirtio),
  },
  groups: [
    { title: '', fields: ['model', 'statsPeriodS', 'autodeflate', 'freePageReporting'] },
    { title: 'VirtIO', fields: ['iommu', 'ats', 'packed', 'pagePerVq'] },
  ],
  title: ({ model }) => (model === 'none' ? 'No memory balloon' : 'Memory balloon'),
  summary: ({ model }) => (model === 'none' ? undefined : (models[plain(model)] ?? plain(model))),
  whyNotOffered: (context) =>
    isContainer(context) ? 'A container has no balloon: its memory is limited by the host' : undefined,
  defaults: (context) =>
    isXen(context) ? { model: 'xen' } : { model: 'virtio', statsPeriodS: 5, freePageReporting: true },
  hotplug: () => 'A balloon cannot be plugged in or out while the guest runs',
  whatGoes: () => [
    'The hypervisor adds a plain balloon again at the next start. Set the model to "None" for a VM without.',
  ],
  check: ({ model }, context) => {
    const problems: Problem[] = []
    if (model === 'xen' && isQemu(context))
      problems.push({ severity: 'error', field: 'model', message: 'Only Xen guests can have Xen’s balloon' })
    if (isXen(context) && isVirtio({ model }))
      problems.push({ severity: 'error', field: 'model', message: 'Xen guests have Xen’s balloon' })
    if (valuesOf(context, 'memory')['locked'] === true && model !== 'none') {
      problems.push({
        severity: 'hint',
        field: 'model',
        message:
          'Locked memory is still given back through the balloon when somebody lowers what is available',
      })
    }
    return problems
  },
})
