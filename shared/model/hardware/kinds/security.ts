import { choice, flag, has, integer, plain, rows, text, type Values } from '../field'
import { defineKind, offers, valuesOf, type CheckContext, type Problem } from '../kind'

const isSev = has('protection', 'sev')
const isSnp = has('protection', 'sev-snp')
const isAnySev = has('protection', 'sev', 'sev-snp')
const certificate = { maxLength: 65_000, isMono: true }

export const security = defineKind({
  id: 'security',
  label: 'Security',
  role: 'page',
  fields: {
    labels: {
      label: 'Security labels',
      type: rows('label', {
        model: {
          label: 'By',
          type: choice(
            [
              ['selinux', 'SELinux'],
              ['apparmor', 'AppArmor'],
              ['dac', 'User and group'],
            ],
            { allowsOther: true },
          ),
          absent: 'The host’s own',
        },
        type: {
          label: 'Kind',
          type: choice([
            ['dynamic', 'Made for each start'],
            ['static', 'Always the same'],
            ['none', 'None'],
          ]),
          absent: 'Made for each start',
        },
        label: {
          label: 'Label',
          type: text({ maxLength: 4096, isMono: true }),
          when: has('type', 'static'),
          isRequired: true,
        },
        relabel: { label: 'Files get it too', type: flag, when: has('type', 'static'), absent: 'No' },
        base: {
          label: 'Made from',
          type: text({ maxLength: 4096, isMono: true }),
          when: ({ type }: Values) => type === undefined || type === 'dynamic',
          absent: 'The host’s rules',
        },
      }),
      absent: 'The host’s own',
      isFilledIn: true,
      help: 'What keeps the emulator of this VM from the files of others. "None" takes that protection away.',
      isAdvanced: true,
    },
    protection: {
      label: 'Memory protected from the host',
      type: choice(
        [
          ['sev', 'AMD SEV', 'encrypted memory'],
          ['sev-snp', 'AMD SEV-SNP', 'encrypted, and safe from tampering'],
          ['s390-pv', 'IBM Secure Execution'],
        ],
        { since: { 'sev-snp': '10.5' } },
      ),
      absent: 'No',
      help: 'The guest needs UEFI and VirtIO devices behind its IOMMU. It cannot be migrated or saved while it runs.',
    },
    encryptedState: {
      label: 'CPU registers too (SEV-ES)',
      type: flag,
      when: isSev,
    },
    noDebug: { label: 'The host may not debug it', type: flag, when: isSev },
    noKeySharing: { label: 'Share no key with other guests', type: flag, when: isSev },
    noSend: { label: 'May not leave this host', type: flag, when: isSev, isAdvanced: true },
    kernelHashes: {
      label: 'Measure the kernel',
      type: flag,
      when: isAnySev,
      absent: 'No',
      help: 'Hashes of a directly started kernel become part of what the owner can check.',
      isAdvanced: true,
    },
    cbitpos: {
      label: 'Encryption bit',
      type: integer(0, 63),
      when: isAnySev,
      absent: 'As the host has it',
      isFilledIn: true,
      isAdvanced: true,
    },
    reducedPhysBits: {
      label: 'Address bits taken',
      type: integer(0, 63),
      when: isAnySev,
      absent: 'As the host has it',
      isFilledIn: true,
      isAdvanced: true,
    },
    dhCert: {
      label: 'Owner’s certificate',
      type: text(certificate),
      when: isSev,
      help: 'Base64; with a session it lets the owner check what started.',
      isAdvanced: true,
    },
    session: { label: 'Session', type: text(certificate), when: isSev, isAdvanced: true },
    idBlock: { label: 'ID block', type: text(certificate), when: isSnp, isAdvanced: true },
    idAuth: { label: 'ID authentication', type: text(certificate), when: isSnp, isAdvanced: true },
    hostData: { label: 'Data of the owner', type: text(certificate), when: isSnp, isAdvanced: true },
    authorKey: {
      label: 'Author’s key is in the ID block',
      type: flag,
      when: isSnp,
      absent: 'No',
      isAdvanced: true,
    },
    vcek: { label: 'Chip’s own endorsement key', type: flag, when: isSnp, absent: 'Yes', isAdvanced: true },
    aesWrap: {
      label: 'AES key wrapping',
      type: flag,
      absent: 'Hypervisor default',
      help: 'IBM Z only: the guest may use protected keys.',
      isAdvanced: true,
    },
    deaWrap: {
      label: 'DEA key wrapping',
      type: flag,
      absent: 'Hypervisor default',
      help: 'IBM Z only.',
      isAdvanced: true,
    },
  },
  groups: [
    {
      title: '',
      fields: ['protection', 'encryptedState', 'noDebug', 'noKeySharing', 'noSend', 'kernelHashes'],
    },
    {
      title: 'For the owner of a protected VM',
      fields: [
        'cbitpos',
        'reducedPhysBits',
        'dhCert',
        'session',
        'idBlock',
        'idAuth',
        'hostData',
        'authorKey',
        'vcek',
      ],
    },
    { title: 'Security labels', fields: ['labels'] },
    { title: 'IBM Z', fields: ['aesWrap', 'deaWrap'] },
  ],
  title: () => 'Security',
  summary: ({ protection }) =>
    protection === undefined ? undefined : `Memory protected: ${plain(protection)}`,
  check: problems,
})

