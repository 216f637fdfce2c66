/** What is noted of a start beside the guest (argv.json), for whoever looks at what runs. */
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
