import type { MenuCommand } from '../../shared/ipc/contract'

/** Entries of the application menu, told to whoever can carry them out. */
const listeners = new Map<MenuCommand, Set<() => void>>()

export function onCommand(command: MenuCommand, listener: () => void): () => void {
  const set = listeners.get(command) ?? new Set()
  listeners.set(command, set.add(listener))
  return () => void set.delete(listener)
}

export function giveCommand(command: MenuCommand): void {
  for (const listener of listeners.get(command) ?? []) listener()
}
