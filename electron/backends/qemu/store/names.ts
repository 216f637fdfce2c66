/** The folder of a VM is called after it, as far as a name can be a name of a folder. */
import { createHash } from 'node:crypto'

/** Of the store itself. */
const reserved = new Set(['run', 'images', 'pools.json'])
const longest = 180

export function folderOf(name: string): string {
  const plain = Array.from(name, (one, at) => (isPlain(one, at) ? one : escaped(one))).join('')
  const own = reserved.has(plain) ? `${escaped(plain.slice(0, 1))}${plain.slice(1)}` : plain
  if (own.length <= longest) return own
  return `${own.slice(0, longest)}-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`
}

function isPlain(character: string, at: number): boolean {
  return /[A-Za-z0-9_+-]/.test(character) || (character === '.' && at > 0)
}

function escaped(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}
