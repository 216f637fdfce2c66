/** What is noted of a start beside the guest (argv.json), for whoever looks at what runs. */
import { z } from 'zod'
import type { VmId } from '../../../../shared/model/ids'
import type { Store } from '../store/store'
import type { ArgvPart, ArgvPlan, Helper } from '../argv/plan'
import { runParts } from './run-parts'

export interface StartNote {
  /** With the environment in front. */
  readonly program: readonly string[]
  readonly parts: readonly ArgvPart[]
  readonly helpers: readonly Pick<Helper, 'program' | 'words' | 'of' | 'why'>[]
  readonly notes: readonly string[]
}

/** `memoryFolder` and `memoryFile`: read by what the memory of a guest is written and read with (memory.ts, snapshots). */
export function programOf(
  { environment, program }: Pick<ArgvPlan, 'environment' | 'program'>,
  memoryFolder: string,
  memoryFile?: string,
): string[] {
  return [
    'env',
    `INNKEEPER_MEMORY=${memoryFolder}/memory`,
    ...(memoryFile === undefined ? [] : [`INNKEEPER_SOURCE=${memoryFile}`]),
    ...environment.map(([name, value]) => `${name}=${value}`),
    program,
  ]
}

export function wholeParts(plan: Pick<ArgvPlan, 'parts'>, runFolder: string): ArgvPart[] {
  return [...plan.parts, ...runParts(runFolder)]
}

const noteFile = 'argv.json'

/** Of a guest that was changed while it runs: its parts are those of a start of what it is now. */
export async function renewNote(store: Store, id: VmId, plan: ArgvPlan): Promise<void> {
  const path = `run/${id}/${noteFile}`
  const known = z.looseObject({}).safeParse(parsed((await store.read([path])).get(path) ?? ''))
  const { notes, helpers } = plan
  const note = { ...known.data, parts: wholeParts(plan, store.runFolder(id)), helpers, notes }
  await store.writeRun(id, noteFile, JSON.stringify(note))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
