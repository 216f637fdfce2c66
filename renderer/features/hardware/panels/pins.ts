/** Which of a VM's threads may run on which CPUs of the host, and how the fields say it. Pure. */
import { numbersOf, setOf } from '../../../../shared/model/hardware/cpu-set'
import type { FieldValue, Row, Values } from '../../../../shared/model/hardware/field'

export type PinTarget =
  | { readonly kind: 'vcpu'; readonly id: number }
  | { readonly kind: 'emulator' }
  | { readonly kind: 'io-thread'; readonly id: number }

/** Lists from a host are not trusted to be short. */
const maxTargets = 1024

export function targetKey(target: PinTarget): string {
  return target.kind === 'emulator' ? 'emulator' : `${target.kind} ${target.id}`
}

export function targetTitle(target: PinTarget): string {
  if (target.kind === 'emulator') return 'Emulator'
  return target.kind === 'vcpu' ? `vCPU ${target.id}` : `I/O thread ${target.id}`
}

export function pinTargets(values: Values, vcpus: number): PinTarget[] {
  return [
    ...Array.from({ length: Math.min(vcpus, maxTargets) }, (_, id) => ({ kind: 'vcpu', id }) as const),
    { kind: 'emulator' },
    ...ioThreadIds(values).map((id) => ({ kind: 'io-thread', id }) as const),
  ]
}

/** Threads are numbered from 1 unless they are listed; a pin of another one is shown too. */
function ioThreadIds({ ioThreads, ioThreadPools, ioThreadPins }: Values): number[] {
  const ids = new Set(rowsOf(ioThreadPools).flatMap(({ id }) => (typeof id === 'number' ? id : [])))
  const count = Math.min(typeof ioThreads === 'number' ? ioThreads : 0, maxTargets)
  for (let id = 1; ids.size < count; id += 1) ids.add(id)
  for (const { thread } of rowsOf(ioThreadPins)) if (typeof thread === 'number') ids.add(thread)
  return [...ids].toSorted((a, b) => a - b)
}

/** As it is written; undefined where it is pinned to nothing. */
export function pinOf(values: Values, target: PinTarget): string | undefined {
  const set = target.kind === 'emulator' ? values['emulatorPin'] : rowOf(values, target)?.['cpus']
  return typeof set === 'string' ? set : undefined
}

export function pinnedCpus(values: Values, target: PinTarget): ReadonlySet<number> {
  return new Set(numbersOf(pinOf(values, target) ?? '') ?? [])
}

function rowOf(values: Values, target: Exclude<PinTarget, { kind: 'emulator' }>): Row | undefined {
  const [field, column] = placeOf(target)
  return rowsOf(values[field]).find((row) => row[column] === target.id)
}

function placeOf({ kind }: PinTarget): readonly [field: 'vcpuPins' | 'ioThreadPins', column: string] {
  return kind === 'vcpu' ? ['vcpuPins', 'vcpu'] : ['ioThreadPins', 'thread']
}

/** The fields that change when targets get these sets; an empty or absent one unpins. */
export function pinned(
  values: Values,
  pins: readonly { readonly target: PinTarget; readonly cpus: string | undefined }[],
): Values {
  const changed: Record<string, FieldValue | undefined> = {}
  const at = (field: string): FieldValue | undefined => (field in changed ? changed[field] : values[field])
  for (const { target, cpus } of pins) {
    if (target.kind === 'emulator') {
      changed['emulatorPin'] = cpus === '' ? undefined : cpus
      continue
    }
    const [field, column] = placeOf(target)
    const before = rowsOf(at(field))
    const index = before.findIndex((row) => row[column] === target.id)
    const isSet = cpus !== undefined && cpus !== ''
    const row = { [column]: target.id, cpus: cpus ?? '' }
    const rows =
      index !== -1
        ? isSet
          ? before.with(index, { ...before[index], cpus })
          : before.toSpliced(index, 1)
        : isSet
          ? before.toSpliced(placeFor(before, column, target.id), 0, row)
          : before
    changed[field] = rows.length === 0 ? undefined : rows
  }
  return changed
}

/** In rising order, as far as the rows are. */
function placeFor(rows: readonly Row[], column: string, id: number): number {
  const at = rows.findIndex((row) => Number(row[column]) > id)
  return at === -1 ? rows.length : at
}

/** Adds CPUs to a set or takes them out, and says the rest as shortly as can be. */
export function withCpus(set: ReadonlySet<number>, cpus: Iterable<number>, isOn: boolean): string {
  const next = new Set(set)
  for (const cpu of cpus) {
    if (isOn) next.add(cpu)
    else next.delete(cpu)
  }
  return setOf([...next])
}

function rowsOf(value: Values[string]): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : []
}
