/**
 * Definitions hold passwords in the clear (`<graphics passwd>`; https://libvirt.org/formatdomain.html#graphical-framebuffers).
 * What leaves main has a mark in their place, and the mark in what comes back stands for the password that was there, so
 * that editing a text never shows, changes or loses one.
 */
import type { EditDocument, EditElement } from './edit/tree'

export const secretMark = '••••••••'

const secretAttributes: { readonly [element: string]: readonly string[] } = { graphics: ['passwd'] }

function* secretsIn(root: EditElement): Generator<{ element: EditElement; attribute: string; name: string }> {
  const stack = [root]
  const counts = new Map<string, number>()
  for (let element = stack.pop(); element; element = stack.pop()) {
    stack.push(...element.children().reverse())
    for (const attribute of secretAttributes[element.name] ?? []) {
      const kind = `${element.name} ${element.attribute('type') ?? ''}`
      const number = counts.get(kind) ?? 0
      counts.set(kind, number + 1)
      yield { element, attribute, name: `${kind} ${number}` }
    }
  }
}

/** The text without secrets. */
export function maskSecrets(document: EditDocument): string {
  const copy = document.clone()
  for (const { element, attribute } of secretsIn(copy.root)) {
    if (element.attribute(attribute) !== undefined) element.setAttribute(attribute, secretMark)
  }
  return copy.toString()
}

/** Puts the secrets of `from` where `into` has the mark; a mark for what was not there goes. */
export function unmaskSecrets(into: EditDocument, from: EditDocument): void {
  const known = new Map<string, string>()
  for (const { element, attribute, name } of secretsIn(from.root)) {
    const value = element.attribute(attribute)
    if (value !== undefined) known.set(name, value)
  }
  for (const { element, attribute, name } of secretsIn(into.root)) {
    if (element.attribute(attribute) === secretMark) element.setAttribute(attribute, known.get(name))
  }
}
