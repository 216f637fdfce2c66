import { hostChoice, plain, type Values } from '../field'
import { defineKind, isQemu, itemsOf, valuesOf, type CheckContext, type Fix, type Problem } from '../kind'
import { chipsetOf } from './general'

export const os = defineKind({
  id: 'os',
  label: 'Operating system',
  role: 'page',
  fields: {
    id: {
      label: 'Installed system',
      type: hostChoice('operating-system'),
      absent: 'Not known',
      isLive: true,
      help: 'Only noted in the VM’s definition: it decides what is suggested for new devices, and which hints are given.',
    },
  },
  groups: [{ title: '', fields: ['id'] }],
  title: () => 'Operating system',
  summary: ({ id }) => plain(id).split('/').slice(-2).join(' ') || undefined,
  check: windows11Problems,
})

const boot = { kind: 'boot', key: '' }

/** Windows 11 asks for UEFI with Secure Boot and a TPM 2.0 when it is installed or upgraded. */
function windows11Problems({ id }: Values, context: CheckContext): Problem[] {
  if (!/microsoft\.com\/win\/11/.test(plain(id)) || !isQemu(context)) return []
  const problems: Problem[] = []
  const tpm = itemsOf(context, 'tpm').at(0)
  if (!tpm) {
    const add: Fix = {
      kind: 'add',
      device: 'tpm',
      values: { model: 'tpm-crb', backend: 'emulator', version: '2.0' },
    }
    problems.push({
      severity: 'warning',
      field: 'id',
      message: 'Windows 11 wants a TPM 2.0, and this VM has none.',
      fix: { label: 'Add an emulated TPM 2.0', changes: [add] },
    })
  } else if (tpm.values.version === '1.2') {
    problems.push({
      severity: 'warning',
      field: 'id',
      message: 'Windows 11 wants a TPM 2.0; the TPM of this VM is of version 1.2.',
      fix: {
        label: 'Make it a TPM 2.0',
        changes: [{ kind: 'set', item: tpm.ref, values: { version: '2.0' } }],
      },
    })
  }
  const firmware = valuesOf(context, 'boot')
  if (hasUefi(firmware)) {
    if (firmware.secureBoot !== true && firmware.loaderSecure !== true) {
      problems.push({
        severity: 'hint',
        field: 'id',
        message: 'Windows 11 wants UEFI with Secure Boot, which is not asked for here.',
        ...(firmware.firmware === 'efi'
          ? { fix: { label: 'Turn Secure Boot on', changes: secureBoot(context) } }
          : {}),
      })
    }
    return problems
  }
  problems.push({
    severity: 'warning',
    field: 'id',
    message:
      'Windows 11 wants UEFI with Secure Boot; this VM starts with BIOS. A Windows that is installed already has to be converted first (mbr2gpt).',
    fix: { label: 'Use UEFI with Secure Boot', changes: secureBoot(context) },
  })
  return problems
}

export function hasUefi(firmware: Values): boolean {
  return firmware.firmware === 'efi' || firmware.loaderType === 'pflash'
}

function secureBoot(context: CheckContext): Fix[] {
  const changes: Fix[] = [
    { kind: 'set', item: boot, values: { firmware: 'efi', secureBoot: true, enrolledKeys: true } },
  ]
  if (chipsetOf(context.machine) === 'i440fx')
    changes.push({ kind: 'set', item: { kind: 'general', key: '' }, values: { machine: 'q35' } })
  return changes
}
