import {
  choice,
  existingPath,
  firmwarePath,
  flag,
  has,
  integer,
  path,
  plain,
  rows,
  text,
  type Values,
} from '../field'
import { defineKind } from '../kind'
import { bootProblems } from './boot-rules'
import { accountName, variableName } from './forms'

const isContainer = has('osType', 'exe')
const isParavirtual = has('osType', 'xen', 'linux', 'xenpvh')
const isHardware = has('osType', 'hvm')
const startsKernel = (values: Values): boolean => !isContainer(values)
const isEfi = (values: Values): boolean => isHardware(values) && values.firmware === 'efi'

const idColumns = {
  start: { label: 'First in the container', type: integer(0, 999_999_999), isRequired: true },
  target: { label: 'First on the host', type: integer(0, 999_999_999), isRequired: true },
  count: { label: 'How many', type: integer(1, 999_999_999), isRequired: true },
}

export const boot = defineKind({
  id: 'boot',
  label: 'Boot and firmware',
  role: 'page',
  fields: {
    /** Not shown; the other fields go by it. */
    osType: { label: 'Virtualization', type: text(), isReadOnly: true },
    legacyBoot: {
      label: 'Boot order by kind of device',
      type: rows(
        'kind of device',
        {
          device: {
            label: 'Device',
            type: choice([
              ['hd', 'Hard disk'],
              ['cdrom', 'CD-ROM'],
              ['network', 'Network'],
              ['fd', 'Floppy disk'],
            ]),
            isRequired: true,
          },
        },
        4,
      ),
      when: isHardware,
      absent: 'By device',
      help: 'The old way, and the only one for Xen. It cannot be used together with an order of single devices.',
      isAdvanced: true,
    },
    bootMenu: {
      label: 'Boot menu',
      type: flag,
      when: isHardware,
      absent: 'Hypervisor default',
      help: 'Offers at power-on to choose a device with a key.',
    },
    bootMenuTimeoutMs: {
      label: 'Shown for',
      type: integer(0, 65_535, 'ms'),
      when: has('bootMenu', true),
      absent: 'Chosen by the firmware',
    },
    rebootTimeoutMs: {
      label: 'Try again after',
      type: integer(-1, 32_767, 'ms'),
      when: isHardware,
      absent: 'Stay at the error',
      help: 'When nothing could be started from; -1 gives up. BIOS only.',
      isAdvanced: true,
    },
    useSerial: {
      label: 'Firmware messages on the serial port',
      type: flag,
      when: isHardware,
      absent: 'No',
      help: 'For VMs without a screen. BIOS only, and the VM needs a serial port.',
      isAdvanced: true,
    },
    firmware: {
      label: 'Firmware',
      type: choice([
        ['bios', 'BIOS'],
        ['efi', 'UEFI'],
      ]),
      when: isHardware,
      absent: 'By the firmware files below, or the machine’s own',
      help: 'The host picks files that fit. An installed system usually starts only with the firmware it was installed with.',
      whyNotLive: 'The firmware runs when the VM is switched on.',
    },
    secureBoot: {
      label: 'Secure Boot',
      type: flag,
      when: isEfi,
      absent: 'As the host’s firmware has it',
      help: 'The firmware starts only what is signed. Turn it off for a guest with unsigned drivers.',
    },
    enrolledKeys: {
      label: 'Vendors’ keys enrolled',
      type: flag,
      when: isEfi,
      absent: 'As the host’s firmware has it',
      help: 'With Microsoft’s keys Windows and common Linux systems pass Secure Boot. Without keys nothing is refused until some are enrolled in the guest.',
    },
    loader: {
      label: 'Firmware file',
      type: firmwarePath,
      when: isHardware,
      absent: 'Chosen by the host',
      help: 'Names with "ms" carry Microsoft’s keys, "suse" and "opensuse" those of SUSE, "smm" or "secboot" can do Secure Boot; a "4m" file has to be used with 4 MB variables.',
      isAdvanced: true,
    },
    loaderType: {
      label: 'Kind of firmware file',
      type: choice([
        ['rom', 'ROM', 'for BIOS and one-piece files'],
        ['pflash', 'Flash', 'for UEFI'],
      ]),
      when: isHardware,
      absent: 'Found out by the host',
      isFilledIn: true,
      isAdvanced: true,
    },
    loaderReadOnly: {
      label: 'Firmware file is read-only',
      type: flag,
      when: isHardware,
      absent: 'Hypervisor default',
      isFilledIn: true,
      isAdvanced: true,
    },
    loaderSecure: {
      label: 'Protect the firmware with SMM',
      type: flag,
      when: isHardware,
      absent: 'No',
      help: 'Without it the guest could change what Secure Boot trusts. Needs Q35 and system management mode.',
      isAdvanced: true,
    },
    loaderStateless: {
      label: 'Firmware keeps no variables',
      type: flag,
      when: isHardware,
      absent: 'No',
      isAdvanced: true,
    },
    nvram: {
      label: 'UEFI variables',
      type: path,
      when: isHardware,
      absent: 'Made by the host for each VM',
      isFilledIn: true,
      isAdvanced: true,
      help: 'Holds boot entries and Secure Boot keys of this VM.',
    },
    nvramTemplate: {
      label: 'Variables are copied from',
      type: path,
      when: isHardware,
      absent: 'What belongs to the firmware file',
      isFilledIn: true,
      isAdvanced: true,
    },
    kernel: {
      label: 'Kernel',
      type: existingPath,
      when: startsKernel,
      absent: 'From the guest’s disk',
      help: 'A file on the host, started without a boot loader.',
    },
    initrd: { label: 'Initial RAM disk', type: existingPath, when: startsKernel },
    cmdline: {
      label: 'Kernel arguments',
      type: text({ isMono: true, maxLength: 4096 }),
      when: startsKernel,
    },
    dtb: {
      label: 'Device tree',
      type: existingPath,
      when: startsKernel,
      isAdvanced: true,
      help: 'For machines without firmware that describes them, such as many ARM boards.',
    },
    kernelRoot: {
      label: 'Root device',
      type: path,
      when: isParavirtual,
      isAdvanced: true,
      help: 'The kernel’s root file system, as the guest names it.',
    },
    acpiTable: {
      label: 'ACPI table file',
      type: existingPath,
      when: isHardware,
      isAdvanced: true,
      help: 'A SLIC table, with which Windows of a computer’s maker activates itself.',
    },
    bootloader: {
      label: 'Boot loader on the host',
      type: text({ isMono: true }),
      when: isParavirtual,
      absent: 'None',
      help: 'Such as pygrub, which reads the kernel from the guest’s disk.',
    },
    bootloaderArgs: { label: 'Its arguments', type: text({ isMono: true }), when: isParavirtual },
    init: {
      label: 'First program',
      type: path,
      when: isContainer,
      absent: '/sbin/init',
      help: 'A path inside the container.',
    },
    initArgs: {
      label: 'Arguments',
      type: rows('argument', { value: { label: 'Argument', type: text({ isMono: true }) } }),
      when: isContainer,
    },
    initEnv: {
      label: 'Environment',
      type: rows('variable', {
        name: { label: 'Name', type: text(variableName), isRequired: true },
        value: { label: 'Value', type: text({ isMono: true }) },
      }),
      when: isContainer,
    },
    initDir: { label: 'Working directory', type: path, when: isContainer, absent: '/' },
    initUser: {
      label: 'User',
      type: text(accountName),
      when: isContainer,
      absent: 'root',
      help: 'A name or number. User and group are given together.',
    },
    initGroup: { label: 'Group', type: text(accountName), when: isContainer, absent: 'root' },
    userIds: {
      label: 'User IDs',
      type: rows('range', idColumns),
      when: isContainer,
      absent: 'The host’s own',
      help: 'Which users of the host the container’s users are, so that its root is nobody special outside.',
    },
    groupIds: {
      label: 'Group IDs',
      type: rows('range', idColumns),
      when: isContainer,
      absent: 'The host’s own',
    },
  },
  groups: [
    { title: '', fields: ['legacyBoot'], panel: 'boot-order' },
    { title: 'Boot menu', fields: ['bootMenu', 'bootMenuTimeoutMs', 'rebootTimeoutMs', 'useSerial'] },
    { title: 'Firmware', fields: ['firmware', 'secureBoot', 'enrolledKeys'] },
    {
      title: 'Firmware files',
      fields: [
        'loader',
        'loaderType',
        'loaderReadOnly',
        'loaderSecure',
        'loaderStateless',
        'nvram',
        'nvramTemplate',
        'acpiTable',
      ],
    },
    { title: 'Direct kernel boot', fields: ['kernel', 'initrd', 'cmdline', 'dtb', 'kernelRoot'] },
    { title: 'Boot loader', fields: ['bootloader', 'bootloaderArgs'] },
    { title: 'Container', fields: ['init', 'initArgs', 'initEnv', 'initDir', 'initUser', 'initGroup'] },
    { title: 'User namespace', fields: ['userIds', 'groupIds'] },
  ],
  title: () => 'Boot and firmware',
  summary: ({ firmware, loaderType, secureBoot, kernel, init }) =>
    plain(init) ||
    plain(kernel) ||
    (firmware === 'efi' || loaderType === 'pflash'
      ? secureBoot === true
        ? 'UEFI with Secure Boot'
        : 'UEFI'
      : 'BIOS'),
  // a running guest of libvirt 9 has only the files that the host found for these (qemuFirmwareFillDomain)
  isMadeFrom: (field, now) =>
    ['firmware', 'secureBoot', 'enrolledKeys'].includes(field) &&
    now.firmware === undefined &&
    now.loader !== undefined,
  check: bootProblems,
})
