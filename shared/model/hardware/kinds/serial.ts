import { choice, integer, plain } from '../field'
import { defineKind, isQemu, isX86, itemsOf } from '../kind'
import { charBackend, charEndFields, charMoreFields, charSummary, checkChar } from './char-backend'

const modelsOf: Record<string, readonly string[]> = {
  'isa-serial': ['isa-serial'],
  'usb-serial': ['usb-serial'],
  'pci-serial': ['pci-serial'],
  'spapr-vio-serial': ['spapr-vty'],
  'system-serial': ['pl011', '16550a'],
  'sclp-serial': ['sclpconsole', 'sclplmconsole'],
  'isa-debug': ['isa-debugcon'],
}

export const serial = defineKind({
  id: 'serial',
  label: 'Serial port',
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
      label: 'Kind of port',
      type: choice([
        ['isa-serial', 'ISA (COM port)'],
        ['usb-serial', 'USB'],
        ['pci-serial', 'PCI'],
        ['spapr-vio-serial', 'POWER'],
        ['system-serial', 'Built into the board'],
        ['sclp-serial', 'IBM Z'],
        ['isa-debug', 'Debug port (ISA)', 'for messages of the firmware'],
      ]),
      absent: 'By the machine',
      help: 'A Linux guest uses it with console=ttyS0 among its kernel arguments and “systemctl enable --now serial-getty@ttyS0”; one without systemd with agetty in /etc/inittab. On Arm it is ttyAMA0.',
      whyNotLive: 'The port is part of the machine the guest sees.',
    },
    targetModel: {
      label: 'Model',
      type: choice(Object.values(modelsOf).flat()),
      when: ({ targetType }) => targetType !== undefined,
      absent: 'By the kind of port',
      isAdvanced: true,
    },
    port: {
      label: 'Number',
      type: integer(0, 255),
      absent: 'The next free one',
      help: 'Port 0 is COM1 or ttyS0 in the guest.',
      isFilledIn: true,
      isAdvanced: true,
    },
  },
  groups: [
    { title: '', fields: [...charEndFields, 'targetType', 'port'] },
    { title: 'Log and more', fields: [...charMoreFields, 'targetModel'] },
  ],
  title: ({ port }) => `Serial port${port === undefined ? '' : ` ${plain(port)}`}`,
  summary: charSummary,
  defaults: () => ({ type: 'pty' }),
  hotplug: ({ targetType }) =>
    targetType === 'usb-serial' || targetType === 'pci-serial'
      ? true
      : 'Only USB and PCI serial ports come and go while the guest runs',
  whatGoes: ({ port, path, type }) => [
    ...(port === 0 || port === undefined
      ? ['The text console of the VM goes with its first serial port.']
      : []),
    ...(type === 'file' ? [`The file ${plain(path)} stays on the host.`] : []),
  ],
  check: (values, context) => {
    const [kind, model] = [plain(values['targetType']), plain(values['targetModel'])]
    const isPc = (of: string): boolean => of === 'isa-serial' || of === ''
    const ports = itemsOf(context, 'serial').filter((item) => isPc(plain(item.values['targetType'])))
    return [
      ...checkChar(values, context),
      // MAX_ISA_SERIAL_PORTS of QEMU
      ...(isQemu(context) && isX86(context) && isPc(kind) && ports.length > 4
        ? [
            {
              severity: 'error',
              field: 'targetType',
              message: 'A PC has four serial ports of this kind; further ones are on USB or PCI',
            } as const,
          ]
        : []),
      ...(model !== '' && kind !== '' && modelsOf[kind]?.includes(model) === false
        ? [
            {
              severity: 'error',
              field: 'targetModel',
              message: 'This model is of another kind of port',
            } as const,
          ]
        : []),
    ]
  },
})
