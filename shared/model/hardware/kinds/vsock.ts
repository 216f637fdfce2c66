import { choice, flag, integer, plain, type Values } from '../field'
import { defineKind, isQemu, type CheckContext, type Problem } from '../kind'
import { noFreePort } from '../pci-ports'
import { virtioOptions } from './virtio-options'

export const vsock = defineKind({
  id: 'vsock',
  label: 'Socket to the host (vsock)',
  role: 'device',
  max: 1,
  fields: {
    isAutomatic: {
      label: 'Number chosen at power-on',
      type: flag,
      absent: 'No',
    },
    cid: {
      label: 'Number (CID)',
      // 0 to 2 stand for the hypervisor, the guest itself and the host (vsock(7))
      type: integer(3, 4_294_967_294),
      when: ({ isAutomatic }) => isAutomatic !== true,
      isFilledIn: true,
      help: 'By which the host’s programs reach the guest, without any network. Each running VM has another one.',
    },
    model: {
      label: 'Model',
      type: choice([
        ['virtio', 'VirtIO'],
        ['virtio-transitional', 'VirtIO, transitional'],
        ['virtio-non-transitional', 'VirtIO, modern only'],
      ]),
      absent: 'VirtIO',
      isFilledIn: true,
      isAdvanced: true,
    },
    ...virtioOptions(),
  },
  groups: [
    { title: '', fields: ['isAutomatic', 'cid', 'model'] },
    { title: 'VirtIO', fields: ['iommu', 'ats', 'packed', 'pagePerVq'] },
  ],
  title: () => 'Socket to the host (vsock)',
  summary: ({ cid, isAutomatic }) =>
    isAutomatic === true ? 'number chosen at power-on' : cid === undefined ? undefined : `CID ${plain(cid)}`,
  defaults: () => ({ isAutomatic: true, model: 'virtio' }),
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU VMs can have one'),
  hotplug: (_values, context) => noFreePort(context) ?? true,
  check: problems,
})

function problems(values: Values, context: CheckContext): Problem[] {
  if (values.isAutomatic === true || values.cid !== undefined) return []
  return [
    {
      severity: 'error',
      field: 'cid',
      message: 'Enter a number, or let one be chosen.',
      ...(context.self
        ? {
            fix: {
              label: 'Let one be chosen',
              changes: [{ kind: 'set', item: context.self, values: { isAutomatic: true } }],
            },
          }
        : {}),
    },
  ]
}
