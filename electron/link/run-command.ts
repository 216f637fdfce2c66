import { finished } from 'node:stream/promises'
import { AppError } from '../../shared/errors'
import type { Link, RunOptions, RunResult } from './link'

const defaultMaxBytes = 16 * 1024 * 1024

/** `run` for every kind of link: feeds the input, collects the output, waits for the end. */
export async function runCommand(
  exec: Link['exec'],
  argv: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const { input, signal, maxBytes = defaultMaxBytes } = options
  const command = await exec(argv, signal === undefined ? {} : { signal })
  const { stream } = command
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
    else {
      stream.destroy(
        new AppError('unsupported', `${argv[0]} wrote more than ${maxBytes} bytes`, {
          detail: 'The output was not read to its end',
        }),
      )
    }
  })
  // a command may end without reading its input; its exit code tells what that means
  stream.end(input ?? '')
  const [exit] = await Promise.all([command.exit, finished(stream, { writable: false })])
  return {
    stdout: Buffer.concat(chunks).toString('utf8'),
    stderr: command.stderr(),
    code: exit.code ?? -1,
    ...(exit.signal === undefined ? {} : { signal: exit.signal }),
  }
}
