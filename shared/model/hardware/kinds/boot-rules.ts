/** What firmware and boot settings demand of each other and of the rest of a VM. */
import { plain, type Values } from '../field'
import { isXen, valuesOf, type CheckContext, type Problem } from '../kind'
import { firmwareWords, isFourMegabytes } from './firmware-file'
import { firmwareMissing } from './firmware-packages'
import { chipsetOf } from './general'

const page = { kind: 'boot', key: '' }

export function bootProblems(values: Values, context: CheckContext): Problem[] {
  return [
    ...secureBootProblems(values, context),
    ...firmwareProblems(values),
    ...firmwareFileProblems(values, context),
    ...firmwareMissing(values, context),
    ...acpiProblems(values, context),
    ...orderProblems(values, context),
    ...kernelProblems(values),
    ...containerProblems(values),
  ]
}

function secureBootProblems(values: Values, context: CheckContext): Problem[] {
  const field = values.secureBoot === true ? 'secureBoot' : 'loaderSecure'
  if (values[field] !== true) return []
  const off = {
    label: 'Turn Secure Boot off',
    changes: [{ kind: 'set', item: page, values: {}, unset: ['secureBoot', 'enrolledKeys', 'loaderSecure'] }],
  } as const
  const refuse = (message: string): Problem[] => [{ severity: 'error', field, message, fix: off }]
  if (isXen(context)) return refuse('Xen starts UEFI, but without Secure Boot.')
  if (context.architecture !== 'x86_64') return refuse('Secure Boot is only there for x86-64 VMs.')
  if (values.firmware !== 'efi' && values.loader === undefined)
    return refuse('Secure Boot is a part of UEFI, and no UEFI firmware is chosen.')
  const general = valuesOf(context, 'general')
  if (chipsetOf(plain(general.machine) || context.machine) === 'i440fx') {
    return [
      {
        severity: 'error',
        field,
        message: 'Secure Boot needs a Q35 machine, which can lock the firmware away from the guest.',
        fix: {
          label: 'Change to Q35',
          changes: [{ kind: 'set', item: { kind: 'general', key: '' }, values: { machine: 'q35' } }],
        },
      },
    ]
  }
  // where libvirt chooses the files it turns SMM on by itself, unless it was turned off
  const { smm } = valuesOf(context, 'features')
  if (smm === true || (smm === undefined && values.firmware === 'efi')) return []
  return [
    {
      severity: 'error',
      field,
      message: 'Secure Boot needs system management mode (SMM).',
      fix: {
        label: 'Turn SMM on',
        changes: [{ kind: 'set', item: { kind: 'features', key: '' }, values: { smm: true } }],
      },
    },
  ]
}

function firmwareProblems(values: Values): Problem[] {
  const problems: Problem[] = []
  if (values.enrolledKeys === true && values.secureBoot === false)
    problems.push({
      severity: 'error',
      field: 'enrolledKeys',
      message: 'Firmware with keys always has Secure Boot. Turn it on, or leave the keys out.',
      fix: {
        label: 'Turn Secure Boot on',
        changes: [{ kind: 'set', item: page, values: { secureBoot: true } }],
      },
    })
  if (values.firmware !== undefined && values.loader !== undefined)
    problems.push({
      severity: 'error',
      field: 'loader',
      message: 'Either the host chooses the firmware, or a file is named here.',
      fix: {
        label: 'Let the host choose',
        changes: [
          {
            kind: 'set',
            item: page,
            values: {},
            unset: ['loader', 'loaderType', 'loaderReadOnly', 'nvramTemplate'],
          },
        ],
      },
    })
  if (values.nvramTemplate !== undefined && values.loaderStateless === true)
    problems.push({
      severity: 'error',
      field: 'loaderStateless',
      message: 'Firmware that keeps no variables has no file to copy them from.',
      fix: {
        label: 'Remove the variables',
        changes: [{ kind: 'set', item: page, values: {}, unset: ['nvram', 'nvramTemplate'] }],
      },
    })
  const isFlash = values.loaderType === 'pflash'
  if (values.loaderSecure === true && values.loader !== undefined && values.loaderReadOnly === false)
    problems.push({
      severity: 'error',
      field: 'loaderReadOnly',
      message: 'Firmware that Secure Boot protects has to be read-only.',
    })
  if (
    isFlash &&
    values.loader !== undefined &&
    values.loaderStateless !== true &&
    values.nvram === undefined &&
    values.nvramTemplate === undefined &&
    !/code/i.test(plain(values.loader))
  )
    problems.push({
      severity: 'hint',
      field: 'loader',
      message:
        'Only files of two parts ("code" and "vars") keep boot entries and keys: with one that has both in it, they are lost when the VM is switched off.',
    })
  return problems
}

