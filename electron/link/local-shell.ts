/**
 * A shell of this computer. Node can open no pseudo-terminal, and a native add-on is not worth one: script(1) of
 * util-linux, which every Linux has, runs a program on one, and stty(1) changes its size from outside.
 */
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { AppError } from '../../shared/errors'
import { startChild } from './child-command'
import type { Shell, TerminalSize } from './link'

/**
 * Nothing is put into this text: a shell reads it. The name of the terminal comes first, as only inside it is known. script
 * starts one without echo when its own input is no terminal. The window speaks UTF-8; an app that was started without any
 * language would leave the shell to drop what is not ASCII.
 */
const onTerminal =
  'cd; export TERM=xterm-256color LANG="${LANG:-C.UTF-8}"; tty; stty sane; read -r _; exec "${SHELL:-/bin/sh}" -il'

/** A first line that is longer names no terminal. */
const longestName = 256

export async function openLocalShell(size: TerminalSize, signal?: AbortSignal): Promise<Shell> {
  const { stream } = await startChild(['script', '-qfec', onTerminal, '/dev/null'], signal)
  try {
    const terminal = await firstLine(stream)
    if (!/^\/dev\/[\w/]+$/.test(terminal)) throw noTerminal(terminal)
    await setSize(terminal, size)
    // it waits for this line, so that the shell begins at the right size
    stream.write('\n')
    await discardEcho(stream)
    return {
      stream,
      // a size that cannot be set is a matter of looks
      resize: (changed) => void setSize(terminal, changed).catch(() => undefined),
    }
  } catch (error) {
    stream.destroy()
    throw error
  }
}

async function setSize(terminal: string, { columns, rows }: TerminalSize): Promise<void> {
  const words = ['stty', '-F', terminal, 'rows', String(rows), 'cols', String(columns)]
  const { stream, exit, stderr } = await startChild(words)
  stream.resume().end()
  const { code } = await exit
  if (code !== 0) throw noTerminal(stderr())
}

/** Takes the first line off the stream, and leaves the rest in it. */
async function firstLine(stream: Duplex): Promise<string> {
  let bytes = Buffer.alloc(0)
  while (!bytes.includes('\n')) {
    const chunk = stream.read() as Buffer | null
    if (chunk) bytes = Buffer.concat([bytes, chunk])
    else if (stream.readableEnded || stream.destroyed || bytes.length > longestName)
      throw noTerminal(String(bytes))
    else await Promise.race([once(stream, 'readable'), once(stream, 'close')])
  }
  const end = bytes.indexOf('\n')
  const rest = bytes.subarray(end + 1)
  if (rest.length > 0) stream.unshift(rest)
  return bytes.subarray(0, end).toString('utf8').trim()
}

/** The line that it waited for comes back from the terminal. */
async function discardEcho(stream: Duplex): Promise<void> {
  await firstLine(stream)
}

function noTerminal(detail: string): AppError {
  return new AppError('unsupported', 'No terminal could be opened on this computer', {
    cure: 'It takes script and stty, of util-linux and coreutils. Use a terminal of this computer instead.',
    detail: detail.trim() || undefined,
  })
}
