import { plain, type Row, type Values } from '../field'
import { isQemu, isX86, itemsOf, valuesOf, type CheckContext, type Fix, type Problem } from '../kind'

const page = { kind: 'features', key: '' }
const clockPage = { kind: 'clock', key: '' }

/** What QEMU wants of each other (its hyperv.html; kvm_hyperv_expand_features refuses the rest at the start). */
const needs: Record<string, readonly string[]> = {
  hypervSynic: ['hypervVpindex'],
  hypervStimer: ['hypervSynic'],
  hypervTlbFlush: ['hypervVpindex'],
  hypervIpi: ['hypervVpindex'],
  hypervEvmcs: ['hypervVapic'],
}
const names: Record<string, string> = {
  hypervVpindex: 'the virtual processor index',
  hypervSynic: 'synthetic interrupts',
  hypervVapic: 'the virtual APIC',
}

export function featureProblems(values: Values, context: CheckContext): Problem[] {
  return [
    ...hypervProblems(values, context),
    ...machineProblems(values, context),
    ...capabilityProblems(values),
  ]
}

function hypervProblems(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const vendorId = values['hypervVendorId']
  if (typeof vendorId === 'string' && !/^[ -+\--~]*$/.test(vendorId)) {
    problems.push({
      severity: 'error',
      field: 'hypervVendorId',
      message: 'Use letters, digits and signs of the ASCII alphabet, and no comma',
    })
  }
  if (values['hypervMode'] === 'passthrough') return problems
  for (const [field, needed] of Object.entries(needs)) {
    const missing = needed.filter((one) => values[field] === true && values[one] !== true)
    if (missing.length === 0) continue
    problems.push({
      severity: 'error',
      field,
      message: `This needs ${missing.map((one) => names[one] ?? one).join(' and ')}`,
      fix: {
        label: 'Turn that on too',
        changes: [
          { kind: 'set', item: page, values: Object.fromEntries(allNeeds(field).map((one) => [one, true])) },
        ],
      },
    })
  }
  if (values['hypervStimer'] === true && valuesOf(context, 'clock')['hypervClockPresent'] !== true) {
    problems.push({
      severity: 'error',
      field: 'hypervStimer',
      message: 'Synthetic timers need the Hyper-V clock',
      fix: {
        label: 'Turn on the Hyper-V clock',
        changes: [{ kind: 'set', item: clockPage, values: { hypervClockPresent: true } }],
      },
    })
  }
  return problems
}

function allNeeds(field: string): string[] {
  return (needs[field] ?? []).flatMap((one) => [one, ...allNeeds(one)])
}

function machineProblems(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const ring = values['kvmDirtyRingSize']
  if (typeof ring === 'number' && !Number.isInteger(Math.log2(ring)))
    problems.push({
      severity: 'error',
      field: 'kvmDirtyRingSize',
      message: 'Enter a power of two, such as 4096',
    })
  if (values['acpi'] !== true && context.osType === 'hvm' && isX86(context)) {
    problems.push({
      severity: 'hint',
      field: 'acpi',
      message: 'Without ACPI the guest does not notice when it is asked to shut down',
      fix: { label: 'Turn it on', changes: [{ kind: 'set', item: page, values: { acpi: true } }] },
    })
  }
  // https://libvirt.org/formatdomain.html#hypervisor-features: bhyve only
  if (values['unknownMsrs'] !== undefined && isQemu(context)) {
    problems.push({
      severity: 'warning',
      field: 'unknownMsrs',
      message: 'QEMU passes this over. For KVM the host is set: options kvm ignore_msrs=1 in /etc/modprobe.d',
    })
  }
  const [iommu] = itemsOf(context, 'iommu')
  if (iommu?.values['intremap'] === true && values['ioapicDriver'] !== 'qemu' && isX86(context)) {
    const changes: Fix[] = [{ kind: 'set', item: page, values: { ioapicDriver: 'qemu' } }]
    problems.push({
      severity: 'error',
      field: 'ioapicDriver',
      message: 'Interrupt remapping of the IOMMU needs the I/O APIC in QEMU',
      fix: { label: 'Use QEMU’s', changes },
    })
  }
  const cpus = valuesOf(context, 'cpu')['maximum']
  if (isX86(context) && isQemu(context) && values['apic'] !== true && typeof cpus === 'number' && cpus > 1) {
    problems.push({
      severity: 'warning',
      field: 'apic',
      message: 'Without an APIC the guest may use one virtual CPU only',
      fix: { label: 'Turn it on', changes: [{ kind: 'set', item: page, values: { apic: true } }] },
    })
  }
  const tseg = values['smmTseg']
  if (typeof tseg === 'number' && tseg % 1024 ** 2 !== 0)
    problems.push({ severity: 'error', field: 'smmTseg', message: 'Enter whole mebibytes' })
  return problems
}

function capabilityProblems(values: Values): Problem[] {
  const rules = values['capabilityRules']
  const listed = Array.isArray(rules) ? (rules as readonly Row[]).map(({ name }) => plain(name)) : []
  return new Set(listed).size < listed.length
    ? [{ severity: 'error', field: 'capabilityRules', message: 'Each capability can be there once' }]
    : []
}
