import { spawn } from 'node:child_process'
import { AppError } from '../../shared/errors'
import { abortError, throwIfAborted } from './abort'
import type { Command, CommandExit } from './link'
import { PairStream } from './pair-stream'
import { textOf } from './socket-errors'
import { keepTail } from './text-tail'

/** For what is left to do after the end of the output. */
const lastWordsMs = 1000

/** Starts a program of this computer, without a shell. Ends with an error when it cannot be started at all. */
export async function startChild(argv: readonly string[], signal?: AbortSignal): Promise<Command> {
  throwIfAborted(signal)
  const [program, ...words] = argv
  if (program === undefined || program === '') throw new AppError('invalid', 'A command needs a name')
  const child = spawn(program, words, { stdio: 'pipe', shell: false, windowsHide: true })
  const stderr = keepTail(child.stderr)
  const exit = new Promise<CommandExit>((resolve) => {
    child.once('close', (code, signalName) =>
      resolve({
        ...(code === null ? {} : { code }),
        ...(signalName === null ? {} : { signal: signalName }),
      }),
    )
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error) => reject(cannotStart(program, error)))
  })
  // after the start only failed kills are reported here; the stream and the exit code tell the rest
  child.on('error', () => undefined)
  const stream = new PairStream({
    source: child.stdout,
    sink: child.stdin,
    release: () => {
      child.stdin.destroy()
      child.stdout.destroy()
      if (child.exitCode !== null || child.signalCode !== null) return
      if (!child.stdout.readableEnded) {
        child.kill('SIGTERM')
        return
      }
      // it closed its output and is about to end by itself, with a code that tells something; ssh does so
      const timer = setTimeout(() => child.kill('SIGTERM'), lastWordsMs)
      child.once('exit', () => clearTimeout(timer))
    },
  })
  const stop = (): void => void stream.destroy(signal ? abortError(signal) : undefined)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  void exit.then(() => signal?.removeEventListener('abort', stop))
  return { stream, stderr, exit }
}

function cannotStart(program: string, error: NodeJS.ErrnoException): AppError {
  if (error.code === 'ENOENT') {
    return new AppError('not-found', `The program ${program} is not installed`, { detail: textOf(error) })
  }
  return new AppError('denied', `The program ${program} cannot be started`, {
    detail: textOf(error),
    cause: error,
  })
}
