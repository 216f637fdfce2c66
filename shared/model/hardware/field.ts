/**
 * One setting of a piece of hardware: what it is called, what may be entered, what its absence means and whether it
 * can change under a running guest. Forms are drawn from this, inputs are checked by it in the window and again in main,
 * and backends say where a setting lives in their own format (for libvirt: electron/domain-xml/hardware).
 */
import { capital } from '../../words'

export type Scalar = string | number | boolean
export type Row = { readonly [column: string]: Scalar | undefined }
export type FieldValue = Scalar | readonly Row[]
/** Settings by their id. Absent means: not set, the hypervisor decides. Sizes are bytes, secrets only `true` (is set). */
export type Values = { readonly [field: string]: FieldValue | undefined }

export interface Choice {
  readonly value: string
  readonly label: string
  /** One line that helps to choose. */
  readonly note?: string
  /** The first libvirt that knows it, where that is later than 9.0: older ones refuse the whole definition. */
  readonly since?: string
}

export type FieldType =
  | {
      readonly kind: 'text'
      readonly isLong?: boolean
      readonly isMono?: boolean
      readonly maxLength?: number
      /** For names and numbers with a form of their own: what must match, and the sentence when it does not. */
      readonly form?: { readonly pattern: RegExp; readonly otherwise: string }
    }
  /** Goes to the host and never comes back: `true` stands for one that is set. */
  | {
      readonly kind: 'secret'
      readonly maxLength?: number
      readonly form?: { readonly pattern: RegExp; readonly otherwise: string }
    }
  /** `unit` is shown behind the number. */
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number; readonly unit?: string }
  /** Bytes. */
  | { readonly kind: 'size'; readonly minBytes?: number; readonly maxBytes?: number }
  | {
      readonly kind: 'choice'
      readonly choices: readonly Choice[]
      /** Anything else may be typed. */
      readonly allowsOther?: boolean
      /** Where the host says what it has: "disk.bus" is group "disk", values of "bus" (GuestCapabilities.devices). */
      readonly offeredBy?: string
      /** Whether a choice makes sense beside the other values; forms leave out those that do not. */
      readonly offeredWhen?: (choice: string, values: Values) => boolean
    }
  | { readonly kind: 'flag' }
  | { readonly kind: 'mac' }
  | { readonly kind: 'uuid' }
  /**
   * Absolute path on the host. `mustExist`: the guest cannot start without it, so it is looked for before it is stored.
   * `isFolder`: what is there has to be a folder, which otherwise it must not be. `offers`: files that the host names for it.
   */
  | {
      readonly kind: 'path'
      readonly mustExist?: true
      readonly isFolder?: true
      readonly offers?: 'firmware'
    }
  /** A set of CPUs or nodes as the kernel writes it: "0-3,8". */
  | { readonly kind: 'cpuset' }
  /** What the host has, offered by name and typed freely: networks, bridges, pools… */
  | { readonly kind: 'host-choice'; readonly of: HostChoice }
  /** A list, each entry with the same columns. */
  | {
      readonly kind: 'rows'
      readonly columns: { readonly [column: string]: Field }
      /** What one entry is called: "feature". */
      readonly noun: string
      readonly maxRows?: number
    }

export type HostChoice =
  | 'network'
  | 'bridge'
  | 'interface'
  | 'port-group'
  | 'filter'
  | 'pool'
  | 'volume'
  | 'secret'
  | 'pci-device'
  | 'pci-network-card'
  | 'pci-nvme-drive'
  | 'usb-device'
  | 'scsi-device'
  | 'scsi-host'
  | 'mdev-device'
  | 'render-node'
  | 'machine'
  | 'cpu-model'
  | 'cpu-feature'
  | 'operating-system'

export interface Field {
  readonly label: string
  readonly type: FieldType
  /** What it does, in a sentence; under the field. */
  readonly help?: string
  /** What the hypervisor does when it is not set: "Hypervisor default", "No", "Automatic". */
  readonly absent?: string
  /** Whether the field makes sense beside the others; one that does not is hidden, and removed when it stops to. */
  readonly when?: (values: Values) => boolean
  /** The field makes no sense without a value. */
  readonly isRequired?: boolean
  /** Shown, never changed here. */
  readonly isReadOnly?: boolean
  /** The hypervisor fills it in when it starts a guest (a port, a model), so that a value while it runs is no change. */
  readonly isFilledIn?: boolean
  /** Behind "More settings". */
  readonly isAdvanced?: boolean
  /** Can change while the guest runs. */
  readonly isLive?: boolean
  /** Narrows `isLive` by what the item is: the medium of a drive can change, the image of a hard disk cannot. */
  readonly liveWhen?: (values: Values) => boolean
  /** Why not, where people would expect it: "The guest sees its CPU model at power-on". */
  readonly whyNotLive?: string
}

