import { finished } from 'node:stream/promises'
import type { Command, CommandExit } from '../../link/link'

export interface ReadRecords {
  /** It was stopped, as enough was read. */
  readonly isTruncated: boolean
  readonly exit: CommandExit
  readonly stderr: string
}

/** No record is longer; one that is ends the reading. */
const maxRecord = 256 * 1024

/** Reads what a command writes piece by piece, until it ends or `take` wants no more. Its memory stays bounded. */
export async function readRecords(
  command: Command,
  separator: '\n' | '\0',
  take: (record: string) => boolean,
  timeoutMs: number,
): Promise<ReadRecords> {
  const { stream } = command
  stream.end()
  let rest = ''
  let isTruncated = false
  const decoder = new TextDecoder()
  const stop = (): void => {
    isTruncated = true
    stream.destroy()
  }
  const timer = setTimeout(stop, timeoutMs)
  stream.on('data', (chunk: Buffer) => {
    if (isTruncated) return
    try {
      read(chunk)
    } catch (error) {
      stream.destroy(error instanceof Error ? error : new Error(String(error)))
    }
  })
  const read = (chunk: Buffer): void => {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(separator)
    rest = parts.pop() ?? ''
    if (!parts.every(take) || rest.length > maxRecord) stop()
  }
  try {
    await finished(stream, { writable: false }).catch((error: unknown) => {
      if (!isTruncated) throw error
    })
    if (!isTruncated && rest !== '' && !take(rest)) isTruncated = true
    const exit = isTruncated ? {} : await command.exit
    return { isTruncated, exit, stderr: command.stderr() }
  } finally {
    clearTimeout(timer)
  }
}
