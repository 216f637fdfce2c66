import { choice, existingPath, has, hostChoice, plain } from '../field'
import { defineKind, isContainer } from '../kind'
import { takenTwice } from './host-device-common'

export const containerDevice = defineKind({
  id: 'container-device',
  label: 'Host device of a container',
  role: 'device',
  fields: {
    what: {
      label: 'What',
      type: choice([
        ['storage', 'Disk', 'a block device'],
        ['misc', 'Other device', 'a character device'],
        ['net', 'Network card'],
      ]),
      isRequired: true,
    },
    path: {
      label: 'Device file',
      type: existingPath,
      when: has('what', 'storage', 'misc'),
      isRequired: true,
    },
    interface: {
      label: 'Network card',
      type: hostChoice('interface'),
      when: has('what', 'net'),
      isRequired: true,
      help: 'It leaves the host as long as the container runs.',
    },
  },
  groups: [{ title: '', fields: ['what', 'path', 'interface'] }],
  title: (values) => `Host device ${plain(values.path) || plain(values.interface)}`,
  defaults: () => ({ what: 'storage' }),
  whyNotOffered: (context) => (isContainer(context) ? undefined : 'Only containers take devices in this way'),
  hotplug: ({ what }) =>
    what === 'net' ? 'A network card of the host comes to a container when it starts' : true,
  whatGoes: () => ['The host can use the device again.'],
  check: (values, context) => takenTwice('container-device', ['path', 'interface'], values, context),
})
