/**
 * From libvirt's C names to ours. Field names stay as libvirt spells them (`need_results`, `callbackID`), so that they
 * can be looked up in its sources; types become PascalCase, and the "nonnull" object handles are called handles.
 */
import type { ProgramName } from './facts'

export function typeName(name: string): string {
  if (name.startsWith('virNetMessage')) return name.replace('virNetMessage', 'Message').replace('Nonnull', '')
  const handle = /^remote_nonnull_(.+)$/.exec(name)
  if (handle?.[1] !== undefined) return `${pascal(handle[1])}Handle`
  return pascal(name.replace(/^remote_/, ''))
}

/** One name space for the procedures of all programs: those of the remote program keep their name. */
export function procedureName(program: ProgramName, name: string): string {
  return program === 'remote' ? name : `${program.toUpperCase()}_${name}`
}

function pascal(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
