import { existingPath, flag, has, hostChoice, plain, text, uuid, type Field, type Values } from '../field'
import { defineKind, type CheckContext, type Problem } from '../kind'

const readOnly = (label: string): Field => ({ label, type: text(), isReadOnly: true })

export const general = defineKind({
  id: 'general',
  label: 'General',
  role: 'page',
  fields: {
    name: { ...readOnly('Name'), help: 'Renaming is an action of its own, as it moves files along.' },
    title: {
      label: 'Title',
      type: text({ maxLength: 500 }),
      isLive: true,
      help: 'Shown beside the name; any text on one line.',
    },
    description: {
      label: 'Description',
      type: text({ isLong: true, maxLength: 100_000 }),
      isLive: true,
      help: 'Shown on the overview, where Markdown’s headings, lists, emphasis and code are drawn.',
    },
    uuid: { ...readOnly('UUID'), type: uuid },
    virtType: readOnly('Hypervisor'),
    osType: readOnly('Virtualization'),
    architecture: readOnly('Architecture'),
    machine: {
      label: 'Machine type',
      type: hostChoice('machine'),
      when: has('osType', 'hvm'),
      absent: 'Hypervisor default',
      help: 'Chipset and its version. A version keeps the guest’s hardware the same when the emulator is updated.',
      whyNotLive: 'The guest finds its chipset when it is switched on.',
    },
    emulator: { label: 'Emulator', type: existingPath, absent: 'Chosen by the host', isAdvanced: true },
    hasGenerationId: {
      label: 'Generation ID',
      type: flag,
      absent: 'No',
      isAdvanced: true,
      help: 'Tells Windows domain controllers and databases that the VM was copied or went back in time.',
    },
    generationId: {
      label: 'Value of the generation ID',
      type: uuid,
      when: has('hasGenerationId', true),
      absent: 'Made by the host',
      isFilledIn: true,
      isAdvanced: true,
    },
  },
  groups: [
    { title: '', fields: ['name', 'title', 'description'] },
    { title: 'Machine', fields: ['machine', 'architecture', 'virtType', 'osType', 'uuid', 'emulator'] },
    { title: 'Generation ID', fields: ['hasGenerationId', 'generationId'] },
  ],
  title: () => 'General',
  summary: ({ title, machine }) => plain(title) || plain(machine) || undefined,
  check: (values, context) => [
    ...emulationHint(values),
    ...versionProblems(values),
    ...chipsetProblems(values, context),
  ],
})

/** The chipset that an x86 machine type stands for. */
export function chipsetOf(machine: string): 'q35' | 'i440fx' | undefined {
  if (/q35/.test(machine)) return 'q35'
  return /^pc$|^pc-(i440fx-)?\d|i440fx/.test(machine) ? 'i440fx' : undefined
}

/** QEMU translates every instruction where it has no KVM ("TCG"). */
function emulationHint({ virtType }: Values): Problem[] {
  return virtType === 'qemu'
    ? [
        {
          severity: 'hint',
          field: 'virtType',
          message:
            'Without KVM every instruction is translated (TCG), which is many times slower: for guests of another architecture, or hosts without KVM',
        },
      ]
    : []
}

function versionProblems({ machine }: Values): Problem[] {
  const name = plain(machine)
  if (name === 'isapc')
    return [
      {
        severity: 'warning',
        field: 'machine',
        message: 'A PC without PCI can have almost no device of today.',
      },
    ]
  const match = /^pc-(?:(i440fx|q35)-)?([01])\.\d+$/.exec(name)
  if (!match) return []
  const newest = match[1] === 'q35' ? 'q35' : 'pc'
  return [
    {
      severity: 'hint',
      field: 'machine',
      message: `${name} is more than ten years old, and newer emulators no longer have it. Windows may ask to be activated again after the change.`,
      fix: {
        label: 'Use the newest version',
        changes: [{ kind: 'set', item: { kind: 'general', key: '' }, values: { machine: newest } }],
      },
    },
  ]
}

function chipsetProblems({ machine }: Values, context: CheckContext): Problem[] {
  const [before, after] = [chipsetOf(context.machine), chipsetOf(plain(machine))]
  if (!before || !after || before === after) return []
  const name = after === 'q35' ? 'Q35' : 'i440FX'
  return [
    {
      severity: 'warning',
      field: 'machine',
      message: `With ${name} every device gets a new place on the PCI bus${after === 'q35' ? ', and IDE disks become SATA disks' : ''}. Network cards may get new names in the guest, and Windows may not start until it finds its drivers. Take a copy of the VM first.`,
    },
  ]
}
