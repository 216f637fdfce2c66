import { choice, flag, has, inWords, integer, rows, size, cpuset, type Values } from '../field'
import { defineKind } from '../kind'
import { memoryProblems } from './memory-rules'

const mebibyte = 1024 ** 2
const exabyte = 2 ** 53 - 1
const hasCeiling = ({ hotplugCeiling }: Values): boolean => hotplugCeiling !== undefined
const hasHugePages = has('hugepages', true)

const amount = size(mebibyte, exabyte)
const inShort = (bytes: Values[string]): string => inWords({ label: 'Memory', type: amount }, bytes)

export const memory = defineKind({
  id: 'memory',
  label: 'Memory',
  role: 'page',
  fields: {
    maximum: {
      label: 'Memory',
      type: amount,
      isRequired: true,
      whyNotLive: 'A new maximum counts from the next start.',
    },
    current: {
      label: 'Available now',
      type: amount,
      absent: 'All of it',
      isLive: true,
      help: 'The balloon takes the rest from the guest, and gives it back while it runs.',
    },
    hotplugCeiling: {
      label: 'Can grow to',
      type: amount,
      absent: 'No memory can be plugged in',
      help: 'Room for memory devices that are plugged in while the guest runs.',
      whyNotLive: 'The room for memory devices is laid out when the VM is switched on.',
    },
    hotplugSlots: {
      label: 'Slots',
      type: integer(1, 255),
      when: hasCeiling,
      isRequired: true,
      help: 'One for each DIMM or NVDIMM.',
      whyNotLive: 'The slots are laid out when the VM is switched on.',
    },
    backingSource: {
      label: 'Kept in',
      type: choice([
        ['anonymous', 'Plain memory'],
        ['memfd', 'Memory that can be shared', 'for virtiofs and other helpers on the host'],
        ['file', 'A file', 'in the folder the host’s settings name'],
      ]),
      absent: 'Plain memory',
      whyNotLive: 'The memory is allocated when the VM is switched on.',
    },
    backingAccess: {
      label: 'Access',
      type: choice([
        ['shared', 'Shared with helpers on the host', 'virtiofs and vhost-user need it'],
        ['private', 'Private'],
      ]),
      absent: 'Private',
      whyNotLive: 'The memory is allocated when the VM is switched on.',
    },
    hugepages: {
      label: 'Huge pages',
      type: flag,
      absent: 'No',
      help: 'Faster for large guests. The host has to set the pages aside before the VM starts. Without, it uses them by itself where the guest’s memory allows (transparent huge pages), if /sys/kernel/mm/transparent_hugepage/enabled says always or madvise.',
      whyNotLive: 'The memory is allocated when the VM is switched on.',
    },
    hugepageSizes: {
      label: 'Page sizes',
      type: rows('page size', {
        size: { label: 'Page size', type: size(4096, 2 ** 40), isRequired: true },
        nodeset: { label: 'For guest NUMA nodes', type: cpuset, absent: 'All' },
      }),
      when: hasHugePages,
      absent: 'The host’s default size',
    },
    allocationMode: {
      label: 'Allocated',
      type: choice([
        ['ondemand', 'When the guest first uses it'],
        ['immediate', 'All when it starts', 'slower start, no surprise later'],
      ]),
      absent: 'When the guest first uses it',
      isAdvanced: true,
    },
    allocationThreads: {
      label: 'Threads that allocate',
      type: integer(1, 1024),
      absent: '1',
      isAdvanced: true,
    },
    locked: {
      label: 'Never swapped out',
      type: flag,
      absent: 'No',
      help: 'Locks the memory on the host, for guests that must answer in time. Needs a hard limit with room for the emulator, or all memory of the host can be locked.',
      isAdvanced: true,
    },
    noSharing: {
      label: 'Keep out of page merging (KSM)',
      type: flag,
      absent: 'No',
      help: 'Merging equal pages saves memory at the cost of speed, and lets guests learn about each other.',
      isAdvanced: true,
    },
    discard: {
      label: 'Discard contents at power-off',
      type: flag,
      absent: 'No',
      help: 'Memory kept in a file is not written back to it.',
      isAdvanced: true,
    },
    dumpCore: {
      label: 'Part of the emulator’s core dumps',
      type: flag,
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    hardLimit: {
      label: 'Hard limit',
      type: amount,
      absent: 'None',
      isLive: true,
      isAdvanced: true,
      help: 'The emulator counts too, and is ended by the host when it needs more.',
    },
    softLimit: {
      label: 'Limit when the host is short',
      type: amount,
      absent: 'None',
      isLive: true,
      isAdvanced: true,
    },
    swapLimit: {
      label: 'Memory and swap together',
      type: amount,
      absent: 'Unlimited',
      isLive: true,
      isAdvanced: true,
    },
    minGuarantee: {
      label: 'Guaranteed',
      type: amount,
      absent: 'Nothing',
      isAdvanced: true,
      help: 'Not known to QEMU.',
    },
  },
  groups: [
    { title: '', fields: ['maximum', 'current'] },
    { title: 'Memory that can be plugged in', fields: ['hotplugCeiling', 'hotplugSlots'] },
    { title: 'Sharing with the host', fields: ['backingSource', 'backingAccess'] },
    { title: 'Huge pages', fields: ['hugepages', 'hugepageSizes'] },
    {
      title: 'How it is kept',
      fields: ['allocationMode', 'allocationThreads', 'locked', 'noSharing', 'discard', 'dumpCore'],
    },
    { title: 'Limits', fields: ['hardLimit', 'softLimit', 'swapLimit', 'minGuarantee'] },
  ],
  title: () => 'Memory',
  summary: ({ maximum, current }) => {
    const all = inShort(maximum)
    return current === undefined || current === maximum ? all : `${inShort(current)} of ${all}`
  },
  check: memoryProblems,
})
