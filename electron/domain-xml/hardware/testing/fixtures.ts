import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const folder = join(import.meta.dirname, '../../fixtures')

/** Every definition of the collection, by its path there. */
export function fixtures(): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({ name: relative(folder, path), text: readFileSync(path, 'utf8') }))
}

/** Later libvirts and elements nobody knows: the schema of the lab's libvirt refuses them. */
export function isNewer(name: string): boolean {
  return name.startsWith('newer')
}
