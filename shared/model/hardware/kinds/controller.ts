import { choice, flag, has, integer, plain, size, text, type Values } from '../field'
import { defineKind, isContainer } from '../kind'
import { noFreePort } from '../pci-ports'
import { allModels, isModelOf, isVirtioScsi, modelLabel, modelsOf, newController } from './controller-models'
import { controllerProblems } from './controller-rules'

const types = {
  pci: 'PCI',
  usb: 'USB',
  scsi: 'SCSI',
  sata: 'SATA',
  ide: 'IDE',
  fdc: 'Floppy',
  'virtio-serial': 'VirtIO serial',
  ccid: 'Smart card',
  isa: 'ISA',
  xenbus: 'Xen bus',
} as const

const isPort = has('model', 'pcie-root-port', 'pcie-switch-downstream-port')
const isExpander = has('model', 'pci-expander-bus', 'pcie-expander-bus')
const isRoot = has('model', 'pci-root', 'pcie-root')
const hasDriver = (values: Values): boolean => isVirtioScsi(values) || values.type === 'virtio-serial'
const isPci = has('type', 'pci')

const virtio = { when: hasDriver, isAdvanced: true, absent: 'No' } as const

export const controller = defineKind({
  id: 'controller',
  label: 'Controller',
  role: 'device',
  fields: {
    type: {
      label: 'Type',
      type: choice(Object.entries(types)),
      isRequired: true,
      whyNotLive: 'The guest sees its controllers when it is switched on',
    },
    model: {
      label: 'Model',
      type: choice(allModels, { offeredWhen: (model, { type }) => isModelOf(plain(type), model) }),
      absent: 'Chosen by the hypervisor',
      when: ({ type }) => Object.hasOwn(modelsOf, plain(type)),
      whyNotLive: 'The guest sees its controllers when it is switched on',
    },
    index: {
      label: 'Number',
      type: integer(0, 65_535),
      absent: 'Next free',
      help: 'Devices name the controller they are on by its type and number.',
      whyNotLive: 'Devices of the running guest name the controller by it',
    },
    queues: { label: 'Queues', type: integer(1, 1024), absent: 'One for each vCPU', when: isVirtioScsi },
    ioThread: {
      label: 'I/O thread',
      type: integer(1, 4_294_967_295),
      absent: 'Main loop',
      help: 'Number of one of the I/O threads of the VM; it serves all disks of the controller.',
      when: isVirtioScsi,
    },
    commandsPerLun: {
      label: 'Commands for each disk',
      type: integer(1, 4_294_967_295),
      absent: '128',
      when: isVirtioScsi,
      isAdvanced: true,
    },
    maxSectors: {
      label: 'Sectors in one command',
      type: integer(1, 4_294_967_295),
      absent: '65535',
      when: isVirtioScsi,
      isAdvanced: true,
    },
    ioEventFd: {
      label: 'I/O in a thread of its own (ioeventfd)',
      type: flag,
      absent: 'Hypervisor default',
      when: isVirtioScsi,
      isAdvanced: true,
    },
    ports: {
      label: 'Ports',
      type: integer(1, 511),
      absent: 'As the model has it',
      when: (values) =>
        has('type', 'virtio-serial')(values) ||
        has('model', 'qemu-xhci', 'nec-xhci', 'qusb1', 'qusb2')(values),
    },
    vectors: {
      label: 'Interrupt vectors',
      type: integer(0, 2048),
      absent: 'As ports need',
      when: has('type', 'virtio-serial'),
      isAdvanced: true,
    },
    masterPort: {
      label: 'First port of its USB 2 controller',
      type: integer(0, 15),
      help: 'A companion has the number of its USB 2 controller and serves the slow devices from this port on.',
      when: has('model', 'ich9-uhci1', 'ich9-uhci2', 'ich9-uhci3'),
      isAdvanced: true,
    },
    maxGrantFrames: {
      label: 'Grant frames, at most',
      type: integer(0, 4_294_967_295),
      absent: 'Default of Xen',
      help: 'Memory that a Xen guest can share with the host for disks and network cards.',
      when: has('type', 'xenbus'),
    },
    maxEventChannels: {
      label: 'Event channels, at most',
      type: integer(0, 4_294_967_295),
      absent: 'Default of Xen',
      help: 'The interrupts of a Xen guest.',
      when: has('type', 'xenbus'),
    },
    hotplug: {
      label: 'Devices come and go while the guest runs',
      type: flag,
      absent: 'Yes',
      help: 'Off keeps Windows from offering to eject the device.',
      when: isPort,
    },
    busNumber: {
      label: 'First bus',
      type: integer(1, 254),
      absent: 'Chosen by the hypervisor',
      when: isExpander,
      isAdvanced: true,
    },
    node: {
      label: 'NUMA node of the guest',
      type: integer(0, 4_294_967_295),
      absent: 'None',
      when: (values) => isExpander(values) || (isPci(values) && values.hostBridge !== undefined),
    },
    chassis: {
      label: 'Chassis',
      type: integer(0, 255),
      absent: 'Chosen by the hypervisor',
      when: isPort,
      isFilledIn: true,
      isAdvanced: true,
    },
    port: {
      label: 'Port',
      type: integer(0, 255),
      absent: 'Chosen by the hypervisor',
      when: isPort,
      isFilledIn: true,
      isAdvanced: true,
    },
    chassisNumber: {
      label: 'Chassis number',
      type: integer(1, 255),
      absent: 'Chosen by the hypervisor',
      when: has('model', 'pci-bridge'),
      isFilledIn: true,
      isAdvanced: true,
    },
    hostBridge: {
      label: 'Host bridge',
      type: integer(0, 31),
      absent: 'Chosen by the hypervisor',
      help: 'Of pSeries machines.',
      when: (values) => values.model === 'pci-root' && plain(values.device) === 'spapr-pci-host-bridge',
      isFilledIn: true,
      isAdvanced: true,
    },
    device: {
      label: 'Device',
      type: text({ maxLength: 64, isMono: true }),
      absent: 'Chosen by the hypervisor',
      help: 'What the emulator calls it.',
      when: isPci,
      isFilledIn: true,
      isReadOnly: true,
      isAdvanced: true,
    },
    hole64Bytes: {
      label: 'Space for large devices (64-bit hole)',
      type: size(0),
      absent: 'Hypervisor default',
      help: 'Devices with much memory of their own, such as graphics processors, may need more.',
      when: isRoot,
      isAdvanced: true,
    },
    iommu: { label: 'Behind the virtual IOMMU', type: flag, ...virtio },
    ats: { label: 'Address translation service', type: flag, ...virtio },
    packed: { label: 'Packed queues', type: flag, ...virtio },
    pagePerVq: { label: 'One page for each queue', type: flag, ...virtio },
  },
  groups: [
    {
      title: '',
      fields: [
        'type',
        'model',
        'index',
        'ports',
        'hotplug',
        'queues',
        'ioThread',
        'maxGrantFrames',
        'maxEventChannels',
      ],
    },
    {
      title: 'Place',
      fields: [
        'node',
        'busNumber',
        'masterPort',
        'chassis',
        'port',
        'chassisNumber',
        'hostBridge',
        'device',
        'hole64Bytes',
      ],
    },
    {
      title: 'Driver',
      fields: ['commandsPerLun', 'maxSectors', 'ioEventFd', 'vectors', 'iommu', 'ats', 'packed', 'pagePerVq'],
    },
  ],
  title: (values) => {
    const type = plain(values.type)
    const name = Object.entries(types).find(([id]) => id === type)?.[1] ?? type
    const index = plain(values.index)
    return `${name} controller${index === '' ? '' : ` ${index}`}`
  },
  summary: (values) => modelLabel(values) ?? (plain(values.model) || undefined),
  defaults: newController,
  whyNotOffered: (context) => (isContainer(context) ? 'A container has no controllers' : undefined),
  hotplug: ({ type }, context) =>
    type === 'scsi'
      ? (noFreePort(context) ?? true)
      : 'Only SCSI controllers can be plugged in while the guest runs',
  whatGoes: ({ type, model }) => [
    'Devices on it have to go to another controller; libvirt adds those that a machine needs',
    ...(type === 'pci' && model === 'pcie-root-port' ? ['One place less to plug a device into'] : []),
  ],
  check: controllerProblems,
})
