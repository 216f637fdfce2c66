/** Limits and shares of a running guest, which libvirt takes as named parameters of a few calls. */
import type { FieldValue, Values } from '../../../shared/model/hardware/field'
import { shellWord } from '../../../shared/shell-word'

export interface Parameter {
  readonly name: string
  readonly type: 'uint' | 'ullong' | 'llong' | 'string'
  readonly value: number | string
}

/** One call with what it changes; `device` is the target of a disk. */
export interface ParameterStep {
  readonly kind: 'parameters'
  readonly call: 'scheduler' | 'memory' | 'disk-time' | 'memory-nodes' | 'disk-limits'
  readonly device?: string
  readonly parameters: readonly Parameter[]
}

/** `otherwise` is the value that means "not set"; without one a running guest cannot be given back what it had. */
export interface ParameterPlace {
  readonly name: string
  readonly type: Parameter['type']
  readonly otherwise?: number
  /** Of the values of the form. */
  readonly divisor?: number
}

export function parameterOf(
  { name, type, otherwise, divisor = 1 }: ParameterPlace,
  value: FieldValue | undefined,
): Parameter | undefined {
  if (typeof value === 'number') return { name, type, value: Math.ceil(value / divisor) }
  if (typeof value === 'string') return { name, type, value }
  return otherwise === undefined ? undefined : { name, type, value: otherwise }
}

/** VIR_DOMAIN_MEMORY_PARAM_UNLIMITED. */
const unlimitedKiB = Number.MAX_SAFE_INTEGER
const amount = (name: string): ParameterPlace => ({
  name,
  type: 'ullong',
  otherwise: unlimitedKiB,
  divisor: 1024,
})
/** Times in microseconds; a period of 100 ms is the kernel's own, and -1 is no quota. */
const period = (name: string): ParameterPlace => ({ name, type: 'ullong', otherwise: 100_000 })
const quota = (name: string): ParameterPlace => ({ name, type: 'llong', otherwise: -1 })

/** https://libvirt.org/html/libvirt-libvirt-domain.html, VIR_DOMAIN_MEMORY_* */
export const memoryParameters: { readonly [field: string]: ParameterPlace } = {
  hardLimit: amount('hard_limit'),
  softLimit: amount('soft_limit'),
  swapLimit: amount('swap_hard_limit'),
}

/** VIR_DOMAIN_SCHEDULER_*; what share a VM has that was given none differs between hosts (cgroup 1 and 2). */
export const schedulerParameters: { readonly [field: string]: ParameterPlace } = {
  shares: { name: 'cpu_shares', type: 'ullong' },
  period: period('vcpu_period'),
  quota: quota('vcpu_quota'),
  globalPeriod: period('global_period'),
  globalQuota: quota('global_quota'),
  emulatorPeriod: period('emulator_period'),
  emulatorQuota: quota('emulator_quota'),
  ioThreadPeriod: period('iothread_period'),
  ioThreadQuota: quota('iothread_quota'),
}

/** VIR_DOMAIN_NUMA_* */
export const nodeParameters: { readonly [field: string]: ParameterPlace } = {
  nodes: { name: 'numa_nodeset', type: 'string' },
}

/** "totalBytesSecMaxLength" is VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_BYTES_SEC_MAX_LENGTH, "total_bytes_sec_max_length". */
export function limitPlace(field: string): ParameterPlace {
  const name = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  // 0 is no limit
  return { name, type: 'ullong', otherwise: 0 }
}

const deviceColumns = {
  weight: 'device_weight',
  readBytes: 'device_read_bytes_sec',
  writeBytes: 'device_write_bytes_sec',
  readOperations: 'device_read_iops_sec',
  writeOperations: 'device_write_iops_sec',
}

/** VIR_DOMAIN_BLKIO_DEVICE_*: "PATH,NUMBER,PATH,NUMBER"; 0 takes the limit of a device away. */
export function deviceParameters(now: readonly Values[], next: readonly Values[]): Parameter[] {
  const paths = [
    ...new Set([...now, ...next].flatMap(({ path }) => (typeof path === 'string' ? [path] : []))),
  ]
  const of = (list: readonly Values[], path: string, column: string): number => {
    const value = list.find((one) => one['path'] === path)?.[column]
    return typeof value === 'number' ? value : 0
  }
  return Object.entries(deviceColumns).flatMap(([column, name]) => {
    const changed = paths.filter((path) => of(now, path, column) !== of(next, path, column))
    const value = changed.map((path) => `${path},${of(next, path, column)}`).join(',')
    return value === '' ? [] : [{ name, type: 'string' as const, value }]
  })
}

const words: { readonly [call in ParameterStep['call']]: string } = {
  scheduler: 'schedinfo',
  memory: 'memtune',
  'disk-time': 'blkiotune',
  'memory-nodes': 'numatune',
  'disk-limits': 'blkdeviotune',
}
/** Options of virsh are the names of the parameters, but for these. */
const options: { readonly [name: string]: string } = {
  numa_nodeset: 'nodeset',
  device_weight: 'device-weights',
}

export function parameterCommand({ call, device, parameters }: ParameterStep, name: string): string {
  const start = [words[call], name, ...(device === undefined ? [] : [shellWord(device)])]
  if (call === 'scheduler') {
    return [...start, '--live', ...parameters.map((one) => `${one.name}=${one.value}`)].join(' ')
  }
  const given = parameters.map((one) => {
    const option = options[one.name] ?? one.name.replaceAll('_', '-')
    // the largest number stands for "no limit", which virsh writes as -1
    const value = one.value === unlimitedKiB ? '-1' : String(one.value)
    return `--${option}${value.startsWith('-') ? '=' : ' '}${shellWord(value)}`
  })
  return [...start, ...given, '--live'].join(' ')
}
