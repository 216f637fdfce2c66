/** Bytes of a volume on their way, by the host's dd: offsets are in bytes, and nothing behind the last one is cut off. */
import { finished } from 'node:stream/promises'
import { once } from 'node:events'
import { AppError } from '../../../../shared/errors'
import { toolError } from '../../images/tool-errors'
import type { StorageSession, TransferRange, VolumeAt, VolumeSink, VolumeSource } from '../../storage-session'
import type { Command } from '../../../link/link'
import type { QemuHost } from '../host'
import { pathIn } from './volumes'
import { needActive } from './pools'
import type { PoolsFile } from './pools-file'

const zeros = Buffer.alloc(1024 * 1024)
/** dd closes its output when it opens a file instead; the shell keeps it, as a command without any counts as ended. */
const keepsOutput = 'dd "$@"; exit "$?"'

export function transferPart(
  host: QemuHost,
  file: PoolsFile,
): Pick<StorageSession, 'openUpload' | 'openDownload'> {
  const pathOf = async ({ pool, volume }: VolumeAt): Promise<string> => {
    const found = await file.find(pool)
    needActive(found)
    const path = pathIn(found, volume)
    if ((await host.commands.run(['test', '-f', path])).code !== 0)
      throw new AppError('not-found', 'The storage volume no longer exists')
    return path
  }
  return {
    async openUpload(at, { offsetBytes }, signal) {
      const path = await pathOf(at)
      const flags = ['bs=1M', 'iflag=fullblock', 'oflag=seek_bytes', 'conv=notrunc,fsync', 'status=none']
      const command = await host.commands.start([
        ...['sh', '-c', keepsOutput, 'innkeeper'],
        ...[`of=${path}`, `seek=${offsetBytes}`, ...flags],
      ])
      return sinkOf(command, signal)
    },
    async openDownload(at, range, signal) {
      const path = await pathOf(at)
      const { stdout } = await host.commands.run(['stat', '-L', '-c', '%s', '--', path])
      const command = await host.commands.start(['dd', `if=${path}`, ...readWords(range)])
      return sourceOf(command, Number(stdout), signal)
    },
  }
}

function readWords({ offsetBytes, lengthBytes }: TransferRange): string[] {
  return [
    ...['bs=1M', 'iflag=skip_bytes,count_bytes,fullblock', 'status=none', `skip=${offsetBytes}`],
    ...(lengthBytes === 0 ? [] : [`count=${lengthBytes}`]),
  ]
}

function sinkOf(command: Command, signal: AbortSignal): VolumeSink {
  const { stream } = command
  // what it failed with is told by its end
  stream.on('error', () => undefined)
  stream.resume()
  const stop = (): void => void stream.destroy()
  signal.addEventListener('abort', stop, { once: true })
  const write = async (bytes: Uint8Array): Promise<void> => {
    signal.throwIfAborted()
    if (stream.destroyed) throw await whyEnded(command)
    if (stream.write(bytes)) return
    const over = new AbortController()
    const waiting = ['drain', 'close'].map((event) => once(stream, event, { signal: over.signal }))
    await Promise.race(waiting).finally(() => over.abort())
  }
  return {
    isSparse: false,
    write,
    async writeHole(lengthBytes) {
      for (let left = lengthBytes; left > 0; left -= zeros.length)
        await write(zeros.subarray(0, Math.min(left, zeros.length)))
    },
    async finish() {
      stream.end()
      const { code } = await command.exit
      signal.removeEventListener('abort', stop)
      signal.throwIfAborted()
      if (code !== 0) throw await whyEnded(command)
    },
    async abort() {
      signal.removeEventListener('abort', stop)
      stream.destroy()
    },
  }
}

function sourceOf(command: Command, sizeBytes: number, signal: AbortSignal): VolumeSource {
  const { stream } = command
  stream.end()
  const stop = (): void => void stream.destroy()
  signal.addEventListener('abort', stop, { once: true })
  const parts = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  return {
    isSparse: false,
    ...(Number.isFinite(sizeBytes) ? { sizeBytes } : {}),
    async read() {
      signal.throwIfAborted()
      const next = await parts.next()
      return next.done === true ? null : { kind: 'data', bytes: next.value }
    },
    async finish() {
      signal.removeEventListener('abort', stop)
      const [{ code }] = await Promise.all([
        command.exit,
        finished(stream, { writable: false }).catch(() => undefined),
      ])
      if (code !== 0) throw await whyEnded(command)
    },
    async abort() {
      signal.removeEventListener('abort', stop)
      stream.destroy()
    },
  }
}

async function whyEnded(command: Command): Promise<AppError> {
  const { code } = await command.exit
  return toolError('dd', { stderr: command.stderr(), ...(code === undefined ? {} : { code }) })
}
