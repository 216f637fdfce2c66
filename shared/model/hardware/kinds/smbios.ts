import { choice, existingPath, plain, rows, text, uuid, type Field, type Values } from '../field'
import { defineKind, isQemu, isX86, valuesOf, type CheckContext, type Problem } from '../kind'
import { americanDate, firmwareName } from './forms'

const word = (label: string): Field => ({ label, type: text({ maxLength: 1024 }), absent: 'Not said' })

export const smbios = defineKind({
  id: 'smbios',
  label: 'SMBIOS and firmware data',
  role: 'page',
  fields: {
    mode: {
      label: 'The guest sees',
      type: choice([
        ['emulate', 'What the emulator says'],
        ['host', 'What the host says', 'maker and product of the host itself'],
        ['sysinfo', 'The values below'],
      ]),
      absent: 'What the emulator says',
      help: 'Makers, serial numbers and the like, as dmidecode shows them; some programs are licensed by them.',
    },
    systemManufacturer: word('Manufacturer'),
    systemProduct: word('Product'),
    systemVersion: word('Version'),
    systemSerial: word('Serial number'),
    systemUuid: {
      label: 'UUID',
      type: uuid,
      absent: 'That of the VM',
      help: 'Must be the UUID of the VM.',
      isAdvanced: true,
    },
    systemSku: word('SKU'),
    systemFamily: word('Family'),
    biosVendor: word('Vendor'),
    biosVersion: word('Version'),
    biosDate: { ...word('Date'), type: text(americanDate), help: 'Month, day and year: 11/23/2025.' },
    biosRelease: { ...word('Release'), help: 'Two numbers: 3.12.' },
    boardManufacturer: word('Manufacturer'),
    boardProduct: word('Product'),
    boardVersion: word('Version'),
    boardSerial: word('Serial number'),
    boardAsset: word('Asset tag'),
    boardLocation: word('Location'),
    chassisManufacturer: word('Manufacturer'),
    chassisVersion: word('Version'),
    chassisSerial: word('Serial number'),
    chassisAsset: word('Asset tag'),
    chassisSku: word('SKU'),
    oemStrings: {
      label: 'OEM strings',
      type: rows('string', { text: { label: 'Text', type: text({ maxLength: 65_000 }), isRequired: true } }),
      help: 'Free text for programs in the guest; cloud images and systemd read credentials from here.',
    },
    firmwareData: {
      label: 'Firmware configuration (fw_cfg)',
      type: rows('entry', {
        name: { label: 'Name', type: text(firmwareName), isRequired: true },
        text: {
          label: 'Text',
          type: text({ maxLength: 65_000 }),
          when: ({ file }: Values) => file === undefined || file === '',
        },
        file: { label: 'Or a file of the host', type: existingPath },
      }),
      help: 'Names begin with "opt/" and a domain name turned round, such as opt/com.coreos/config for Ignition.',
      isAdvanced: true,
    },
  },
  groups: [
    { title: '', fields: ['mode'] },
    {
      title: 'System',
      fields: [
        'systemManufacturer',
        'systemProduct',
        'systemVersion',
        'systemSerial',
        'systemSku',
        'systemFamily',
        'systemUuid',
      ],
    },
    { title: 'BIOS', fields: ['biosVendor', 'biosVersion', 'biosDate', 'biosRelease'] },
    {
      title: 'Main board',
      fields: [
        'boardManufacturer',
        'boardProduct',
        'boardVersion',
        'boardSerial',
        'boardAsset',
        'boardLocation',
      ],
    },
    {
      title: 'Chassis',
      fields: ['chassisManufacturer', 'chassisVersion', 'chassisSerial', 'chassisAsset', 'chassisSku'],
    },
    { title: 'Data for the guest', fields: ['oemStrings', 'firmwareData'] },
  ],
  title: () => 'SMBIOS and firmware data',
  summary: ({ mode, systemManufacturer, systemProduct }) =>
    mode === 'sysinfo'
      ? `${plain(systemManufacturer)} ${plain(systemProduct)}`.trim() || undefined
      : undefined,
  whyNotOffered: (context) => (isQemu(context) ? undefined : 'Only QEMU VMs have these settings'),
  check: problems,
})

const isSmbios = (field: string): boolean => field !== 'mode' && field !== 'firmwareData'

function problems(values: Values, context: CheckContext): Problem[] {
  const found: Problem[] = []
  const first = Object.keys(values).find(isSmbios)
  if (first !== undefined && values.mode !== 'sysinfo')
    found.push({
      severity: 'warning',
      field: 'mode',
      message: 'The values below are stored, but the guest does not see them.',
      fix: {
        label: 'Show them to the guest',
        changes: [{ kind: 'set', item: { kind: 'smbios', key: '' }, values: { mode: 'sysinfo' } }],
      },
    })
  if (values.mode === 'sysinfo' && first === undefined)
    found.push({
      severity: 'error',
      field: 'mode',
      message: 'There are no values below that the guest could see. Enter at least one.',
    })
  const vmUuid = plain(valuesOf(context, 'general').uuid)
  const own = plain(values.systemUuid)
  if (own !== '' && vmUuid !== '' && own.toLowerCase() !== vmUuid.toLowerCase())
    found.push({
      severity: 'error',
      field: 'systemUuid',
      message: 'This has to be the UUID of the VM.',
      fix: {
        label: 'Use that of the VM',
        changes: [{ kind: 'set', item: { kind: 'smbios', key: '' }, values: { systemUuid: vmUuid } }],
      },
    })
  const entries = Array.isArray(values.firmwareData) ? (values.firmwareData as readonly Values[]) : []
  if (entries.some(({ text: content, file }) => content === undefined && file === undefined))
    found.push({ severity: 'error', field: 'firmwareData', message: 'Each entry needs a text or a file.' })
  if (first !== undefined && !isX86(context) && context.architecture !== 'aarch64')
    found.push({ severity: 'hint', field: 'mode', message: 'Only x86 and ARM VMs have SMBIOS tables.' })
  return found
}
