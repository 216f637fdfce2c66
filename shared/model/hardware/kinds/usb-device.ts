import { choice, has, hostChoice, plain, text, type Values } from '../field'
import { defineKind, isXen, itemsOf, type CheckContext, type Problem } from '../kind'
import { busAndDevice, busAndPort } from './forms'
import { bootOrder, notInForm, takenTwice } from './host-device-common'

/** As lsusb writes it. */
const idForm = /^(0x)?[\da-f]{1,4}[: ](0x)?[\da-f]{1,4}$/i

export const usbDevice = defineKind({
  id: 'usb-device',
  label: 'USB host device',
  role: 'device',
  fields: {
    identifyBy: {
      label: 'Found by',
      type: choice(
        [
          ['id', 'What it is', 'its vendor and product: found again after it was unplugged'],
          ['address', 'Where it is now', 'bus and device number, which change at every plugging in'],
          ['port', 'The socket it is in', 'whatever is plugged in there'],
        ],
        { since: { port: '12.0' } },
      ),
      isRequired: true,
      help: 'By what it is, the host finds the device again in any socket, also after it was unplugged or the host restarted. By its socket, the VM gets whatever is plugged in there.',
    },
    id: {
      label: 'Vendor and product',
      type: hostChoice('usb-device'),
      when: has('identifyBy', 'id'),
      isRequired: true,
      help: 'As lsusb writes it: 046d:c52b. Only this VM can use it then. Where SELinux is enforced on the host, it needs the switch virt_use_sysfs.',
    },
    busDevice: {
      label: 'Bus and device number',
      type: text(busAndDevice),
      when: has('identifyBy', 'id', 'address'),
      isFilledIn: true,
      absent: 'The first that fits',
      help: 'Such as 1.4. Beside vendor and product it says which of several equal devices is meant.',
    },
    busPort: {
      label: 'Bus and port',
      type: text(busAndPort),
      when: has('identifyBy', 'port'),
      isRequired: true,
      help: 'As the kernel writes it: 1-2.3.',
    },
    startupPolicy: {
      label: 'When it is missing',
      type: choice([
        ['mandatory', 'The VM does not start'],
        ['requisite', 'The VM does not start, but may be migrated without it'],
        ['optional', 'The VM starts without it'],
      ]),
      absent: 'The VM does not start',
    },
    guestReset: {
      label: 'The guest may reset it',
      type: choice([
        ['on', 'Yes'],
        ['uninitialized', 'Until it is set up'],
        ['off', 'No', 'for devices that come back as another one, or hang'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    bootOrder,
  },
  groups: [
    {
      title: '',
      fields: ['identifyBy', 'id', 'busDevice', 'busPort', 'startupPolicy', 'guestReset', 'bootOrder'],
    },
  ],
  title: ({ id, busDevice, busPort }) => `USB device ${plain(id) || plain(busDevice) || plain(busPort)}`,
  summary: ({ startupPolicy }) => (startupPolicy === 'optional' ? 'may be missing' : undefined),
  defaults: () => ({ identifyBy: 'id', startupPolicy: 'optional' }),
  hotplug: () => true,
  whatGoes: () => ['The host can use the device again.'],
  check: problems,
})

function problems(values: Values, context: CheckContext): Problem[] {
  const found: Problem[] = [
    ...notInForm('id', values, idForm, 'Enter two numbers as lsusb shows them, such as 046d:c52b.'),
    ...takenTwice('usb-device', ['id', 'busDevice', 'busPort'], values, context),
  ]
  if (values.id === undefined && values.busDevice === undefined && values.busPort === undefined)
    found.push({
      severity: 'error',
      field: values.identifyBy === 'address' ? 'busDevice' : 'id',
      message: 'Choose a device.',
    })
  if (values.identifyBy === 'address' && values.busDevice !== undefined)
    found.push({
      severity: 'hint',
      field: 'busDevice',
      message:
        'After the device was unplugged, or the host restarted, this number can be that of another device.',
    })
  if (
    values.identifyBy === 'id' &&
    values.id !== undefined &&
    values.busDevice !== undefined &&
    !context.isRunning
  )
    found.push({
      severity: 'hint',
      field: 'busDevice',
      message:
        'This number changes at every plugging in, and then the device is not found. Without it the VM gets the first that fits.',
      ...(context.self
        ? {
            fix: {
              label: 'Take the first that fits',
              changes: [{ kind: 'set', item: context.self, values: {}, unset: ['busDevice'] }],
            },
          }
        : {}),
    })
  const isOff = itemsOf(context, 'controller').some(
    ({ values: of }) => of.type === 'usb' && of.model === 'none',
  )
  if (isOff)
    found.push({
      severity: 'error',
      field: 'identifyBy',
      message: 'USB is turned off in this VM. Remove its USB controller of model "none" first.',
    })
  if (isXen(context))
    found.push({
      severity: 'hint',
      field: 'identifyBy',
      message: 'Xen needs a USB controller for it, and the guest the driver usbfront.',
    })
  return found
}
