/** What the host's own tools tell of the files that hold memory. All of it is extra: where no command can be run, it is absent. */
import { AppError } from '../../../shared/errors'
import { given } from '../../../shared/given'
import type { HostCommands } from '../images/host-commands'

/** Undefined where commands cannot be run, or the account may not look. */
export async function told<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

const isMissing = (stderr: string): boolean => /No such file or directory|Not a directory/.test(stderr)

/** Room for those who are not root, as `df` counts it. */
export function roomOf(
  host: HostCommands,
  folder: string,
): Promise<{ readonly isThere: boolean; readonly freeBytes?: number } | undefined> {
  return told(async () => {
    const { stdout, stderr, code } = await host.run(['stat', '-f', '-c', '%a %S', '--', folder])
    if (code !== 0) return isMissing(stderr) ? { isThere: false } : undefined
    const [blocks = Number.NaN, blockBytes = Number.NaN] = stdout.trim().split(' ').map(Number)
    const freeBytes = blocks * blockBytes
    return { isThere: true, ...given('freeBytes', Number.isFinite(freeBytes) ? freeBytes : undefined) }
  })
}

export interface FileFacts {
  readonly sizeBytes: number
  readonly modifiedAtMs: number
}

/** Null: there is none. */
export function fileFacts(host: HostCommands, path: string): Promise<FileFacts | null | undefined> {
  return told(async () => {
    const { stdout, stderr, code } = await host.run(['stat', '-L', '-c', '%s %Y', '--', path])
    if (code !== 0) return isMissing(stderr) ? null : undefined
    const [sizeBytes = 0, seconds = 0] = stdout.trim().split(' ').map(Number)
    return { sizeBytes, modifiedAtMs: seconds * 1000 }
  })
}

/** Those of the files that were written to after a moment. */
export async function writtenSince(
  host: HostCommands,
  paths: readonly string[],
  atMs: number,
): Promise<readonly string[]> {
  if (paths.length === 0) return []
  const found = await told(async () => {
    const { stdout } = await host.run(['stat', '-L', '-c', '%Y %n', '--', ...paths])
    return stdout.split('\n').flatMap((line) => {
      const [, seconds, path] = /^(\d+) (.+)$/.exec(line) ?? []
      return path !== undefined && Number(seconds) * 1000 > atMs ? [path] : []
    })
  })
  return found ?? []
}
