import { choice, integer, plain } from '../field'
import { defineKind, isContainer, isXen } from '../kind'
import { charBackend, charEndFields, charMoreFields, charSummary, checkChar } from './char-backend'

export const textConsole = defineKind({
  id: 'console',
  label: 'Text console',
  role: 'device',
  fields: {
    ...charBackend([
      'pty',
      'unix',
      'tcp',
      'udp',
      'file',
      'pipe',
      'dev',
      'null',
      'stdio',
      'vc',
      'nmdm',
      'spiceport',
      'dbus',
    ]),
    targetType: {
      label: 'In the guest',
      type: choice([
        ['serial', 'Serial port'],
        ['virtio', 'VirtIO console', 'hvc0; the guest needs the driver'],
        ['xen', 'Xen console'],
        ['lxc', 'Container console'],
        ['openvz', 'Container console (OpenVZ)'],
        ['uml', 'User-mode Linux'],
        ['sclp', 'IBM Z console'],
        ['sclplm', 'IBM Z line-mode console'],
      ]),
      absent: 'By the machine',
      help: 'A Linux guest signs in there with “systemctl enable --now serial-getty@hvc0” for VirtIO and Xen, @ttyS0 for a serial port.',
      whyNotLive: 'The guest sees it at power-on.',
    },
    port: {
      label: 'Number',
      type: integer(0, 255),
      absent: 'The next free one',
      isFilledIn: true,
      isAdvanced: true,
    },
  },
  groups: [
    { title: '', fields: [...charEndFields, 'targetType', 'port'] },
    { title: 'Log and more', fields: [...charMoreFields] },
  ],
  title: ({ port }) => `Text console${port === undefined ? '' : ` ${plain(port)}`}`,
  summary: charSummary,
  defaults: (context) => ({
    type: 'pty',
    targetType: isContainer(context) ? 'lxc' : isXen(context) ? 'xen' : 'virtio',
  }),
  hotplug: () => 'Consoles are made at power-on',
  check: checkChar,
})
