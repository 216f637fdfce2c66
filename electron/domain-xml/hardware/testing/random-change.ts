/** Changes as a user of the forms could make them, by chance: only what the forms would let through. */
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import {
  problemOf,
  type Field,
  type FieldValue,
  type Row,
  type Values,
} from '../../../../shared/model/hardware/field'
import type { HardwareContext, Kind } from '../../../../shared/model/hardware/kind'
import { hardwareKinds } from '../../../../shared/model/hardware/kinds'
import type { HardwareItem } from '../../../../shared/model/hardware/view'

export type Chance = () => number

/** mulberry32: the same seed makes the same run. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function pick<T>(next: Chance, from: readonly T[]): T | undefined {
  return from[Math.floor(next() * from.length)]
}

export function randomChange(next: Chance, context: HardwareContext): HardwareChange | undefined {
  const what = next()
  if (what < 0.15) return randomAdd(next, context)
  const item = pick(next, context.items)
  const kind = hardwareKinds.find((one) => one.id === item?.ref.kind)
  if (!item || !kind || kind.whyNotOffered?.(context) !== undefined) return undefined
  if (what < 0.25 && kind.role === 'device') return { kind: 'remove', item: item.ref }
  return randomSet(next, kind, item, context)
}

function randomAdd(next: Chance, context: HardwareContext): HardwareChange | undefined {
  const kind = pick(
    next,
    hardwareKinds.filter(
      (one) =>
        one.defaults &&
        one.whyNotOffered?.(context) === undefined &&
        context.items.filter((item) => item.ref.kind === one.id).length <
          (one.max ?? Number.POSITIVE_INFINITY),
    ),
  )
  const values = kind?.defaults?.(context)
  if (!kind || !values || !isAcceptable(kind, values, context)) return undefined
  return { kind: 'add', device: kind.id, key: 'new', values: { ...values } }
}

function randomSet(
  next: Chance,
  kind: Kind,
  item: HardwareItem,
  context: HardwareContext,
): HardwareChange | undefined {
  const field = pick(
    next,
    Object.entries(kind.fields).filter(([, one]) => !one.isReadOnly && (one.when?.(item.values) ?? true)),
  )
  if (!field) return undefined
  const [id, spec] = field
  if (next() < 0.25 && !spec.isRequired) {
    const values = { ...item.values, [id]: undefined }
    return isAcceptable(kind, values, context, item)
      ? { kind: 'set', item: item.ref, values: {}, unset: [id] }
      : undefined
  }
  const value = randomValue(next, spec, item.values)
  if (value === undefined || problemOf(spec, value) !== undefined) return undefined
  const values = { ...item.values, [id]: value }
  if (!isAcceptable(kind, values, context, item)) return undefined
  return { kind: 'set', item: item.ref, values: { [id]: value } }
}

/** The form would not let it through otherwise: fields that are needed now, rules of the kind. */
function isAcceptable(kind: Kind, values: Values, context: HardwareContext, item?: HardwareItem): boolean {
  for (const [id, field] of Object.entries(kind.fields)) {
    if (field.when && !field.when(values)) continue
    if (problemOf(field, values[id]) !== undefined) return false
  }
  const problems = kind.check?.(values, { ...context, ...(item ? { self: item.ref } : {}) }) ?? []
  return problems.every((problem) => problem.severity !== 'error')
}

const texts = [
  'plain',
  'a & b',
  '<tag>',
  `it's "quoted"`,
  'größer ≥ 1',
  'x'.repeat(80),
  'a,b=c\\d',
  ' inner  spaces ',
]

export function randomValue(next: Chance, field: Field, others: Values): FieldValue | undefined {
  const { type } = field
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => whole(0, 15).toString(16)).join('')
  switch (type.kind) {
    case 'integer': {
      const min = type.min ?? 0
      return whole(min, Math.min(type.max ?? min + 200, min + 200))
    }
    case 'size': {
      const step = 1024 ** 2
      const min = Math.ceil((type.minBytes ?? 0) / step)
      return (
        whole(Math.max(min, 1), Math.min((type.maxBytes ?? Number.MAX_SAFE_INTEGER) / step, min + 4096)) *
        step
      )
    }
    case 'flag':
      return next() < 0.5
    case 'choice':
      // the schema of the test is that of libvirt 9.0
      return pick(
        next,
        type.choices.filter(
          (one) => one.since === undefined && (type.offeredWhen?.(one.value, others) ?? true),
        ),
      )?.value
    case 'mac':
      return `52:54:00:${hex(2)}:${hex(2)}:${hex(2)}`
    case 'uuid':
      return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
    case 'path':
      return pick(next, ['/var/lib/libvirt/images/one.img', '/srv/a & b/ünïcode', '/dev/sdb'])
    case 'cpuset':
      return pick(next, ['0', '0-3', '1,3', '0-7,^2'])
    case 'host-choice':
      return pick(next, ['default', 'br0', 'name-1'])
    case 'secret':
      return pick(next, ['hush', 'p<&>w'])
    case 'text':
      return pick(next, texts)?.slice(0, type.maxLength ?? 4096)
    case 'rows':
      return Array.from({ length: whole(0, Math.min(3, type.maxRows ?? 3)) }, () =>
        randomRow(next, type.columns),
      )
  }
}

function randomRow(next: Chance, columns: { readonly [column: string]: Field }): Row {
  const row: Record<string, string | number | boolean> = {}
  for (const [name, column] of Object.entries(columns)) {
    if (column.when && !column.when(row)) continue
    if (!column.isRequired && next() < 0.4) continue
    const value = randomValue(next, column, row)
    if (value !== undefined && typeof value !== 'object') row[name] = value
  }
  return row
}
