import type { HostCommands } from './host-commands'

export interface Mode {
  readonly uid: string
  readonly gid: string
  /** The nine bits and those before them. */
  readonly bits: number
  readonly isFolder: boolean
}

export interface Who {
  readonly uid: string
  readonly groups: ReadonlySet<string>
  readonly name: string
}

/** Of those that are there and can be seen. Links are followed. */
export async function readModes(host: HostCommands, paths: readonly string[]): Promise<Map<string, Mode>> {
  // one line each, in their order; a path may have line breaks itself, so it is not printed
  const found = new Map<string, Mode>()
  const all = await host.run(['stat', '-L', '-c', '%u %g %a %F', '--', ...paths])
  const lines = all.stdout.split('\n').filter((line) => line !== '')
  if (lines.length === paths.length) {
    for (const [at, path] of paths.entries()) keep(found, path, lines[at])
    return found
  }
  for (const path of paths) {
    const one = await host.run(['stat', '-L', '-c', '%u %g %a %F', '--', path])
    if (one.code !== 0) break
    keep(found, path, one.stdout)
  }
  return found
}

function keep(found: Map<string, Mode>, path: string, line: string | undefined): void {
  const [, uid, gid, bits, type] = /^(\d+) (\d+) ([0-7]+) (.+)/.exec(line ?? '') ?? []
  if (uid === undefined || gid === undefined || bits === undefined) return
  found.set(path, { uid, gid, bits: Number.parseInt(bits, 8), isFolder: type === 'directory' })
}

export type Class = 'u' | 'g' | 'o'

/** Which of the three triples counts for somebody: the first that fits, even when a later one allows more. */
export function classOf({ uid, gid }: Mode, who: Who): Class {
  if (uid === who.uid) return 'u'
  return who.groups.has(gid) ? 'g' : 'o'
}

export function modeAllows(mode: Mode, who: Who, what: 'r' | 'w' | 'x'): boolean {
  const shift = { u: 6, g: 3, o: 0 }[classOf(mode, who)]
  return ((mode.bits >> shift) & { r: 4, w: 2, x: 1 }[what]) !== 0
}