/** A field's own rule about what is entered, as a sentence for under the field; undefined when all is well. */
export function problemOf(field: Field, value: FieldValue | undefined): string | undefined {
  if (value === undefined || value === '')
    return field.isRequired ? `Enter ${article(field.label)}` : undefined
  const { type } = field
  switch (type.kind) {
    case 'integer':
      return numberProblem(
        value,
        type.min ?? 0,
        type.max,
        (limit) => `${limit}${type.unit ? ` ${type.unit}` : ''}`,
      )
    case 'size':
      return typeof value === 'string'
        ? sizeTextProblem(value, type.minBytes ?? 0)
        : numberProblem(value, type.minBytes ?? 0, type.maxBytes, sizeText)
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'Choose yes or no'
    case 'choice':
      if (typeof value !== 'string') return 'Choose one of the list'
      return type.allowsOther || type.choices.some((one) => one.value === value)
        ? textProblem(value, 256)
        : 'Choose one of the list'
    case 'mac':
      return macProblem(value)
    case 'uuid':
      return matches(value, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'Enter a UUID such as 0f1e2d3c-…')
    case 'path':
      return typeof value === 'string' && value.startsWith('/')
        ? textProblem(value, 4096)
        : 'Enter an absolute path on the host, beginning with "/"'
    case 'cpuset':
      return matches(value, /^\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*$/, 'Enter numbers and ranges such as 0-3,8')
    case 'secret':
      // `true` is one that is set already and stays
      if (value === true) return undefined
      if (typeof value !== 'string') return 'Enter text'
      return (
        textProblem(value, type.maxLength ?? 1024) ??
        (type.form && matches(value, type.form.pattern, type.form.otherwise))
      )
    case 'text':
      return (
        textProblem(value, type.maxLength ?? 4096, type.isLong) ??
        (type.form && matches(value, type.form.pattern, type.form.otherwise))
      )
    case 'host-choice':
      return textProblem(value, 4096)
    case 'rows':
      return rowsProblem(type, value)
  }
}

function rowsProblem(type: Extract<FieldType, { kind: 'rows' }>, value: FieldValue): string | undefined {
  if (!Array.isArray(value)) return 'Enter a list'
  const entries = value as readonly Row[]
  if (type.maxRows !== undefined && entries.length > type.maxRows) return `Use at most ${type.maxRows}`
  for (const [at, row] of entries.entries()) {
    for (const name of Object.keys(row)) if (!(name in type.columns)) return `There is no "${name}" here`
    for (const [name, column] of Object.entries(type.columns)) {
      if (column.when && !column.when(row)) continue
      const problem = problemOf(column, row[name])
      if (problem !== undefined) return `${capital(type.noun)} ${at + 1}, ${column.label}: ${problem}`
    }
  }
  return undefined
}

function numberProblem(
  value: FieldValue,
  min: number,
  max: number | undefined,
  text: (limit: number) => string,
): string | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'Enter a whole number'
  if (value < min) return `Enter ${text(min)} or more`
  return max !== undefined && value > max ? `Enter ${text(max)} or less` : undefined
}

/** What was typed for a size and is none that can be counted in bytes. */
function sizeTextProblem(typed: string, minBytes: number): string {
  if (/^\s*[-−]/.test(typed)) return `Enter ${sizeText(minBytes)} or more`
  return /^\s*\d[\d.,]*\s*([kmgtp]i?b?|b|bytes)?\s*$/i.test(typed)
    ? 'Enter less than 8 PiB, in whole bytes'
    : 'Enter a size such as 512 MiB'
}

/** A unicast address; libvirt refuses multicast ones (virMacAddrIsMulticast). */
function macProblem(value: FieldValue): string | undefined {
  const problem = matches(
    value,
    /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i,
    'Enter a MAC address such as 52:54:00:12:34:56',
  )
  if (problem !== undefined) return problem
  return typeof value === 'string' && Number.parseInt(value.slice(0, 2), 16) & 1
    ? 'This is a multicast address; the first byte must be even'
    : undefined
}

function matches(value: FieldValue, pattern: RegExp, otherwise: string): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? undefined : otherwise
}

