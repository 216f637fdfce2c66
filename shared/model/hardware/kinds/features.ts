import { choice, flag, has, integer, rows, size, type Field, type Values } from '../field'
import { defineKind } from '../kind'
import { linuxCapabilities } from './container-capabilities'
import { featureProblems } from './features-rules'
import { hypervFields, hypervMore } from './hyperv-fields'

function feature(label: string, more: Partial<Field> = {}): Field {
  return { label, type: flag, absent: 'Hypervisor default', isAdvanced: true, ...more }
}
const mitigation = choice([
  ['fixed', 'The processor is not affected'],
  ['workaround', 'Work around it'],
  ['broken', 'Not handled'],
])

export const features = defineKind({
  id: 'features',
  label: 'Features',
  role: 'page',
  fields: {
    acpi: {
      label: 'ACPI',
      type: flag,
      absent: 'No',
      help: 'Needed to shut the guest down by its power button, and by every present system.',
    },
    apic: {
      label: 'APIC',
      type: flag,
      absent: 'No',
      help: 'Interrupt controller of x86 processors; needed for more than one virtual CPU.',
    },
    apicEoi: {
      label: 'Paravirtual end of interrupt',
      type: flag,
      absent: 'Hypervisor default',
      when: has('apic', true),
      isAdvanced: true,
    },
    pae: feature('PAE', { absent: 'No', help: 'More than 4 GiB for 32-bit guests.' }),
    smm: feature('System management mode', { help: 'Secure Boot needs it.' }),
    smmTseg: {
      label: 'Memory for system management',
      type: size(1024 ** 2, 2 ** 32),
      absent: 'Hypervisor default',
      when: has('smm', true),
      isAdvanced: true,
      help: 'More than usual is needed for very many virtual CPUs or very much memory.',
    },
    ...hypervFields,
    kvmHidden: feature('Hide KVM from the guest', {
      isAdvanced: false,
      help: 'Some drivers refuse to work in a VM, such as older ones by NVIDIA for Windows.',
    }),
    kvmDedicated: feature('CPUs are the guest’s alone', {
      help: 'Tells the guest that its pinned CPUs are not shared, so that it waits differently.',
    }),
    kvmPollControl: feature('Guest decides whether the host polls'),
    kvmPvIpi: feature('Paravirtual interrupts between CPUs'),
    kvmDirtyRing: feature('Ring of changed pages', { help: 'Makes migration of large guests smoother.' }),
    kvmDirtyRingSize: {
      label: 'Entries of the ring',
      type: integer(1024, 65_536),
      when: has('kvmDirtyRing', true),
      isRequired: true,
      isAdvanced: true,
      help: 'A power of two.',
    },
    pmu: feature('Performance counters', { help: 'For profilers inside the guest.' }),
    vmport: feature('VMware port', { help: 'For VMware’s mouse driver; off is safer.' }),
    vmcoreinfo: feature('Crash information for the host', {
      help: 'Lets memory dumps of Linux guests be read.',
    }),
    ioapicDriver: {
      label: 'I/O APIC in',
      type: choice([
        ['kvm', 'The host’s kernel'],
        ['qemu', 'QEMU', 'interrupt remapping and more than 255 CPUs need it'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    unknownMsrs: {
      label: 'Unknown model-specific registers',
      type: choice([
        ['ignore', 'Are passed over'],
        ['fault', 'Are a fault'],
      ]),
      absent: 'As the host is set',
      isAdvanced: true,
    },
    tbCache: {
      label: 'Cache of translated code',
      type: size(1024 ** 2, 2 ** 43),
      absent: 'Hypervisor default',
      isAdvanced: true,
      help: 'For emulated processors.',
    },
    asyncTeardown: feature('Give memory back in the background', {
      when: ({ asyncTeardown }) => asyncTeardown !== undefined,
      isReadOnly: true,
      help: 'Needs libvirt 9.6.',
    }),
    gicVersion: {
      label: 'Interrupt controller (GIC)',
      type: choice([
        ['host', 'As the host'],
        ['2', 'Version 2'],
        ['3', 'Version 3'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
      help: 'Of Arm machines.',
    },
    pvSpinlock: feature('Paravirtual spinlocks'),
    hap: feature('Hardware paging (HAP)', { help: 'Of Xen guests.' }),
    viridian: feature('Viridian', { absent: 'No', help: 'What Xen has for Windows guests.' }),
    xenE820: feature('Host’s memory map', { help: 'For Xen guests with passed-through devices.' }),
    xenPassthrough: feature('Device passthrough'),
    xenPassthroughMode: {
      label: 'Passthrough page tables',
      type: choice([
        ['share_pt', 'Shared'],
        ['sync_pt', 'Kept in step'],
      ]),
      when: has('xenPassthrough', true),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    hptResizing: {
      label: 'Page table may be resized',
      type: choice([
        ['enabled', 'Yes'],
        ['disabled', 'No'],
        ['required', 'The guest has to be able to'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    hptMaxPageSize: {
      label: 'Largest page of the page table',
      type: size(4096, 2 ** 40),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    htm: feature('Transactional memory'),
    nestedHv: feature('Hypervisor inside the guest'),
    ccfAssist: feature('Count cache flush assist'),
    cfpc: {
      label: 'Cache flush on privilege change',
      type: mitigation,
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    sbbc: { label: 'Speculation barrier', type: mitigation, absent: 'Hypervisor default', isAdvanced: true },
    ibs: {
      label: 'Indirect branches',
      type: choice([
        ['fixed-na', 'The processor is not affected'],
        ['fixed-ccd', 'Fixed: cache disabled'],
        ['fixed-ibs', 'Fixed: in order'],
        ['workaround', 'Work around it'],
        ['broken', 'Not handled'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    privateNetwork: feature('Network of its own', {
      absent: 'No',
      help: 'A container without network cards then has none of the host’s.',
    }),
    capabilityPolicy: {
      label: 'Linux capabilities',
      type: choice([
        ['default', 'The usual ones'],
        ['allow', 'All'],
        ['deny', 'None'],
      ]),
      absent: 'The usual ones',
      isAdvanced: true,
      help: 'Of a container’s root user.',
    },
    capabilityRules: {
      label: 'Single capabilities',
      type: rows('capability', {
        name: { label: 'Capability', type: choice(linuxCapabilities), isRequired: true },
        isAllowed: { label: 'Allowed', type: flag, isRequired: true },
      }),
      absent: 'As above',
      isAdvanced: true,
    },
  },
  groups: [
    {
      title: '',
      fields: ['acpi', 'apic', 'kvmHidden', 'hypervMode', 'hypervRelaxed', 'hypervVapic', 'hypervSpinlocks'],
    },
    { title: 'Hyper-V enlightenments', fields: hypervMore },
    {
      title: 'KVM',
      fields: [
        'kvmDedicated',
        'kvmPollControl',
        'kvmPvIpi',
        'kvmDirtyRing',
        'kvmDirtyRingSize',
        'pvSpinlock',
      ],
    },
    {
      title: 'PC and Arm machines',
      fields: [
        'apicEoi',
        'pae',
        'smm',
        'smmTseg',
        'pmu',
        'vmport',
        'vmcoreinfo',
        'ioapicDriver',
        'unknownMsrs',
        'gicVersion',
        'tbCache',
        'asyncTeardown',
      ],
    },
    { title: 'Xen', fields: ['hap', 'viridian', 'xenE820', 'xenPassthrough', 'xenPassthroughMode'] },
    {
      title: 'POWER machines',
      fields: ['hptResizing', 'hptMaxPageSize', 'htm', 'nestedHv', 'ccfAssist', 'cfpc', 'sbbc', 'ibs'],
    },
    { title: 'Containers', fields: ['privateNetwork', 'capabilityPolicy', 'capabilityRules'] },
  ],
  title: () => 'Features',
  summary: (values: Values) => {
    const on = (['acpi', 'apic'] as const)
      .filter((one) => values[one] === true)
      .map((one) => one.toUpperCase())
    if (Object.entries(values).some(([id, value]) => id.startsWith('hyperv') && value === true))
      on.push('Hyper-V')
    return on.length === 0 ? undefined : on.join(', ')
  },
  check: featureProblems,
})
