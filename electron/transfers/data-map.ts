/**
 * Where a file of this computer has data and where holes, without reading it. Node has no call for that, so tar is asked,
 * which looks for holes by the file system's own means (lseek, SEEK_HOLE) and begins its archive with what it found
 * (GNU tar's manual, "Storing Sparse Files", PAX format 1.0). It is ended as soon as that was read.
 */
import { spawn } from 'node:child_process'
import { basename, dirname } from 'node:path'

export interface DataRange {
  readonly start: number
  readonly end: number
}

const blockBytes = 512
/** As many pieces as anybody has; the rest is found by reading. */
const maxMapBytes = 4 * 1024 * 1024
const limitMs = 5_000

/** Data in order, everything else is zeros. Undefined where it cannot be told. */
export async function dataMap(path: string, sizeBytes: number): Promise<DataRange[] | undefined> {
  if (process.platform !== 'linux') return undefined
  const head = await archiveHead(path)
  return head && readMap(head, sizeBytes)
}

function archiveHead(path: string): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const words = ['--create', '--sparse', '--hole-detection=seek', '--format=posix', '--sparse-version=1.0']
    const child = spawn('tar', [...words, '--file=-', '--', `./${basename(path)}`], {
      cwd: dirname(path),
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    })
    let head = Buffer.alloc(0)
    const end = (answer: Buffer | undefined): void => {
      resolve(answer)
      child.stdout.destroy()
      child.kill('SIGKILL')
    }
    child.on('error', () => end(undefined))
    child.on('close', () => end(mapEnd(head) === undefined ? undefined : head))
    child.stdout.on('data', (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      if (mapEnd(head) !== undefined) end(head)
      else if (head.length > maxMapBytes) end(undefined)
    })
  })
}

/** Exported for tests. Undefined for what is no such archive, or does not fit the file. */
export function readMap(head: Buffer, sizeBytes: number): DataRange[] | undefined {
  const start = mapStart(head)
  const end = mapEnd(head)
  if (start === undefined || end === undefined) return undefined
  const [count = 0, ...numbers] = head.toString('latin1', start, end).trimEnd().split('\n').map(Number)
  const ranges: DataRange[] = []
  let last = 0
  for (let at = 0; at < count; at += 1) {
    const from = numbers[2 * at] ?? Number.NaN
    const length = numbers[2 * at + 1] ?? Number.NaN
    if (!(from >= last && length >= 0 && from + length <= sizeBytes)) return undefined
    last = from + length
    if (length > 0) ranges.push({ start: from, end: last })
  }
  return ranges
}

/** After the extended header, which says that this is a map, and the header of the file itself. */
function mapStart(head: Buffer): number | undefined {
  if (head.length < 2 * blockBytes) return undefined
  if (head.toString('latin1', 156, 157) !== 'x' || head.toString('latin1', 257, 262) !== 'ustar') {
    return undefined
  }
  const extendedBytes = Number.parseInt(head.toString('latin1', 124, 136), 8)
  if (!Number.isInteger(extendedBytes) || extendedBytes > maxMapBytes) return undefined
  const extended = head.toString('latin1', blockBytes, blockBytes + extendedBytes)
  if (!extended.includes('GNU.sparse.major=1\n') || !extended.includes('GNU.sparse.minor=0\n')) {
    return undefined
  }
  return blockBytes + Math.ceil(extendedBytes / blockBytes) * blockBytes + blockBytes
}

/** Behind the last of the map's lines: a count, then two numbers for each piece. Undefined until all of it is there. */
function mapEnd(head: Buffer): number | undefined {
  const start = mapStart(head)
  if (start === undefined) return undefined
  const firstEnd = head.indexOf(10, start)
  if (firstEnd < 0) return undefined
  const count = Number(head.toString('latin1', start, firstEnd))
  if (!Number.isInteger(count) || count < 0) return undefined
  let end = firstEnd
  for (let line = 0; line < 2 * count; line += 1) {
    end = head.indexOf(10, end + 1)
    if (end < 0) return undefined
  }
  return end + 1
}
