/** Prefixes of foreign elements at the top of a definition, which everybody may choose as they like. */
import type { EditElement } from '../edit/tree'

/**
 * The prefix with its colon ('' for a default namespace of the element itself) under which the definition has an element
 * of a namespace. With `usual` one is declared at the root when there is none.
 */
export function prefixFor(
  domain: EditElement,
  uri: string,
  name: string,
  usual?: string,
): string | undefined {
  for (const child of domain.children()) {
    const [prefix, local] = splitName(child.name)
    if (local === name && (child.attribute(xmlnsOf(prefix)) ?? domain.attribute(xmlnsOf(prefix))) === uri)
      return prefix === '' ? '' : `${prefix}:`
  }
  if (usual === undefined) return undefined
  const declared = domain
    .attributeNames()
    .find((one) => one.startsWith('xmlns:') && domain.attribute(one) === uri)
  if (declared !== undefined) return `${declared.slice('xmlns:'.length)}:`
  let prefix = usual
  while (domain.attribute(`xmlns:${prefix}`) !== undefined) prefix += '1'
  domain.setAttribute(`xmlns:${prefix}`, uri)
  return `${prefix}:`
}

/** libvirt declares a namespace only where it is used, and so do we once its last element has gone. */
export function tidyPrefix(domain: EditElement, uri: string): void {
  for (const name of domain.attributeNames()) {
    if (!name.startsWith('xmlns:') || domain.attribute(name) !== uri) continue
    if (!domain.toString().includes(`<${name.slice('xmlns:'.length)}:`)) domain.setAttribute(name, undefined)
  }
}

function splitName(name: string): [prefix: string, local: string] {
  const at = name.indexOf(':')
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)]
}

function xmlnsOf(prefix: string): string {
  return prefix === '' ? 'xmlns' : `xmlns:${prefix}`
}
