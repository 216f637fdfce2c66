import { execFile } from 'node:child_process'

/** virt-manager's settings of this user; undefined where there is no dconf or nothing in it. */
export function dumpVirtManagerSettings(): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      'dconf',
      ['dump', '/org/virt-manager/'],
      { timeout: 3000, maxBuffer: 1_000_000, windowsHide: true },
      (error, stdout) => resolve(error || stdout.trim() === '' ? undefined : stdout),
    )
  })
}
