/**
 * A VM that lies on this computer: an OVA, which is a tar archive of an OVF and its disks, or a description with its disks
 * beside it. Everything is found from the one path that the user chose; names in it lead to files of the same folder only.
 */
import { basename } from 'node:path'
import type { ForeignVm } from '../../../../shared/model/new-vm/foreign'
import type { ReadableFile } from '../../../transfers/local-source'
import { badFile } from '../foreign-error'
import { readForeign } from '../read'
import { withFiles, type PackedFiles } from './files'
import { isDigestOf, parseManifest, type Digest } from './manifest'

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

interface Pack extends PackedFiles {
  /** The member that describes the VM. */
  readonly descriptor: string
  readonly digests: ReadonlyMap<string, Digest>
}

async function within<T>(path: string, work: (pack: Pack) => Promise<T>): Promise<T> {
  return withFiles(path, async (files) => {
    const [descriptor, manifest] = files.names ? inArchive(files.names) : await beside(files)
    const text = manifest === undefined ? '' : (await files.read(manifest)).toString('utf8')
    return work({ ...files, descriptor, digests: parseManifest(text) })
  })
}

function inArchive(names: readonly string[]): [descriptor: string, manifest?: string] {
  const [descriptor, ...others] = names.filter((name) => /\.ovf$/i.test(name))
  if (descriptor === undefined || others.length > 0)
    throw badFile(
      descriptor === undefined
        ? 'There is no OVF file in the package'
        : 'There are several OVF files in the package',
    )
  const manifest = names.find((name) => /\.mf$/i.test(name))
  return manifest === undefined ? [descriptor] : [descriptor, manifest]
}

async function beside({ chosen, has }: PackedFiles): Promise<[descriptor: string, manifest?: string]> {
  const manifest = chosen.replace(/\.ovf$/i, '.mf')
  return manifest !== chosen && (await has(manifest)) ? [chosen, manifest] : [chosen]
}
