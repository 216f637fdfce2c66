/**
 * A VM that lies on this computer: an OVA, which is a tar archive of an OVF and its disks, or a description with its disks
 * beside it. Everything is found from the one path that the user chose; names in it lead to files of the same folder only.
 */
import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { maxForeignChars, type ForeignVm } from '../../../../shared/model/new-vm/foreign'
import { localError } from '../../../transfers/local-target'
import { readFully, type ReadableFile } from '../../../transfers/local-source'
import { badFile } from '../foreign-error'
import { readForeign } from '../read'
import { isDigestOf, parseManifest, type Digest } from './manifest'
import { isTar, tarIndex, type TarEntry } from './tar-index'

/** One file of the package. */
export interface Member {
  readonly file: ReadableFile
  readonly sizeBytes: number
  /** As the package's manifest has it. */
  readonly digest?: Digest
  close(): Promise<void>
}

export interface LocalVm {
  readonly vm: ForeignVm
  /** Names of its disks that are here. */
  readonly members: ReadonlySet<string>
}

/** What the chosen file says, and which of its disks are here. */
export async function readPackage(path: string): Promise<LocalVm> {
  return within(path, async (pack) => {
    const name = basename(pack.descriptor)
    const bytes = await pack.read(pack.descriptor)
    const digest = pack.digests.get(pack.descriptor)
    if (digest && !isDigestOf(digest, bytes))
      throw badFile(`${name} is not what its manifest says: it was changed, or damaged on the way`)
    const vm = readForeign({ name, text: bytes.toString('utf8') })
    const wanted = vm.disks.flatMap(({ file, device }) =>
      file === undefined || device !== 'disk' ? [] : [file],
    )
    const there = await Promise.all(wanted.map(async (one) => ((await pack.has(one)) ? [one] : [])))
    return { vm, members: new Set(there.flat()) }
  })
}

/** To be closed by whoever opened it. */
export async function openMember(path: string, member: string): Promise<Member> {
  return within(path, async (pack) => {
    const { disks } = readForeign({
      name: basename(pack.descriptor),
      text: (await pack.read(pack.descriptor)).toString('utf8'),
    })
    // nothing but what the chosen file speaks of, whoever asks
    if (!disks.some(({ file }) => file === member))
      throw badFile(`${member.slice(0, 100)} is not among the disks of the package`)
    const digest = pack.digests.get(member)
    const found = await pack.open(member)
    return { ...found, ...(digest ? { digest } : {}) }
  })
}

interface Pack {
  /** The member that describes the VM. */
  readonly descriptor: string
  readonly digests: ReadonlyMap<string, Digest>
  has(member: string): Promise<boolean>
  read(member: string): Promise<Buffer>
  open(member: string): Promise<Omit<Member, 'digest'>>
}

async function within<T>(path: string, work: (pack: Pack) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const { size } = await file.stat()
    const head = await readFully(file, Buffer.alloc(Math.min(size, 512)), 0)
    return await work(isTar(head) ? await archive(path, file, size) : await folder(path))
  } catch (error) {
    throw localError(error, path)
  } finally {
    await file?.close()
  }
}

async function archive(path: string, file: FileHandle, totalBytes: number): Promise<Pack> {
  const entries = await tarIndex(file, totalBytes)
  const entryOf = (member: string): TarEntry => {
    const entry = entries.find(({ name }) => name === member)
    if (!entry) throw badFile(`${member} is not in the package`)
    return entry
  }
  const read = async (member: string): Promise<Buffer> => {
    const { offset, sizeBytes } = entryOf(member)
    checkSize(member, sizeBytes)
    return readFully(file, Buffer.alloc(sizeBytes), offset)
  }
  const [descriptor, ...others] = entries.filter(({ name }) => /\.ovf$/i.test(name))
  if (!descriptor || others.length > 0)
    throw badFile(
      descriptor ? 'There are several OVF files in the package' : 'There is no OVF file in the package',
    )
  const manifest = entries.find(({ name }) => /\.mf$/i.test(name))
  return {
    descriptor: descriptor.name,
    digests: parseManifest(manifest ? (await read(manifest.name)).toString('utf8') : ''),
    has: async (member) => entries.some(({ name }) => name === member),
    read,
    open: async (member) => {
      const { offset, sizeBytes } = entryOf(member)
      const own = await open(path, 'r')
      return { file: slice(own, offset), sizeBytes, close: () => own.close() }
    },
  }
}

async function folder(path: string): Promise<Pack> {
  const beside = (member: string): string => {
    // a name is no way to anywhere else
    if (member === '' || member === '..' || /[/\\\0]/.test(member))
      throw badFile(`${member.slice(0, 100)} is not a file beside the description`)
    return join(dirname(path), member)
  }
  const read = async (member: string): Promise<Buffer> => {
    const own = await open(beside(member), 'r')
    try {
      const { size } = await own.stat()
      checkSize(member, size)
      return await readFully(own, Buffer.alloc(size), 0)
    } finally {
      await own.close()
    }
  }
  const descriptor = basename(path)
  const manifest = /\.ovf$/i.test(descriptor) ? descriptor.replace(/\.ovf$/i, '.mf') : undefined
  const has = async (member: string): Promise<boolean> => {
    if (/[/\\\0]/.test(member)) return false
    const found = await stat(beside(member)).catch(() => undefined)
    return found?.isFile() === true
  }
  return {
    descriptor,
    digests: parseManifest(
      manifest !== undefined && (await has(manifest)) ? (await read(manifest)).toString('utf8') : '',
    ),
    has,
    read,
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
function slice(file: FileHandle, start: number): ReadableFile {
  return {
    read: (buffer, offset, length, position) => file.read(buffer, offset, length, start + position),
  }
}
