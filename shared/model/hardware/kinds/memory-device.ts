import { choice, cpuset, flag, has, integer, inWords, path, plain, size, uuid, type Values } from '../field'
import {
  defineKind,
  isQemu,
  itemsOf,
  valuesOf,
  type CheckContext,
  type Fix,
  type HardwareContext,
  type Problem,
} from '../kind'
import { oneNode } from './memory-rules'

const models: Record<string, string> = {
  dimm: 'DIMM',
  nvdimm: 'NVDIMM',
  'virtio-mem': 'VirtIO memory',
  'virtio-pmem': 'VirtIO persistent memory',
  'sgx-epc': 'SGX enclave memory',
}
const gibibyte = 1024 ** 3
const mebibyte = 1024 ** 2
const amount = size(mebibyte, 2 ** 53 - 1)
const isFile = has('model', 'nvdimm', 'virtio-pmem')
const isAnonymous = has('model', 'dimm', 'virtio-mem')
const isNotPlugged = 'A memory device that is plugged in keeps this: remove it and add another.'

export const memoryDevice = defineKind({
  id: 'memory-device',
  label: 'Memory device',
  role: 'device',
  fields: {
    model: {
      label: 'Kind',
      type: choice([
        ['dimm', models['dimm'] ?? '', 'ordinary memory in one piece'],
        ['virtio-mem', models['virtio-mem'] ?? '', 'grows and shrinks while the guest runs'],
        ['nvdimm', models['nvdimm'] ?? '', 'a file that keeps its contents'],
        ['virtio-pmem', models['virtio-pmem'] ?? '', 'a file, for guests without NVDIMM'],
        ['sgx-epc', models['sgx-epc'] ?? ''],
      ]),
      isRequired: true,
      whyNotLive: isNotPlugged,
    },
    size: {
      label: 'Size',
      type: amount,
      isRequired: true,
      whyNotLive: isNotPlugged,
    },
    requested: {
      label: 'Given to the guest',
      type: size(0, 2 ** 53 - 1),
      when: has('model', 'virtio-mem'),
      isRequired: true,
      isLive: true,
      help: 'Up to the size, in whole blocks. The guest takes and gives back block by block.',
    },
    current: {
      label: 'Taken by the guest',
      type: size(),
      when: ({ model, current }) => model === 'virtio-mem' && current !== undefined,
      isReadOnly: true,
    },
    block: {
      label: 'Block size',
      type: size(mebibyte, 2 ** 40),
      when: has('model', 'virtio-mem'),
      isRequired: true,
      isAdvanced: true,
      whyNotLive: isNotPlugged,
    },
    node: {
      label: 'Node of the guest',
      type: integer(0, 1023),
      when: has('model', 'dimm', 'nvdimm', 'virtio-mem', 'sgx-epc'),
      absent: 'The first',
      whyNotLive: isNotPlugged,
    },
    path: {
      label: 'File or device',
      type: path,
      when: isFile,
      isRequired: true,
      whyNotLive: isNotPlugged,
    },
    label: {
      label: 'Space for labels',
      type: size(128 * 1024, 2 ** 40),
      when: has('model', 'nvdimm'),
      absent: 'None',
      isAdvanced: true,
      help: 'Lets the guest divide the device into namespaces.',
    },
    isReadOnly: {
      label: 'Read-only',
      type: flag,
      when: has('model', 'nvdimm'),
      absent: 'No',
      isAdvanced: true,
    },
    alignment: {
      label: 'Alignment',
      type: size(4096, 2 ** 40),
      when: has('model', 'nvdimm'),
      absent: 'The page size',
      isAdvanced: true,
    },
    isPersistent: {
      label: 'The host’s memory is persistent too',
      type: flag,
      when: has('model', 'nvdimm'),
      absent: 'No',
      isAdvanced: true,
      help: 'What the guest has written is then surely kept.',
    },
    pageSize: {
      label: 'Page size',
      type: size(4096, 2 ** 40),
      when: isAnonymous,
      absent: 'As all memory',
      isAdvanced: true,
    },
    hostNodes: {
      label: 'Memory from host nodes',
      type: cpuset,
      when: has('model', 'dimm', 'virtio-mem', 'sgx-epc'),
      absent: 'As the guest’s node',
      isAdvanced: true,
    },
    access: {
      label: 'Access',
      type: choice([
        ['shared', 'Shared'],
        ['private', 'Private'],
      ]),
      when: has('model', 'dimm', 'nvdimm', 'virtio-mem'),
      absent: 'As all memory',
      isAdvanced: true,
    },
    discard: {
      label: 'Discard at power-off',
      type: flag,
      when: has('model', 'dimm'),
      absent: 'As all memory',
      isAdvanced: true,
    },
    uuid: {
      label: 'UUID',
      type: uuid,
      when: has('model', 'nvdimm'),
      absent: 'Made up',
      isFilledIn: true,
      isAdvanced: true,
      help: 'Of POWER guests.',
    },
  },
  groups: [
    { title: '', fields: ['model', 'size', 'requested', 'current', 'path', 'node'] },
    {
      title: 'Details',
      fields: ['block', 'label', 'isReadOnly', 'alignment', 'isPersistent', 'uuid'],
    },
    { title: 'Memory of the host', fields: ['pageSize', 'hostNodes', 'access', 'discard'] },
  ],
  title: ({ model, size: bytes }) =>
    `${models[plain(model)] ?? plain(model)} ${bytes === undefined ? '' : inShort(bytes)}`.trim(),
  summary: ({ path: file, requested }) =>
    file === undefined ? (requested === undefined ? undefined : `${inShort(requested)} given`) : plain(file),
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU VMs can be given memory devices'),
  defaults: (context) => ({ model: 'dimm', size: gibibyte, ...(hasNodes(context) ? { node: 0 } : {}) }),
  hotplug: ({ model }, context) => {
    if (model === 'sgx-epc') return 'Enclave memory cannot be plugged in while the guest runs'
    const live = context.items.find((item) => item.ref.kind === 'memory')?.live
    if (context.isRunning && live && live['hotplugCeiling'] === undefined)
      return 'The VM was started without room for memory devices: give it a ceiling, and start it anew'
    if (
      model === 'nvdimm' &&
      !itemsOf(context, 'memory-device').some(({ live: values }) => values?.['model'] === 'nvdimm')
    )
      return 'An NVDIMM can be plugged in only where the VM was started with one'
    return true
  },
  whatGoes: ({ model, path: file }) =>
    isFile({ model }) && file !== undefined ? [`The file ${plain(file)} stays on the host.`] : [],
  check: deviceProblems,
})

