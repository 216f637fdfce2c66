/**
 * Definitions hold passwords in the clear (`<graphics passwd>`; https://libvirt.org/formatdomain.html#graphical-framebuffers)
 * and the cookies that web servers know a disk by. What leaves main has a mark in their place, and the mark in what comes
 * back stands for what was there, so that editing a text never shows, changes or loses one.
 */
import type { EditDocument, EditElement } from './edit/tree'

export const secretMark = '••••••••'

/** A secret's place: reading it gives undefined where none is set, writing undefined takes it away. */
interface Secret {
  readonly name: string
  get(): string | undefined
  set(value: string | undefined): void
}

function placeOf(element: EditElement): Omit<Secret, 'name'> | undefined {
  switch (element.name) {
    case 'graphics':
      return {
        get: () => element.attribute('passwd'),
        set: (value) => element.setAttribute('passwd', value),
      }
    case 'cookie':
      return {
        get: () => element.text(),
        // libvirt takes no cookie without a value
        set: (value) => (value === undefined ? element.remove() : element.setText(value)),
      }
    default:
      return undefined
  }
}

function secretsIn(root: EditElement): Secret[] {
  const stack = [root]
  const counts = new Map<string, number>()
  const found: Secret[] = []
  for (let element = stack.pop(); element; element = stack.pop()) {
    stack.push(...element.children().reverse())
    const place = placeOf(element)
    if (!place) continue
    const kind = `${element.name} ${element.attribute('type') ?? element.attribute('name') ?? ''}`
    const number = counts.get(kind) ?? 0
    counts.set(kind, number + 1)
    found.push({ ...place, name: `${kind} ${number}` })
  }
  return found
}

/** The text without secrets. */
export function maskSecrets(document: EditDocument): string {
  const copy = document.clone()
  for (const secret of secretsIn(copy.root)) if (secret.get() !== undefined) secret.set(secretMark)
  return copy.toString()
}

/** The text came from here, and nobody knows the secrets that its marks stand for. */
export function hasMaskedSecrets(document: EditDocument): boolean {
  return secretsIn(document.root).some(({ get }) => get() === secretMark)
}

/** Puts the secrets of `from` where `into` has the mark; a mark for what was not there goes. */
export function unmaskSecrets(into: EditDocument, from: EditDocument): void {
  const known = new Map(secretsIn(from.root).map(({ name, get }) => [name, get()]))
  for (const { name, get, set } of secretsIn(into.root)) if (get() === secretMark) set(known.get(name))
}