function textProblem(value: FieldValue, maxLength: number, isLong = false): string | undefined {
  if (typeof value !== 'string') return 'Enter text'
  if (value.length > maxLength) return `Use at most ${maxLength} characters`
  // XML 1.0 cannot carry them; line breaks only where lines are asked for
  return /[\p{Cc}\uFFFE\uFFFF]/u.test(isLong ? value.replaceAll(/[\n\t]/g, '') : value)
    ? 'This contains control characters'
    : undefined
}

function sizeText(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let at = 0
  let left = bytes
  while (left >= 1024 && left % 1024 === 0 && at < units.length - 1) {
    left /= 1024
    at += 1
  }
  return `${left} ${units[at]}`
}

function article(label: string): string {
  const word = /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
  return `${/^[aeio]/i.test(word) ? 'an' : 'a'} ${word}`
}

/** A value for titles and keys; '' for none and for lists. */
export function plain(value: FieldValue | undefined): string {
  return value === undefined || typeof value === 'object' ? '' : String(value)
}

/** A value in the words of the form: "VirtIO", "4 GiB", "Yes", "3 features". */
export function inWords(field: Field, value: FieldValue | undefined): string {
  if (value === undefined) return field.absent ?? 'Not set'
  const { type } = field
  if (typeof value === 'object')
    return `${value.length} ${type.kind === 'rows' ? type.noun : 'entrie'}${value.length === 1 ? '' : 's'}`
  if (type.kind === 'secret') return 'Set'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (type.kind === 'choice') return type.choices.find((one) => one.value === value)?.label ?? String(value)
  if (typeof value === 'number') {
    return type.kind === 'size'
      ? sizeText(value)
      : `${value}${type.kind === 'integer' && type.unit ? ` ${type.unit}` : ''}`
  }
  return value
}

// Short ways to say a type, for the tables of kinds.
export const text = (
  more: {
    isLong?: boolean
    isMono?: boolean
    maxLength?: number
    form?: { readonly pattern: RegExp; readonly otherwise: string }
  } = {},
): FieldType => ({
  kind: 'text',
  ...more,
})
export const secret = (
  maxLength?: number,
  form?: { readonly pattern: RegExp; readonly otherwise: string },
): FieldType => ({
  kind: 'secret',
  ...(maxLength === undefined ? {} : { maxLength }),
  ...(form === undefined ? {} : { form }),
})
export const integer = (min = 0, max?: number, unit?: string): FieldType => ({
  kind: 'integer',
  min,
  ...(max === undefined ? {} : { max }),
  ...(unit === undefined ? {} : { unit }),
})
export const size = (minBytes = 0, maxBytes?: number): FieldType => ({
  kind: 'size',
  minBytes,
  ...(maxBytes === undefined ? {} : { maxBytes }),
})
export const flag: FieldType = { kind: 'flag' }
export const mac: FieldType = { kind: 'mac' }
export const uuid: FieldType = { kind: 'uuid' }
export const path: FieldType = { kind: 'path' }
export const existingPath: FieldType = { kind: 'path', mustExist: true }
export const existingFolder: FieldType = { kind: 'path', mustExist: true, isFolder: true }
export const firmwarePath: FieldType = { kind: 'path', offers: 'firmware' }
export const cpuset: FieldType = { kind: 'cpuset' }
export const hostChoice = (of: HostChoice): FieldType => ({ kind: 'host-choice', of })

type ChoiceWord = string | readonly [value: string, label: string, note?: string]

function asChoice(word: ChoiceWord, since: { readonly [value: string]: string }): Choice {
  const [value, label = value, note] = typeof word === 'string' ? [word] : word
  const first = since[value]
  return {
    value,
    label,
    ...(note === undefined ? {} : { note }),
    ...(first === undefined ? {} : { since: first }),
  }
}

/** `choice(['virtio', ['sata', 'SATA', 'works without drivers']], { offeredBy: 'disk.bus' })` */
export function choice(
  choices: readonly ChoiceWord[],
  more: {
    allowsOther?: boolean
    offeredBy?: string
    offeredWhen?: (choice: string, values: Values) => boolean
    since?: { readonly [value: string]: string }
  } = {},
): FieldType {
  const { since = {}, ...rest } = more
  return { kind: 'choice', choices: choices.map((word) => asChoice(word, since)), ...rest }
}

export function rows(
  noun: string,
  columns: { readonly [column: string]: Field },
  maxRows?: number,
): FieldType {
  return { kind: 'rows', noun, columns, ...(maxRows === undefined ? {} : { maxRows }) }
}

/** For `when`: the other field has one of these values. */
export function has(field: string, ...values: readonly Scalar[]): (all: Values) => boolean {
  return (all) => values.includes(all[field] as Scalar)
}
