/** Works out what changes come to: the new definition, what each does, and the same as commands. Touches nothing. */
import { AppError } from '../../../shared/errors'
import { effectOf } from '../../../shared/model/hardware/effects'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ChangeEffect, ChangePreview } from '../../../shared/model/hardware/view'
import type { EditDocument } from '../edit/tree'
import { maskSecrets, unmaskSecrets } from '../secrets'
import { applyChanges, type Applied } from './change'
import { editable, hardwareContext, type Definitions } from './view'

export interface WorkedOut {
  readonly before: EditDocument
  readonly after: EditDocument
  /** Of the guest, while it runs. */
  readonly running?: EditDocument
  readonly applied: readonly Applied[]
  readonly effects: readonly ChangeEffect[]
}

export function workOut(
  definitions: Definitions,
  changes: readonly HardwareChange[],
  when: 'now' | 'next-start',
): WorkedOut {
  const before = editable(definitions)
  const { document: after, applied } = applyChanges(before.clone(), changes, definitions.running)
  unmaskSecrets(after, before)
  const identity = (of: EditDocument): string => of.root.find('uuid')?.text() ?? ''
  if (identity(after) !== identity(before)) {
    throw new AppError('invalid', 'The UUID of a VM cannot be changed', {
      cure: 'A definition with another UUID is another VM. Put the old one back, or make a new VM of it.',
      field: 'uuid',
    })
  }
  if (after.root.find('name')?.text() !== before.root.find('name')?.text()) {
    throw new AppError('invalid', 'A VM is not renamed by its definition', {
      cure: 'Use Rename in its menu, which takes what belongs to the VM along.',
      field: 'name',
    })
  }
  const context = hardwareContext(definitions)
  const { stored, running } = definitions
  const effects = changes.map((change) => effectOf(change, context, stored ? when : 'now'))
  return { before, after, applied, effects, ...(running ? { running } : {}) }
}

/** `commands` do the same for whoever has a shell. */
export function previewOf(worked: WorkedOut, commands: readonly string[]): ChangePreview {
  return {
    before: maskSecrets(worked.before),
    after: maskSecrets(worked.after),
    effects: worked.effects,
    commands,
  }
}