function problems(values: Values, context: CheckContext): Problem[] {
  return [...protectionProblems(values, context), ...labelProblems(values), ...keyProblems(values, context)]
}

function protectionProblems({ protection }: Values, context: CheckContext): Problem[] {
  if (protection === undefined) return []
  const wanted = protection === 's390-pv' ? 's390x' : 'x86_64'
  if (context.architecture !== wanted)
    return [{ severity: 'error', field: 'protection', message: `Only ${wanted} VMs can have this.` }]
  const found: Problem[] = []
  const group = plain(protection) === 'sev' ? 'sev' : plain(protection)
  const known = [...(context.capabilities?.features ?? [])].find(({ name }) => name === group)
  const isOffered =
    known?.isSupported ?? offers(context.capabilities, 'launchSecurity', 'sectype', plain(protection))
  if (isOffered === false)
    found.push({
      severity: 'error',
      field: 'protection',
      message: 'This host cannot do that: its processor or firmware lacks it, or it is turned off.',
    })
  if (protection === 's390-pv') return found
  const firmware = valuesOf(context, 'boot')
  if (firmware.firmware !== 'efi' && firmware.loader === undefined)
    found.push({
      severity: 'error',
      field: 'protection',
      message: 'SEV needs UEFI, and this VM starts with BIOS.',
      fix: {
        label: 'Use UEFI',
        changes: [{ kind: 'set', item: { kind: 'boot', key: '' }, values: { firmware: 'efi' } }],
      },
    })
  return found
}

function labelProblems({ labels }: Values): Problem[] {
  const list = Array.isArray(labels) ? (labels as readonly Values[]) : []
  const found: Problem[] = []
  const models = list.map(({ model }) => plain(model))
  if (new Set(models).size < models.length)
    found.push({
      severity: 'error',
      field: 'labels',
      message: 'There is one label for each kind of protection.',
    })
  if (list.some(({ type }) => type === 'none'))
    found.push({
      severity: 'warning',
      field: 'labels',
      message: 'Without a label nothing keeps this VM’s emulator from the files of other VMs.',
    })
  if (list.some(({ type, model }) => model === undefined && (type === 'static' || list.length > 1)))
    found.push({
      severity: 'error',
      field: 'labels',
      message: 'Say by what a fixed label, or each of several, is meant, such as SELinux.',
    })
  return found
}

function keyProblems(values: Values, context: CheckContext): Problem[] {
  return ['aesWrap', 'deaWrap']
    .filter((field) => values[field] !== undefined && context.architecture !== 's390x')
    .map((field) => ({ severity: 'error', field, message: 'Only VMs of IBM Z have this.' }))
}
