/** The files of a package on this computer: those in an archive, or those beside the file that the user chose. */
import type { Stats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { maxForeignChars } from '../../../../shared/model/new-vm/foreign'
import { localError } from '../../../transfers/local-target'
import { readFully, type ReadableFile } from '../../../transfers/local-source'
import { badFile } from '../foreign-error'
import { GzipFile, isGzip } from './gzip-file'
import { SparseFile } from './sparse'
import { isTar, tarIndex, type TarEntry } from './tar-index'

export interface PackedFile {
  readonly file: ReadableFile
  readonly sizeBytes: number
  close(): Promise<void>
}

export interface PackedFiles {
  /** Name of the file that was chosen. */
  readonly chosen: string
  /** Of an archive; absent for a folder, of which only what is asked for by name is looked at. */
  readonly names?: readonly string[]
  has(member: string): Promise<boolean>
  /** Of files that are texts: larger ones are refused. */
  read(member: string): Promise<Buffer>
  /** To be closed by whoever opened it. */
  open(member: string): Promise<PackedFile>
}

export async function withFiles<T>(path: string, work: (files: PackedFiles) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const { size } = await file.stat()
    const head = await readFully(file, Buffer.alloc(Math.min(size, 512)), 0)
    if (isTar(head)) return await work(archive(path, file, await tarIndex(file, size), () => open(path, 'r')))
    if (isGzip(head)) return await inCompressed(path, await file.stat(), work)
    return await work(folder(path))
  } catch (error) {
    throw localError(error, path)
  } finally {
    await file?.close()
  }
}

/** What is not an archive inside is a file like any other. */
async function inCompressed<T>(
  path: string,
  age: Pick<Stats, 'size' | 'mtimeMs'>,
  work: (files: PackedFiles) => Promise<T>,
): Promise<T> {
  const file = new GzipFile(path)
  try {
    const head = Buffer.alloc(512)
    await readFully(file, head, 0).catch(() => head.fill(0))
    if (!isTar(head)) return await work(folder(path))
    const entries = await indexOf(path, age, file)
    return await work(archive(path, file, entries, async () => new GzipFile(path)))
  } finally {
    await file.close()
  }
}

/** Finding what is in a large one takes its time, and it is asked several times. */
const known = new Map<string, readonly TarEntry[]>()
const mostKnown = 4

async function indexOf(
  path: string,
  { size, mtimeMs }: Pick<Stats, 'size' | 'mtimeMs'>,
  file: GzipFile,
): Promise<readonly TarEntry[]> {
  const key = `${size} ${mtimeMs} ${path}`
  const entries = known.get(key) ?? (await tarIndex(file, Infinity))
  known.delete(key)
  known.set(key, entries)
  const [oldest] = known.keys()
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
  return entries
}

type Opened = ReadableFile & { close(): Promise<void> }

function archive(
  path: string,
  file: ReadableFile,
  entries: readonly TarEntry[],
  openAgain: () => Promise<Opened>,
): PackedFiles {
  const entryOf = (member: string): TarEntry => {
    const entry = entries.find(({ name }) => name === member)
    if (!entry) throw badFile(`${member} is not in the package`)
    return entry
  }
  return {
    chosen: basename(path),
    names: entries.map(({ name }) => name),
    has: async (member) => entries.some(({ name }) => name === member),
    read: async (member) => {
      const entry = entryOf(member)
      checkSize(member, entry.sizeBytes)
      return readFully(partOf(file, entry), Buffer.alloc(entry.sizeBytes), 0)
    },
    open: async (member) => {
      const entry = entryOf(member)
      const own = await openAgain()
      return { file: partOf(own, entry), sizeBytes: entry.sizeBytes, close: () => own.close() }
    },
  }
}

function folder(path: string): PackedFiles {
  const beside = (member: string): string => {
    // a name is no way to anywhere else
    if (member === '' || member === '..' || /[/\\\0]/.test(member))
      throw badFile(`${member.slice(0, 100)} is not a file beside the description`)
    return join(dirname(path), member)
  }
  return {
    chosen: basename(path),
    has: async (member) => {
      if (/[/\\\0]/.test(member)) return false
      const found = await stat(beside(member)).catch(() => undefined)
      return found?.isFile() === true
    },
    read: async (member) => {
      const own = await open(beside(member), 'r')
      try {
        const { size } = await own.stat()
        checkSize(member, size)
        return await readFully(own, Buffer.alloc(size), 0)
      } finally {
        await own.close()
      }
    },
    open: async (member) => {
      const own = await open(beside(member), 'r')
      const { size } = await own.stat()
      return { file: own, sizeBytes: size, close: () => own.close() }
    },
  }
}

function checkSize(member: string, sizeBytes: number): void {
  if (sizeBytes <= maxForeignChars) return
  throw badFile(
    `${member} is too large to be the description of a VM: choose the file that describes the VM, such as web.cfg, web.vmx or web.ovf, not its disk`,
  )
}

/** As if it were a file of its own. */
function partOf(file: ReadableFile, { offset: start, sizeBytes, runs }: TarEntry): ReadableFile {
  if (runs) return new SparseFile(file, runs, sizeBytes, start)
  return {
    read: (buffer, offset, length, position) => file.read(buffer, offset, length, start + position),
  }
}
