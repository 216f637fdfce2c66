/** What is in a tar archive and where, read header by header (POSIX ustar, pax and GNU's long names). Never unpacked. */
import { readFully, type ReadableFile } from '../../../transfers/local-source'
import { badFile } from '../foreign-error'
import { sparseMap, type DataRun } from './sparse'
import { numberIn, upToZero } from './tar-number'

export interface TarEntry {
  readonly name: string
  readonly offset: number
  /** Unpacked. */
  readonly sizeBytes: number
  /** Of a file with holes; without them all of it is data. */
  readonly runs?: readonly DataRun[]
}

const blockBytes = 512
const maxEntries = 1000
/** Of a header that only names the next file. */
const maxNameBytes = 64 * 1024

export function isTar(head: Buffer): boolean {
  return head.length >= blockBytes && head.toString('latin1', 257, 262) === 'ustar'
}

/** Regular files only; links and devices lead nowhere. `totalBytes` is infinite where nobody knows it. */
export async function tarIndex(file: ReadableFile, totalBytes: number): Promise<readonly TarEntry[]> {
  const entries: TarEntry[] = []
  const seen = new Set<string>()
  let next: { name?: string; sizeBytes?: number } = {}
  let count = 0
  for (let at = 0; at + blockBytes <= totalBytes; ) {
    const header = Buffer.alloc(blockBytes)
    // not every archive has blocks of zeros at its end
    const { bytesRead } = await file.read(header, 0, blockBytes, at)
    if (bytesRead === 0 && totalBytes === Infinity) break
    await readFully(file, header.subarray(bytesRead), at + bytesRead)
    if (header.every((byte) => byte === 0)) break
    checkSum(header)
    count += 1
    if (count > maxEntries) throw badFile(`There are more than ${maxEntries} files in the package`)
    const type = header.toString('latin1', 156, 157)
    const sizeBytes = (type === 'x' ? undefined : next.sizeBytes) ?? numberIn(header.subarray(124, 136))
    const sparse = type === 'S' ? await sparseMap(file, header, at + blockBytes) : undefined
    const offset = at + blockBytes + (sparse?.listBytes ?? 0)
    if (offset + sizeBytes > totalBytes)
      throw badFile('The package ends before its last file does: it was not copied as a whole')
    at = offset + Math.ceil(sizeBytes / blockBytes) * blockBytes
    if (type === 'x' || type === 'L') {
      if (sizeBytes > maxNameBytes) throw badFile('A name in the package is too long')
      const text = (await readFully(file, Buffer.alloc(sizeBytes), offset)).toString('utf8')
      next = type === 'x' ? { ...next, ...extended(text) } : { ...next, name: upToZero(text) }
      continue
    }
    const name = (next.name ?? nameIn(header)).replace(/^(\.\/)+/, '')
    next = {}
    if (!['0', '\0', '7', 'S'].includes(type)) continue
    // which of the two would be checked, and which would be used?
    if (seen.has(name)) throw badFile(`The package has two files called ${name}`)
    seen.add(name)
    if (sparse && sparse.runs.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0) > sizeBytes)
      throw badFile('The package is damaged: a file in it has more pieces than data')
    entries.push(
      sparse ? { name, offset, sizeBytes: sparse.sizeBytes, runs: sparse.runs } : { name, offset, sizeBytes },
    )
  }
  return entries
}

function checkSum(header: Buffer): void {
  const told = Number.parseInt(upToZero(header.toString('latin1', 148, 156)).trim(), 8)
  let sum = 0
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte
  if (told !== sum) throw badFile('The package is damaged: a header in it does not fit its sum')
}

function nameIn(header: Buffer): string {
  const name = upToZero(header.toString('utf8', 0, 100))
  const isPosix = header[262] === 0
  const prefix = isPosix ? upToZero(header.toString('utf8', 345, 500)) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Lines "LENGTH KEY=VALUE". */
function extended(text: string): { name?: string; sizeBytes?: number } {
  const [, name] = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text) ?? []
  const [, size] = /(?:^|\n)\d+ size=(\d{1,15})\n/.exec(text) ?? []
  return {
    ...(name === undefined ? {} : { name }),
    ...(size === undefined ? {} : { sizeBytes: Number(size) }),
  }
}
