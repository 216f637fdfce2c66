/**
 * What the user changed on the definition that the choices came to. Fields are changed on whatever it is by now; a text
 * only counts for the definition it was written for, as it would silently undo every choice made after it.
 */
import { AppError } from '../../shared/errors'
import type { HardwareChange } from '../../shared/model/hardware/change'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { EditDocument, EditElement } from '../domain-xml/edit/tree'
import { fingerprint } from '../domain-xml/hardware/view'
import { workOut } from '../domain-xml/hardware/work-out'

export interface Changed {
  readonly document: EditDocument
  /** What the hardware pages begin with: what was written last as a text, without the changes of fields after it. */
  readonly basis: EditDocument
}

/** Ends with the AppError of the change that does not fit. */
export function changed(unchanged: EditDocument, { changes, changesBase }: NewVmInput): Changed {
  if (changesBase !== undefined && hasText(changes) && changesBase !== fingerprint(unchanged))
    throw new AppError('invalid', 'Other choices were made after the definition was edited as a text', {
      field: 'changes',
    })
  let document = unchanged
  let basis = unchanged
  for (const part of parts(changes)) {
    // by parts, so that a text keeps the secrets that were set before it
    document = workOut({ stored: document }, part, 'next-start').after
    if (hasText(part)) basis = document
  }
  return { document, basis }
}

/** The same for the definition that is stored: of volumes that are there it names the place they have got. */
export function changedWith(planned: EditDocument, made: EditDocument, input: NewVmInput): EditDocument {
  if (!hasText(input.changes)) return changed(made, input).document
  const { document } = changed(planned, input)
  const places = sources(made)
  const left = new Set(sources(document))
  for (const [at, source] of sources(planned).entries()) {
    const place = places[at]
    if (!place) continue
    for (const name of ['file', 'dev']) {
      const [before, now] = [source.attribute(name), place.attribute(name)]
      if (before === undefined || now === undefined || before === now) continue
      const written = [...left].find((one) => one.attribute(name) === before)
      if (!written) continue
      written.setAttribute(name, now)
      left.delete(written)
    }
  }
  return document
}

function hasText(changes: readonly HardwareChange[]): boolean {
  return changes.some(({ kind }) => kind === 'definition')
}

/** Each text is a part of its own. */
function parts(changes: readonly HardwareChange[]): HardwareChange[][] {
  const all: HardwareChange[][] = []
  for (const change of changes) {
    const last = all.at(-1)
    if (!last || change.kind === 'definition' || hasText(last)) all.push([change])
    else last.push(change)
  }
  return all
}

function sources({ root }: EditDocument): EditElement[] {
  return (root.find('devices')?.children('disk') ?? []).flatMap((disk) => disk.find('source') ?? [])
}
