/**
 * One setting changed wherever the collection has it: nothing of the definition is touched but the places the setting
 * declares, what nobody knows survives there, and the old value brings the old text back.
 */
import { describe, expect, it } from 'vitest'
import type { EditDocument, EditElement } from '../edit/tree'
import { hardwareKinds } from '../../../shared/model/hardware/kinds'
import { bindingOf } from './bindings'
import { charBackendPlaces } from './kinds/char-backend'
import { findItems, isSameValue, readValues, type PlacedItem } from './items'
import { conditionalFields, placesOfField, takeOut } from './testing/declared-places'
import { fixtures } from './testing/fixtures'
import { changed, nameOf, oneChanges, settable, type OneChange } from './testing/one-change'
import { givesWay } from './testing/touched-places'
import { namedSettings, whyNotRestored } from './testing/not-restored'
import { meaningOf, partsOf } from './testing/parts-of'

const documents = fixtures()
const changes = oneChanges(documents, 2)

describe('one setting that is changed', { timeout: 120_000 }, () => {
  it('is every setting there is', () => {
    const tried = new Set(changes.map(nameOf))
    const places = new Set(changes.map(({ binding }) => binding))
    const untried = hardwareKinds.flatMap(({ id }) =>
      Object.entries(bindingOf(id)?.kind.fields ?? {})
        .filter(([field, { isReadOnly }]) => !isReadOnly && !tried.has(`${id}.${field}`))
        .filter(([field]) => !isShared(id, field) || !places.has(bindingOf(id)?.fields[field]))
        .map(([field]) => `${id}.${field}`),
    )
    expect(untried).toEqual(onlyOneValue)
  })

  it('touches nothing but the places it declares', () => {
    let count = 0
    for (const change of changes) {
      const after = made(change, change.document)
      if (!after || becomesAnother(change, after)) continue
      count += 1
      expect(outside(change, after, after), say(change)).toBe(outside(change, change.document, after))
    }
    process.stdout.write(`${count} changes of ${new Set(changes.map(nameOf)).size} settings\n`)
  })

  it('leaves comments and attributes that nobody knows where they are', () => {
    for (const change of changes) {
      if (change.value === undefined) continue
      const before = change.document.clone()
      mark(itemIn(change, before).element, before.root)
      const after = made(change, before)
      if (!after || becomesAnother(change, after)) continue
      const text = after.toString()
      expect(
        marksThatStay(change, before, after).filter((one) => !text.includes(one)),
        say(change),
      ).toEqual([])
    }
  })

  it('is taken back without a trace, but for those that are named with a reason', () => {
    const counts = { byteForByte: 0, inAnotherOrder: 0, named: 0 }
    const bad: string[] = []
    const used = new Set<string>()
    for (const change of changes) {
      const after = made(change, change.document)
      if (!after) continue
      const back = becomesAnother(change, after) ? undefined : takenBack(change, after)
      if (back?.toString() === change.document.toString()) {
        counts.byteForByte += 1
        continue
      }
      const left = new Set(partsOf(after.root))
      const isAddition = [...partsOf(change.document.root)].every((part) => left.has(part))
      if (!isAddition && back && meaningOf(back.root) === meaningOf(change.document.root))
        counts.inAnotherOrder += 1
      else if (whyNotRestored(change) === undefined) bad.push(say(change))
      else {
        counts.named += 1
        used.add(nameOf(change))
      }
    }
    process.stdout.write(`taken back: ${JSON.stringify(counts)}\n`)
    expect(bad).toEqual([])
    expect(namedSettings.filter((name) => !used.has(name))).toEqual([])
  })
})

/** Settings for which there is one value only. */
const onlyOneValue = [
  'redirdev.bus',
  'hub.type',
  'crypto.model',
  'crypto.type',
  'crypto.backend',
  'pstore.backend',
]

/** Character devices have the ends on the host in common, and so their places. */
function isShared(kind: string, field: string): boolean {
  const shared: Readonly<Record<string, unknown>> = charBackendPlaces
  return field in shared && bindingOf(kind)?.fields[field] === shared[field]
}

function say(change: OneChange): string {
  return `${nameOf(change)} of ${change.fixture}: ${JSON.stringify(change.old)} -> ${JSON.stringify(change.value)}`
}

function made(change: OneChange, document: EditDocument): EditDocument | undefined {
  const { at, field, value } = change
  return value === undefined ? changed(document, at, {}, [field]) : changed(document, at, { [field]: value })
}

function itemIn({ at }: OneChange, { root }: EditDocument): PlacedItem {
  const item = findItems(root)[at]
  if (!item) throw new Error('The item is gone')
  return item
}

/** A console that follows the first serial port is none of its own. */
function becomesAnother(change: OneChange, after: EditDocument): boolean {
  const isAnother = findItems(after.root)[change.at]?.binding.kind.id !== change.kind
  if (isAnother) expect(nameOf(change)).toBe('console.targetType')
  return isAnother
}

/** All that differs is set back, as the form does that takes back a change. */
function takenBack(change: OneChange, after: EditDocument): EditDocument | undefined {
  const before = readValues(itemIn(change, change.document))
  const item = itemIn(change, after)
  const now = readValues(item)
  const touched = settable(item)
    .map(([id]) => id)
    .filter((id) => !isSameValue(before[id], now[id]))
  return changed(
    after,
    change.at,
    Object.fromEntries(touched.flatMap((id) => (before[id] === undefined ? [] : [[id, before[id]]]))),
    touched.filter((id) => before[id] === undefined),
  )
}

/** Settings that made sense before and no longer do. */
function goneWith(change: OneChange, after: EditDocument): string[] {
  const [before, now] = [change.document, after].map((one) => readValues(itemIn(change, one)))
  return conditionalFields(itemIn(change, after).binding.kind).filter(
    (id) => id !== change.field && before?.[id] !== undefined && now?.[id] === undefined,
  )
}

function outside(change: OneChange, of: EditDocument, after: EditDocument): string {
  const document = of.clone()
  const { binding, element } = itemIn(change, document)
  const places = [change.field, ...goneWith(change, after)].flatMap((id) => placesOfField(binding, id))
  takeOut(element, document.root, places)
  return document.toString()
}

/** A comment and an attribute with a number in every element of the item. */
function mark(item: EditElement, domain: EditElement): void {
  let count = 0
  const visit = (element: EditElement): void => {
    for (const child of element.children()) if (child.name !== 'devices') visit(child)
    if (element === domain) return
    count += 1
    element.setAttribute('our:kept', `a${count};`)
    element.nodes.unshift({ kind: 'comment', raw: `<!-- c${count}; -->` })
  }
  visit(item)
}

function marksThatStay(change: OneChange, of: EditDocument, after: EditDocument): string[] {
  const document = of.clone()
  const { binding, element } = itemIn(change, document)
  const own = placesOfField(binding, change.field).filter(
    (place) => place !== '.' && !place.endsWith('text()'),
  )
  const gone = goneWith(change, after)
    .flatMap((id) => placesOfField(binding, id))
    .map((place) => place.replace(/\/text\(\)$/, ''))
  const places = [...own, ...gone, ...(givesWay[nameOf(change)] ?? [])]
  takeOut(
    element,
    document.root,
    places.filter((place) => !/(^|\/)@/.test(place) && place !== '.'),
  )
  return document.toString().match(/\b[ac]\d+;/g) ?? []
}
