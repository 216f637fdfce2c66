import type { ReleaseKeys } from '../../stores/console-keys'

const sides = (key: string): readonly string[] => [`${key}Left`, `${key}Right`]

/** For each key that must be down, the codes that count as it. */
const wanted: Readonly<Record<ReleaseKeys, readonly (readonly string[])[]>> = {
  'ctrl-alt': [sides('Control'), sides('Alt')],
  'ctrl-alt-shift': [sides('Control'), sides('Alt'), sides('Shift')],
  'ctrl-right': [['ControlRight']],
  'alt-right': [['AltRight']],
}

export const releaseKeysText: Readonly<Record<ReleaseKeys, string>> = {
  'ctrl-alt': 'Ctrl+Alt',
  'ctrl-alt-shift': 'Ctrl+Alt+Shift',
  'ctrl-right': 'Right Ctrl',
  'alt-right': 'Right Alt',
}

/** Exactly these keys are down. */
export function isRelease(keys: ReleaseKeys, down: readonly string[], isAltGr: boolean): boolean {
  // AltGr is Ctrl and Alt to Windows, and is no way out by accident
  if (isAltGr && keys !== 'alt-right') return false
  const groups = wanted[keys]
  return (
    groups.every((codes) => down.some((code) => codes.includes(code))) &&
    down.every((code) => groups.some((codes) => codes.includes(code)))
  )
}
