import type { WindowState } from '../settings/schema'

/** More than anybody has consoles of; the oldest places go first. */
const maxStates = 200

export function withState(
  states: Readonly<Record<string, WindowState>> | undefined,
  key: string,
  state: WindowState,
): Record<string, WindowState> {
  const { [key]: _, ...others } = states ?? {}
  return { ...Object.fromEntries(Object.entries(others).slice(1 - maxStates)), [key]: state }
}
