/** Where the threads of a running guest run, and which I/O threads it has. */
import { numbersOf } from '../../../shared/model/hardware/cpu-set'
import type { FieldValue, Row, Values } from '../../../shared/model/hardware/field'

export type ThreadStep =
  /** Without `cpus`: on all of the host. `number` is a virtual CPU or an I/O thread. */
  | {
      readonly kind: 'pin'
      readonly what: 'vcpu' | 'emulator' | 'io-thread'
      readonly number: number
      readonly cpus?: string
    }
  | { readonly kind: 'add-io-thread' | 'remove-io-thread'; readonly number: number }

export function emulatorStep(cpus: FieldValue | undefined): ThreadStep {
  return {
    kind: 'pin',
    what: 'emulator',
    number: 0,
    ...(typeof cpus === 'string' ? { cpus } : {}),
  }
}

/** Steps for those that are pinned otherwise than before; `column` has their number. */
export function pinSteps(
  what: 'vcpu' | 'io-thread',
  column: 'vcpu' | 'thread',
  now: FieldValue | undefined,
  next: FieldValue | undefined,
): ThreadStep[] {
  const [before, after] = [pins(now, column), pins(next, column)]
  const numbers = [...new Set([...before.keys(), ...after.keys()])].toSorted((a, b) => a - b)
  return numbers.flatMap((number): ThreadStep[] => {
    const cpus = after.get(number)
    if (isSameSet(before.get(number), cpus)) return []
    return [{ kind: 'pin', what, number, ...(cpus === undefined ? {} : { cpus }) }]
  })
}

function pins(rows: FieldValue | undefined, column: string): Map<number, string> {
  return new Map(
    rowsOf(rows).flatMap((row) => {
      const [number, cpus] = [row[column], row['cpus']]
      return typeof number === 'number' && typeof cpus === 'string' ? [[number, cpus]] : []
    }),
  )
}

function isSameSet(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return numbersOf(a)?.join() === numbersOf(b)?.join()
}

/** Threads that go, then threads that come. */
export function ioThreadSteps(now: Values, next: Values): ThreadStep[] {
  const [before, after] = [threadNumbers(now), threadNumbers(next)]
  return [
    ...before
      .filter((number) => !after.includes(number))
      .map((number) => ({ kind: 'remove-io-thread' as const, number })),
    ...after
      .filter((number) => !before.includes(number))
      .map((number) => ({ kind: 'add-io-thread' as const, number })),
  ]
}

/** Those that are listed, and the lowest free numbers for the rest (virDomainDefIOThreadsParse). */
function threadNumbers({ ioThreads, ioThreadPools }: Values): number[] {
  const count = typeof ioThreads === 'number' ? ioThreads : 0
  const numbers = rowsOf(ioThreadPools).flatMap(({ id }) => (typeof id === 'number' ? [id] : []))
  const all = numbers.slice(0, count)
  for (let id = 1; all.length < count; id += 1) if (!all.includes(id)) all.push(id)
  return all
}

function rowsOf(value: FieldValue | undefined): readonly Row[] {
  return typeof value === 'object' ? value : []
}

export function threadCommand(step: ThreadStep, name: string): string {
  switch (step.kind) {
    case 'add-io-thread':
      return `iothreadadd ${name} ${step.number} --live`
    case 'remove-io-thread':
      return `iothreaddel ${name} ${step.number} --live`
    case 'pin': {
      // "r": all CPUs of the host
      const cpus = step.cpus ?? 'r'
      const at = step.what === 'emulator' ? '' : ` ${step.number}`
      const word = { vcpu: 'vcpupin', emulator: 'emulatorpin', 'io-thread': 'iothreadpin' }[step.what]
      return `${word} ${name}${at} ${cpus.startsWith('^') ? `'${cpus}'` : cpus} --live`
    }
  }
}