function inShort(bytes: Values[string]): string {
  return inWords({ label: 'Size', type: amount }, bytes)
}

function hasNodes(context: HardwareContext): boolean {
  const { cells } = valuesOf(context, 'numa')
  return Array.isArray(cells) && cells.length > 0
}

/** https://libvirt.org/formatdomain.html#memory-devices: room to grow into, and a node of the guest to belong to. */
function roomProblems({ model, size: bytes }: Values, context: CheckContext): Problem[] {
  if (model === 'sgx-epc') return []
  const { hotplugCeiling, maximum } = valuesOf(context, 'memory')
  if (typeof maximum !== 'number') return []
  const more = 4 * (typeof bytes === 'number' ? bytes : gibibyte)
  const room: Fix = {
    kind: 'set',
    item: { kind: 'memory', key: '' },
    values: { hotplugCeiling: maximum + more, hotplugSlots: 16 },
  }
  const changes = [
    ...(hotplugCeiling === undefined ? [room] : []),
    ...(hasNodes(context) ? [] : [oneNode(maximum, context)]),
  ]
  if (changes.length === 0) return []
  return [
    {
      severity: 'error',
      field: 'model',
      message:
        'The VM has no room for memory devices: it needs a ceiling to grow to and a NUMA node they belong to',
      fix: { label: 'Make room', changes },
    },
  ]
}

function deviceProblems(values: Values, context: CheckContext): Problem[] {
  const { model, self } = { model: values['model'], self: context.self }
  const [bytes, block, requested, label] = ['size', 'block', 'requested', 'label'].map((one) => {
    const value = values[one]
    return typeof value === 'number' ? value : undefined
  })
  const problems: Problem[] = roomProblems(values, context)
  const error = (field: string, message: string): number =>
    problems.push({ severity: 'error', field, message })
  if (model === 'virtio-mem') {
    if (block !== undefined && !Number.isInteger(Math.log2(block)))
      error('block', 'Enter a power of two, such as 2 MiB')
    if (block !== undefined && bytes !== undefined && bytes % block !== 0)
      error('size', `The size is in whole blocks of ${inShort(block)}`)
    if (block !== undefined && requested !== undefined && requested % block !== 0)
      error('requested', `Memory is given in whole blocks of ${inShort(block)}`)
    if (bytes !== undefined && requested !== undefined && requested > bytes) {
      problems.push({
        severity: 'error',
        field: 'requested',
        message: 'More cannot be given than the device has',
        ...(self
          ? {
              fix: {
                label: 'Give all of it',
                changes: [{ kind: 'set', item: self, values: { requested: bytes } }],
              },
            }
          : {}),
      })
    }
  }
  if (label !== undefined && bytes !== undefined && label >= bytes)
    error('label', 'The space for labels is a part of the size')
  if (bytes !== undefined && bytes % mebibyte !== 0) error('size', 'Enter whole mebibytes')
  const { cells } = valuesOf(context, 'numa')
  const { node } = values
  if (typeof node === 'number' && Array.isArray(cells) && cells.length > 0 && node >= cells.length)
    error('node', `The guest has the nodes 0 to ${cells.length - 1}`)
  return problems
}