/** What the chosen file is, and whether it fits the host and its variables. */
function firmwareFileProblems(values: Values, context: CheckContext): Problem[] {
  const [loader, template] = [plain(values.loader), plain(values.nvramTemplate)]
  if (loader === '') return []
  const problems: Problem[] = []
  const told = firmwareWords(loader)
  if (told !== undefined)
    problems.push({ severity: 'hint', field: 'loader', message: `Firmware, by its name: ${told}` })
  const { loaders = [] } = context.capabilities?.firmware ?? {}
  if (loaders.length > 0 && !loaders.includes(loader))
    problems.push({
      severity: 'hint',
      field: 'loader',
      message: 'The host does not name this file among its firmware',
    })
  if (template !== '' && isFourMegabytes(template) !== isFourMegabytes(loader))
    problems.push({
      severity: 'warning',
      field: 'nvramTemplate',
      message: 'Firmware of 4 MB needs variables of 4 MB, and other firmware others: the VM does not start',
    })
  return problems
}

/** libvirt refuses UEFI without ACPI where the firmware describes the machine by it. */
function acpiProblems(values: Values, context: CheckContext): Problem[] {
  if (values.firmware !== 'efi' || valuesOf(context, 'features').acpi === true) return []
  if (context.architecture !== 'x86_64' && context.architecture !== 'aarch64') return []
  return [
    {
      severity: 'error',
      field: 'firmware',
      message: 'UEFI needs ACPI, which is off in this VM.',
      fix: {
        label: 'Turn ACPI on',
        changes: [{ kind: 'set', item: { kind: 'features', key: '' }, values: { acpi: true } }],
      },
    },
  ]
}

/** libvirt refuses both orders in one definition. */
function orderProblems(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const list = Array.isArray(values.legacyBoot) ? values.legacyBoot : []
  const kinds = list.map((row) => plain(row['device']))
  if (new Set(kinds).size < kinds.length)
    problems.push({
      severity: 'warning',
      field: 'legacyBoot',
      message: 'Each kind of device is tried once, whatever the list says.',
      fix: {
        label: 'Leave out the second',
        changes: [
          {
            kind: 'set',
            item: page,
            values: { legacyBoot: [...new Set(kinds)].map((device) => ({ device })) },
          },
        ],
      },
    })
  const single = context.items.filter((item) => item.values.bootOrder !== undefined)
  if (list.length > 0 && single.length > 0)
    problems.push({
      severity: 'error',
      field: 'legacyBoot',
      message: 'The order is given twice: by kind of device and by single devices. Only one can be used.',
      fix: {
        label: 'Keep the order of devices',
        changes: [{ kind: 'set', item: page, values: {}, unset: ['legacyBoot'] }],
      },
    })
  if (isXen(context) && single.length > 0)
    problems.push({
      severity: 'warning',
      field: 'legacyBoot',
      message: 'Xen knows only the order by kind of device; that of single devices is not used.',
    })
  return problems
}

function kernelProblems(values: Values): Problem[] {
  const needs = ['initrd', 'cmdline', 'dtb'].find((id) => values[id] !== undefined)
  return needs !== undefined && values.kernel === undefined && values.osType === 'hvm'
    ? [{ severity: 'warning', field: needs, message: 'This is only used together with a kernel.' }]
    : []
}

function containerProblems(values: Values): Problem[] {
  const problems: Problem[] = []
  if ((values.initUser === undefined) !== (values.initGroup === undefined))
    problems.push({
      severity: 'error',
      field: values.initUser === undefined ? 'initUser' : 'initGroup',
      message: 'User and group are given together.',
    })
  return problems
}
