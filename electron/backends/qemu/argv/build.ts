/** What the parts of a command are put together in. */
import { AppError } from '../../../../shared/errors'
import type { MachineFacts } from './machine-facts'
import type { ArgvPart, ArgvSurroundings, FileCopy, Helper } from './plan'
import type { Places } from './places'
import type { Reading } from './reading'

export interface Build {
  readonly domain: Reading
  readonly devices: readonly Reading[]
  readonly machine: MachineFacts
  readonly host: ArgvSurroundings
  readonly isKvm: boolean
  readonly places: Places
  readonly parts: ArgvPart[]
  readonly notes: string[]
  readonly helpers: Helper[]
  readonly copies: FileCopy[]
  readonly ids: ReadonlyMap<Reading, string>
  /** Properties of the processor that stand elsewhere in the definition. */
  readonly cpuFlags: string[]
  /** Where each device stands in the order of starting, when the whole has one. */
  readonly bootIndexes: ReadonlyMap<Reading, number>
}

export function add(build: Build, of: string, why: string, ...words: readonly string[]): void {
  build.parts.push({ of, why, words })
}

export function idOf(build: Build, device: Reading): string {
  const id = build.ids.get(device)
  if (id === undefined) throw new AppError('internal', `A device without a name was planned: ${device.path}`)
  return id
}

/** What would come to another machine than the one that is defined is refused, not told. */
export function refuse(message: string, cure: string): never {
  throw new AppError('unsupported', message, { cure })
}
