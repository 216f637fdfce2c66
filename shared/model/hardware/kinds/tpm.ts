import { choice, flag, has, hostChoice, path, plain, type Values } from '../field'
import {
  defineKind,
  isQemu,
  isX86,
  itemsOf,
  type CheckContext,
  type HardwareContext,
  type Problem,
} from '../kind'

const isEmulated = has('backend', 'emulator')
const hasBanks = (values: Values): boolean => isEmulated(values) && values.version !== '1.2'
const bank = (label: string) => ({ label, type: flag, when: hasBanks, isAdvanced: true, absent: 'As it is' })

const models: Record<string, string> = {
  'tpm-crb': 'CRB',
  'tpm-tis': 'TIS',
  'tpm-spapr': 'SPAPR',
  'spapr-tpm-proxy': 'SPAPR proxy',
}

export const tpm = defineKind({
  id: 'tpm',
  label: 'TPM',
  role: 'device',
  // a proxy may stand beside the real one on POWER
  max: 2,
  fields: {
    model: {
      label: 'Interface',
      type: choice(
        [
          ['tpm-crb', 'CRB', 'for TPM 2.0 on x86'],
          ['tpm-tis', 'TIS', 'for any version'],
          ['tpm-spapr', 'SPAPR', 'for POWER'],
          ['spapr-tpm-proxy', 'SPAPR proxy', 'for protected guests on POWER'],
        ],
        { offeredBy: 'tpm.model' },
      ),
      absent: 'Hypervisor default',
      isFilledIn: true,
    },
    backend: {
      label: 'Kind',
      type: choice(
        [
          ['emulator', 'Emulated', 'by swtpm on the host; any number of VMs'],
          ['passthrough', 'The host’s own', 'for one VM at a time'],
          ['external', 'Another program', 'a TPM emulator that was started by somebody else'],
        ],
        { offeredBy: 'tpm.backendModel' },
      ),
      isRequired: true,
      whyNotLive: 'A guest finds its TPM when it is switched on.',
    },
    version: {
      label: 'Version',
      type: choice(['2.0', '1.2'], { offeredBy: 'tpm.backendVersion' }),
      when: isEmulated,
      absent: 'Hypervisor default',
      isFilledIn: true,
    },
    device: {
      label: 'Device of the host',
      type: path,
      when: has('backend', 'passthrough'),
      absent: '/dev/tpm0',
    },
    socket: {
      label: 'Its socket',
      type: path,
      when: has('backend', 'external'),
      isRequired: true,
    },
    isPersistent: {
      label: 'Keep its state when the VM is not persistent',
      type: flag,
      when: isEmulated,
      absent: 'No',
      help: 'What the TPM holds normally goes with a transient VM.',
      isAdvanced: true,
    },
    secret: {
      label: 'Encrypt its state with',
      type: hostChoice('secret'),
      when: isEmulated,
      absent: 'Not encrypted',
      help: 'A secret of the host, by its UUID. It can only be set before the TPM is used for the first time.',
      isAdvanced: true,
    },
    sha1: bank('PCR bank SHA-1'),
    sha256: bank('PCR bank SHA-256'),
    sha384: bank('PCR bank SHA-384'),
    sha512: bank('PCR bank SHA-512'),
  },
  groups: [
    { title: '', fields: ['backend', 'version', 'model', 'device', 'socket'] },
    { title: 'State', fields: ['isPersistent', 'secret'] },
    { title: 'Active PCR banks', fields: ['sha1', 'sha256', 'sha384', 'sha512'] },
  ],
  title: ({ version }) => (version === undefined ? 'TPM' : `TPM ${plain(version)}`),
  summary: ({ backend, model }) =>
    [backend === 'emulator' ? 'emulated' : plain(backend), models[plain(model)]].filter(Boolean).join(', '),
  defaults: (context) => ({ model: modelFor(context), backend: 'emulator', version: '2.0' }),
  whyNotOffered: (context) => {
    if (!isQemu(context)) return 'Only QEMU VMs can have a TPM'
    return context.capabilities?.devices.find(({ name }) => name === 'tpm')?.isSupported === false
      ? 'The host cannot give it: swtpm is not installed there, or the emulator has no TPM'
      : undefined
  },
  hotplug: () => 'A TPM cannot be plugged in or out while the guest runs',
  whatGoes: ({ backend }) =>
    backend === 'emulator'
      ? [
          'What is sealed to this TPM, such as keys of BitLocker or LUKS, can no longer be opened by it: have recovery keys at hand.',
        ]
      : ['The host can use its TPM again.'],
  check: problems,
})

function modelFor(context: HardwareContext): string {
  if (context.architecture.startsWith('ppc64')) return 'tpm-spapr'
  return isX86(context) ? 'tpm-crb' : 'tpm-tis'
}

function problems(values: Values, context: CheckContext): Problem[] {
  const found: Problem[] = []
  const { model, version, backend } = values
  if (version === '1.2' && model !== undefined && model !== 'tpm-tis')
    found.push({
      severity: 'error',
      field: 'version',
      message: 'A TPM 1.2 is there only with the TIS interface.',
      ...(context.self
        ? {
            fix: {
              label: 'Use TIS',
              changes: [{ kind: 'set', item: context.self, values: { model: 'tpm-tis' } }],
            },
          }
        : {}),
    })
  const isPower = context.architecture.startsWith('ppc64')
  if (model !== undefined && /spapr/.test(plain(model)) !== isPower)
    found.push({
      severity: 'error',
      field: 'model',
      message: isPower ? 'VMs of POWER have a TPM of their own kind.' : 'Only VMs of POWER have this.',
    })
  if (model === 'tpm-crb' && !isX86(context))
    found.push({ severity: 'error', field: 'model', message: 'CRB is there only on x86.' })
  if (model === 'spapr-tpm-proxy' && backend !== 'passthrough')
    found.push({ severity: 'error', field: 'backend', message: 'A proxy leads to a TPM of the host.' })
  if (
    values.secret !== undefined &&
    !/^[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(plain(values.secret))
  )
    found.push({ severity: 'error', field: 'secret', message: 'Enter the UUID of a secret.' })
  if (backend === 'passthrough')
    found.push({
      severity: 'hint',
      field: 'backend',
      message: 'Only one VM at a time can have the host’s TPM, and it cannot be migrated with it.',
    })
  const plainOnes = itemsOf(context, 'tpm').filter((item) => item.values.model !== 'spapr-tpm-proxy')
  if (model !== 'spapr-tpm-proxy' && plainOnes.length > 1)
    found.push({ severity: 'error', field: 'model', message: 'A VM has one TPM.' })
  return found
}
