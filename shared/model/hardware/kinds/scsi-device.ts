import { choice, flag, has, hostChoice, integer, plain, text, type Values } from '../field'
import { defineKind, isQemu, type CheckContext, type Problem } from '../kind'
import { accountName } from './forms'
import { bootOrder, notInForm, takenTwice } from './host-device-common'

/** Adapter, bus, target and unit. */
const addressForm = /^\d{1,9}:\d{1,2}:\d{1,9}:\d{1,19}$/

const isIscsi = has('from', 'iscsi')

export const scsiDevice = defineKind({
  id: 'scsi-device',
  label: 'SCSI host device',
  role: 'device',
  fields: {
    from: {
      label: 'Where it is',
      type: choice([
        ['adapter', 'At an adapter of the host'],
        ['iscsi', 'On the network (iSCSI)'],
      ]),
      isRequired: true,
    },
    device: {
      label: 'Device',
      type: hostChoice('scsi-device'),
      when: has('from', 'adapter'),
      isRequired: true,
      help: 'Adapter, bus, target and unit as lsscsi writes them: 2:0:1:0.',
    },
    target: {
      label: 'iSCSI name',
      type: text({ maxLength: 300, isMono: true }),
      when: isIscsi,
      isRequired: true,
      help: 'With the unit behind it: iqn.2024-05.org.example:tape/1.',
    },
    host: { label: 'Server', type: text({ maxLength: 255 }), when: isIscsi, isRequired: true },
    port: { label: 'Port', type: integer(1, 65_535), when: isIscsi, absent: '3260' },
    user: {
      label: 'User name',
      type: text(accountName),
      when: isIscsi,
      absent: 'No sign-in',
      isAdvanced: true,
    },
    secret: {
      label: 'Secret with the password',
      type: hostChoice('secret'),
      when: (values) => isIscsi(values) && values.user !== undefined,
      isAdvanced: true,
    },
    initiator: {
      label: 'Our iSCSI name',
      type: text({ maxLength: 300, isMono: true }),
      when: isIscsi,
      absent: 'The host’s',
      isAdvanced: true,
    },
    isReadOnly: { label: 'Read only', type: flag },
    isShareable: {
      label: 'Shared with other VMs',
      type: flag,
      help: 'Only for file systems and programs that expect it; others destroy what is on it.',
    },
    sgio: {
      label: 'SCSI commands of the guest',
      type: choice([
        ['filtered', 'Only harmless ones'],
        ['unfiltered', 'All', 'not with kernels of today'],
      ]),
      absent: 'Only harmless ones',
      isAdvanced: true,
    },
    rawio: {
      label: 'Raw access',
      type: flag,
      absent: 'No',
      help: 'Gives the emulator the right to send any command to all devices of the host it can open.',
      isAdvanced: true,
    },
    bootOrder,
  },
  groups: [
    { title: '', fields: ['from', 'device', 'target', 'host', 'port', 'isReadOnly', 'isShareable'] },
    { title: 'Sign-in', fields: ['user', 'secret', 'initiator'] },
    { title: 'More', fields: ['sgio', 'rawio', 'bootOrder'] },
  ],
  title: ({ device, target }) => `SCSI device ${plain(device) || plain(target)}`,
  summary: ({ from, host }) => (from === 'iscsi' ? plain(host) : undefined),
  defaults: () => ({ from: 'adapter' }),
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU VMs can be given SCSI devices'),
  hotplug: () => true,
  whatGoes: () => ['What is stored on the device stays there.'],
  check: problems,
})

function problems(values: Values, context: CheckContext): Problem[] {
  const found: Problem[] = [
    ...notInForm('device', values, addressForm, 'Enter four numbers as lsscsi shows them, such as 2:0:1:0.'),
    ...takenTwice('scsi-device', values.from === 'iscsi' ? ['target', 'host'] : ['device'], values, context),
  ]
  if ((values.user === undefined) !== (values.secret === undefined))
    found.push({
      severity: 'error',
      field: values.user === undefined ? 'user' : 'secret',
      message: 'User name and secret are given together.',
    })
  if (values.sgio === 'unfiltered')
    found.push({
      severity: 'error',
      field: 'sgio',
      message: 'Kernels of today cannot do that any more. Raw access does.',
      ...(context.self
        ? {
            fix: {
              label: 'Only harmless ones',
              changes: [{ kind: 'set', item: context.self, values: {}, unset: ['sgio'] }],
            },
          }
        : {}),
    })
  if (values.rawio === true)
    found.push({
      severity: 'warning',
      field: 'rawio',
      message: 'With raw access a guest that breaks out of its emulator can reach every disk of the host.',
    })
  return found
}
