/**
 * What turns one document into another, as steps that virt-xml's `--xml` understands
 * (virt-xml(1): xpath.set, xpath.create, xpath.delete). Paths count elements of one name from 1. Sets and creates come
 * first and count as the old document does; deletes of elements come last, from the back, so that none moves another.
 *
 * virt-xml takes each step twice. So a delete says how many there are before it, and does nothing the second time.
 */
import type { EditElement } from './tree'

export type PathStep =
  | { readonly kind: 'set'; readonly path: string; readonly value: string }
  | { readonly kind: 'create'; readonly path: string }
  | { readonly kind: 'delete'; readonly path: string }

/** Whether a step takes an element out, after which others of its name have other numbers. */
export function movesOthers(step: PathStep): boolean {
  return step.kind === 'delete' && step.path.endsWith(']')
}

export function difference(before: EditElement, after: EditElement): PathStep[] {
  const steps: PathStep[] = []
  const deletes: PathStep[] = []
  compare(before, after, '.', steps, deletes)
  return [...steps, ...deletes]
}

function compare(
  before: EditElement,
  after: EditElement,
  path: string,
  steps: PathStep[],
  deletes: PathStep[],
): void {
  for (const name of after.attributeNames()) {
    const value = after.attribute(name) ?? ''
    if (name.startsWith('xmlns') || value === before.attribute(name)) continue
    steps.push({ kind: 'set', path: `${path}/@${name}`, value })
  }
  for (const name of before.attributeNames()) {
    if (after.attribute(name) === undefined) steps.push({ kind: 'delete', path: `${path}/@${name}` })
  }
  const text = after.text()
  if (text !== before.text() && after.children().length === 0) {
    if (text === undefined) steps.push({ kind: 'delete', path: `${path}/text()` })
    else steps.push({ kind: 'set', path, value: text })
  }
  const names = new Set([...before.children(), ...after.children()].map((child) => child.name))
  for (const name of names)
    compareGroup(before.children(name), after.children(name), `${path}/${name}`, steps, deletes)
}

function compareGroup(
  before: readonly EditElement[],
  after: readonly EditElement[],
  path: string,
  steps: PathStep[],
  deletes: PathStep[],
): void {
  const pairs = inOrder(before, after)
  const isAlone = before.length <= 1 && after.length <= 1
  const at = (index: number): string => (isAlone ? path : `${path}[${index + 1}]`)
  let next = before.length
  const gone: number[] = []
  for (const [old, new_] of pairs) {
    if (old !== undefined && new_ !== undefined) {
      const [one, other] = [before[old], after[new_]]
      if (one && other) compare(one, other, at(old), steps, deletes)
    } else if (old !== undefined) {
      gone.push(old)
    } else if (new_ !== undefined) {
      const element = after[new_]
      if (element) create(element, at(next), steps)
      next += 1
    }
  }
  for (const old of gone.toReversed()) {
    deletes.push({ kind: 'delete', path: isAlone ? path : `${path}[${nthOf(old, next)}]` })
    next -= 1
  }
}

/** True once only: when it is gone there are fewer. Without "/" and with one "=", as virt-xml takes paths apart by them. */
function nthOf(index: number, count: number): string {
  return `last()-position()=${count - 1 - index} and last()>${count - 1}`
}

function create(element: EditElement, path: string, steps: PathStep[]): void {
  const names = element.attributeNames().filter((name) => !name.startsWith('xmlns'))
  const children = element.children()
  const text = children.length === 0 ? element.text() : undefined
  if (names.length === 0 && children.length === 0 && text === undefined) {
    steps.push({ kind: 'create', path })
    return
  }
  for (const name of names)
    steps.push({ kind: 'set', path: `${path}/@${name}`, value: element.attribute(name) ?? '' })
  if (text !== undefined) steps.push({ kind: 'set', path, value: text })
  const counts = new Map<string, number>()
  for (const child of children) {
    const number = (counts.get(child.name) ?? 0) + 1
    counts.set(child.name, number)
    const isAlone = element.children(child.name).length === 1
    create(child, isAlone ? `${path}/${child.name}` : `${path}/${child.name}[${number}]`, steps)
  }
}

/** `before` without the elements that go and make others count differently. */
export function withoutGone(before: EditElement, after: EditElement): EditElement {
  const copy = before.clone()
  dropGone(copy, after)
  return copy
}

function dropGone(before: EditElement, after: EditElement): void {
  for (const name of new Set(before.children().map((child) => child.name))) {
    const [old, new_] = [before.children(name), after.children(name)]
    if (old.length <= 1 && new_.length <= 1) {
      if (old[0] && new_[0]) dropGone(old[0], new_[0])
      continue
    }
    for (const [left, right] of inOrder(old, new_)) {
      const [one, other] = [old[left ?? -1], new_[right ?? -1]]
      if (one && other) dropGone(one, other)
      else one?.remove()
    }
  }
}

/** A new element can only be made behind the others: where it belongs before one, each becomes the one of its place. */
function inOrder(before: readonly EditElement[], after: readonly EditElement[]): Pair[] {
  const pairs = align(before, after)
  const places = pairs.flatMap(([old, new_]) => (new_ === undefined ? [] : [old !== undefined]))
  if (places.lastIndexOf(true) < (places.includes(false) ? places.indexOf(false) : places.length))
    return pairs
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => [
    index < before.length ? index : undefined,
    index < after.length ? index : undefined,
  ])
}

type Pair = readonly [old: number | undefined, new_: number | undefined]

/** Equal elements are paired first, in order; what lies between them is paired as it comes. */
function align(before: readonly EditElement[], after: readonly EditElement[]): Pair[] {
  const anchors = commonRun(before.map(canonical), after.map(canonical))
  const pairs: Pair[] = []
  let [fromOld, fromNew] = [0, 0]
  for (const [old, new_] of [...anchors, [before.length, after.length] as const]) {
    const [left, right] = [old - fromOld, new_ - fromNew]
    for (let index = 0; index < Math.max(left, right); index += 1) {
      pairs.push([index < left ? fromOld + index : undefined, index < right ? fromNew + index : undefined])
    }
    if (old < before.length) pairs.push([old, new_])
    ;[fromOld, fromNew] = [old + 1, new_ + 1]
  }
  return pairs
}

/** Longest common subsequence; lists of devices are short. */
function commonRun(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i]
      if (row)
        row[j] = a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1))
    }
  }
  const run: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) run.push([i++, j++])
    else if (length(i + 1, j) >= length(i, j + 1)) i += 1
    else j += 1
  }
  return run
}

/** The same for elements that mean the same: white space, quotes, comments and order of attributes do not count. */
export function canonical(element: EditElement): string {
  const attributes = element
    .attributeNames()
    .toSorted()
    .map((name) => ` ${name}=${JSON.stringify(element.attribute(name) ?? '')}`)
  const children = element.children()
  const inside = children.length > 0 ? children.map(canonical).join('') : JSON.stringify(element.text() ?? '')
  return `<${element.name}${attributes.join('')}>${inside}</>`
}
