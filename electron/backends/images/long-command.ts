/**
 * A command on the host that may take long. It ends with whoever asked for it: when it is cancelled, when the connection
 * is lost and when this program ends, the host itself stops it and removes what it had begun to write. That is the work
 * of a shell there, as sshd passes no signals on to programs of root and qemu-img goes on when nobody reads its output.
 * Paths reach the shell as its words and are never read as a script.
 */
import { finished } from 'node:stream/promises'
import { AppError } from '../../../shared/errors'
import type { ActionContext } from '../backend'
import type { HostCommands } from './host-commands'

/**
 * $1 is what to remove when it does not succeed, or empty; then the command. Its standard input ends when it is to be
 * stopped; on this computer the shell is told to end as well, and has to outlive that to remove what was begun. A wait
 * that a signal cut short is waited again.
 */
const script = [
  'work=',
  `trap 'kill "$work" 2>/dev/null' TERM`,
  'exec 3<&0',
  'target=$1; shift',
  '"$@" 3<&- </dev/null & work=$!',
  '{ read -r _ <&3; kill "$work"; } >/dev/null 2>&1 & guard=$!',
  'wait "$work"; code=$?',
  'wait "$work" 2>/dev/null',
  'kill "$guard" 2>/dev/null',
  '[ "$code" -eq 0 ] || [ -z "$target" ] || rm -f -- "$target"',
  'exit "$code"',
].join('\n')

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** How long the host may take to stop what was cancelled. */
const stopLimitMs = 15_000
const maxKept = 256 * 1024

export interface LongRun {
  /** Removed when the command does not succeed. It must not have been there before. */
  readonly target?: string
  readonly context: ActionContext
}

export async function runLong(
  host: HostCommands,
  argv: readonly string[],
  { target = '', context }: LongRun,
): Promise<Ended> {
  const { signal, onProgress } = context
  if (signal.aborted) throw cancelled()
  const command = await host.start(['sh', '-c', script, 'innkeeper', target, ...argv])
  const { stream } = command
  let stdout = ''
  stream.on('data', (chunk: Buffer) => {
    stdout = (stdout + chunk.toString('utf8')).slice(-maxKept)
    const fraction = lastProgress(stdout)
    if (fraction !== undefined && !signal.aborted) onProgress(fraction)
  })
  let giveUp: NodeJS.Timeout | undefined
  const stop = (): void => {
    stream.end()
    giveUp = setTimeout(() => stream.destroy(), stopLimitMs)
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  try {
    const [exit] = await Promise.all([
      command.exit,
      finished(stream, { writable: false }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      }),
    ])
    const code = exit.code ?? -1
    if (signal.aborted && code !== 0) throw cancelled()
    return { code, stdout, stderr: command.stderr() }
  } finally {
    clearTimeout(giveUp)
    signal.removeEventListener('abort', stop)
    stream.destroy()
  }
}

/** "    (12.34/100%)\r", again and again. */
export function lastProgress(text: string): number | undefined {
  const percent = [...text.slice(-200).matchAll(/\((\d{1,3}(?:\.\d+)?)\/100%\)/g)].at(-1)?.[1]
  return percent === undefined ? undefined : Math.min(1, Number(percent) / 100)
}

export function withoutProgress(text: string): string {
  return text.replace(/\s*\(\d{1,3}(?:\.\d+)?\/100%\)\r?/g, '').trim()
}

function cancelled(): AppError {
  return new AppError('cancelled', 'It was cancelled')
}
