import { describe, expect, it } from 'vitest'
import { isKind } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { EditDocument } from '../edit/tree'
import { canonical } from '../edit/difference'
import { applyChanges } from './change'
import { findItems, isSameItem } from './items'
import { readItems, hardwareContext } from './view'
import { chance, randomChange } from './testing/random-change'
import { fixtures } from './testing/fixtures'

const documents = fixtures()

describe('every definition of the collection', () => {
  it('is written back byte for byte when nothing was changed', () => {
    for (const { name, text } of documents) expect(EditDocument.parse(text).toString(), name).toBe(text)
  })

  it('is read as hardware without being changed', () => {
    for (const { name, text } of documents) {
      const document = EditDocument.parse(text)
      readItems(document.root, document.root)
      expect(document.toString(), name).toBe(text)
    }
  })

  it('stays as it was when every value is set to what it is', () => {
    for (const { name, text } of documents) {
      const document = EditDocument.parse(text)
      const changes = settable(document)
      const { document: after } = applyChanges(document, changes)
      expect(after.toString(), name).toBe(text)
    }
  })

  it('loses and gains nothing but the item that a change names', () => {
    for (const [index, { name, text }] of documents.entries()) {
      const next = chance(index + 1)
      const before = EditDocument.parse(text)
      const context = hardwareContext({ stored: before })
      for (let tries = 0; tries < 12; tries += 1) {
        const change = randomChange(next, context)
        if (!change || change.kind !== 'set') continue
        const after = changed(before, change)
        if (!after) continue
        const at = findItems(before.root).findIndex((item) => isSameItem(item.ref, change.item))
        // the sound of a display that becomes another one goes with it: kinds/graphics
        const goesAlong = change.item.kind === 'graphics' && 'type' in change.values ? 'audio' : undefined
        const rest = (document: EditDocument): string[] => others(document, at, goesAlong)
        expect(rest(after), `${name}: ${JSON.stringify(change)}`).toEqual(rest(before))
      }
    }
  })
})

/** Each field set to its own value, as a form does that is applied untouched. */
function settable(document: EditDocument): HardwareChange[] {
  return readItems(document.root, undefined).flatMap(({ ref, values }) => {
    const fields =
      findItems(document.root).find((item) => isSameItem(item.ref, ref))?.binding.kind.fields ?? {}
    const own = Object.entries(values).filter(([id]) => !fields[id]?.isReadOnly)
    return own.length === 0
      ? []
      : [{ kind: 'set' as const, item: ref, values: Object.fromEntries(own) as never }]
  })
}

/** Undefined for what is refused with a sentence for the form. */
function changed(before: EditDocument, change: HardwareChange): EditDocument | undefined {
  try {
    return applyChanges(before.clone(), [change]).document
  } catch (error) {
    if (isKind(error, 'invalid')) return undefined
    throw error
  }
}

/** All devices but the one at this place of the list, and those of a kind that changes with it. */
function others(document: EditDocument, place: number, except?: string): string[] {
  return findItems(document.root)
    .filter(
      ({ element, binding }, index) =>
        element !== document.root && index !== place && binding.kind.id !== except,
    )
    .map(({ element, binding }) => `${binding.kind.id} ${canonical(element)}`)
}
