import { choice, existingPath, flag, hostChoice, integer, plain, text, type Values } from '../field'
import { defineKind, isContainer, isXen, valuesOf, type CheckContext, type Problem } from '../kind'
import { noFreePort } from '../pci-ports'
import { deviceAlias } from './forms'
import { bootOrder, notInForm, takenTwice } from './host-device-common'

/** As lspci writes it; the domain may be left out. */
const addressForm = /^([\da-f]{1,4}:)?[\da-f]{1,2}:[01]?[\da-f]\.[0-7]$/i

const hasRom = ({ romEnabled }: Values): boolean => romEnabled !== false

export const pciDevice = defineKind({
  id: 'pci-device',
  label: 'PCI host device',
  role: 'device',
  fields: {
    address: {
      label: 'Device',
      type: hostChoice('pci-device'),
      isRequired: true,
      help: 'Only this VM can use it then. Devices of one IOMMU group go to the same VM. The host needs its IOMMU (VT-d, AMD-Vi) turned on in its firmware and kernel, and where SELinux is enforced the switch virt_use_sysfs.',
      whyNotLive: 'Another device of the host is another device for the guest: remove this one and add it.',
    },
    managed: {
      label: 'Taken from the host and given back automatically',
      type: flag,
      absent: 'No',
      help: 'Otherwise the device has to be detached from the host’s driver before the VM starts.',
    },
    bootOrder,
    romBar: {
      label: 'Show its ROM to the guest',
      type: flag,
      when: hasRom,
      absent: 'Yes',
      help: 'Turn it off when the guest’s firmware hangs at the card’s own.',
    },
    romFile: {
      label: 'ROM file',
      type: existingPath,
      when: hasRom,
      absent: 'From the card',
      help: 'A file on the host, for instance for a graphics card that the host itself has started with.',
      isAdvanced: true,
    },
    romEnabled: {
      label: 'ROM',
      type: flag,
      absent: 'Yes',
      help: 'Without it neither the card’s ROM nor a file is loaded.',
      isAdvanced: true,
    },
    driver: {
      label: 'Driver on the host',
      type: choice([
        ['vfio', 'VFIO'],
        ['xen', 'Xen (pciback)'],
        ['kvm', 'KVM, outdated'],
      ]),
      absent: 'The hypervisor’s own',
      isFilledIn: true,
      isAdvanced: true,
    },
    writeFiltering: {
      label: 'Filter what the guest writes to its settings',
      type: flag,
      absent: 'Yes',
      help: 'Xen only. Off is what Xen calls permissive: some devices need it, and it is less safe.',
      isAdvanced: true,
    },
    standbyFor: {
      label: 'Fast path of network card',
      type: text(deviceAlias),
      absent: 'None',
      help: 'Alias of a VirtIO network card ("ua-…") that takes over while this one is away, so that the VM can be migrated.',
      isAdvanced: true,
    },
    acpiIndex: {
      label: 'Number for the guest’s naming',
      type: integer(1, 16_383),
      absent: 'None',
      help: 'Linux calls a network card with number 7 "eno7".',
      isAdvanced: true,
    },
    zpciUid: {
      label: 'User-defined ID (UID)',
      type: integer(1, 65_535),
      absent: 'Given automatically',
      help: 'IBM Z only.',
      isFilledIn: true,
      isAdvanced: true,
    },
    zpciFid: {
      label: 'Function ID (FID)',
      type: integer(0, 4_294_967_295),
      absent: 'Given automatically',
      help: 'IBM Z only.',
      isFilledIn: true,
      isAdvanced: true,
    },
  },
  groups: [
    { title: '', fields: ['address', 'managed', 'bootOrder'] },
    { title: 'ROM', fields: ['romBar', 'romFile', 'romEnabled'] },
    { title: 'More', fields: ['driver', 'writeFiltering', 'standbyFor', 'acpiIndex'] },
    { title: 'IBM Z', fields: ['zpciUid', 'zpciFid'] },
  ],
  title: ({ address }) => `PCI device ${plain(address)}`,
  summary: ({ managed }) => (managed === true ? undefined : 'not managed'),
  defaults: () => ({ managed: true }),
  whyNotOffered: (context) =>
    isContainer(context) ? 'Containers get devices of the host by their files' : undefined,
  hotplug: (_values, context) => noFreePort(context) ?? true,
  whatGoes: ({ address, managed }) => [
    managed === true
      ? `The host’s own driver takes ${plain(address)} back.`
      : `${plain(address)} stays with the driver it has on the host until somebody gives it back.`,
  ],
  check: problems,
})

function problems(values: Values, context: CheckContext): Problem[] {
  const found: Problem[] = [
    ...notInForm('address', values, addressForm, 'Enter a PCI address such as 0000:01:00.0.'),
    ...takenTwice('pci-device', ['address'], values, context),
  ]
  if (values.managed !== true && values.address !== undefined)
    found.push({
      severity: 'hint',
      field: 'managed',
      message:
        'The device has to be detached from the host’s driver by hand before the VM starts; all functions of a card that cannot be reset one by one have to be.',
      ...(context.self
        ? {
            fix: {
              label: 'Do it automatically',
              changes: [{ kind: 'set', item: context.self, values: { managed: true } }],
            },
          }
        : {}),
    })
  if (values.address !== undefined && values.standbyFor === undefined)
    found.push({
      severity: 'hint',
      field: 'address',
      message: 'With this device the VM cannot be migrated while it runs, nor saved with its memory.',
    })
  for (const field of ['zpciUid', 'zpciFid'])
    if (values[field] !== undefined && context.architecture !== 's390x')
      found.push({ severity: 'error', field, message: 'Only VMs of IBM Z have this.' })
  if (values.writeFiltering !== undefined && !isXen(context))
    found.push({ severity: 'error', field: 'writeFiltering', message: 'Only Xen knows this.' })
  if (isXen(context) && values.driver !== undefined && values.driver !== 'xen')
    found.push({ severity: 'error', field: 'driver', message: 'With Xen only its own driver can be used.' })
  if (!isXen(context) && values.driver !== undefined && values.driver !== 'vfio')
    found.push({ severity: 'error', field: 'driver', message: 'Devices are given to QEMU by VFIO only.' })
  const features = valuesOf(context, 'features')
  if (isXen(context) && features.xenPassthrough === false)
    found.push({
      severity: 'warning',
      field: 'address',
      message: 'Xen gives the VM no PCI devices while passthrough is off among its features.',
      fix: {
        label: 'Turn passthrough on',
        changes: [{ kind: 'set', item: { kind: 'features', key: '' }, values: { xenPassthrough: true } }],
      },
    })
  return found
}
