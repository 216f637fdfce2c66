/** What is told to somebody whose changes were made on a definition that is no longer there. */
import { AppError } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ApplyOutcome } from '../../../shared/model/hardware/view'
import type { EditDocument } from '../edit/tree'
import { maskSecrets } from '../secrets'
import { editable, fingerprint, type Definitions } from './view'
import { workOut } from './work-out'

/** `before`: what the changes were made on, where that is still known. */
export function conflictOf(
  definitions: Definitions,
  before: EditDocument | undefined,
  { changes, when }: { readonly changes: readonly HardwareChange[]; readonly when: 'now' | 'next-start' },
): ApplyOutcome {
  const current = editable(definitions)
  const ours = before && withChanges(before, definitions, changes, when)
  return {
    kind: 'conflict',
    base: fingerprint(current),
    theirs: maskSecrets(current),
    ...(before ? { before: maskSecrets(before) } : {}),
    ...(ours === undefined ? {} : { ours }),
  }
}

/** Changes that do not fit cannot be shown as a text. */
function withChanges(
  before: EditDocument,
  { running }: Definitions,
  changes: readonly HardwareChange[],
  when: 'now' | 'next-start',
): string | undefined {
  try {
    const definitions = { stored: before, ...(running ? { running } : {}) }
    return maskSecrets(workOut(definitions, changes, when).after)
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
