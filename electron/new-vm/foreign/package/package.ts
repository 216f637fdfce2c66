/**
 * A VM that lies on this computer: an OVA, which is a tar archive of an OVF and its disks, or a description with its disks
 * beside it; or a box of Vagrant. Everything is found from the one path that the user chose; names in it lead to files of the same folder only.
 */
import { basename } from 'node:path'
import type { ForeignVm } from '../../../../shared/model/new-vm/foreign'
import type { ReadableFile } from '../../../transfers/local-source'
import { readBox } from '../box/read'
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
    if (isBox(name)) {
      const vm = await boxIn(pack)
      return { vm, members: await membersOf(vm, pack) }
    }
    const bytes = await pack.read(pack.descriptor)
    const digest = pack.digests.get(pack.descriptor)
    if (digest && !isDigestOf(digest, bytes))
      throw badFile(`${name} is not what its manifest says: it was changed, or damaged on the way`)
    const vm = readForeign({ name, text: bytes.toString('utf8') })
    return { vm, members: await membersOf(vm, pack) }
  })
}

async function membersOf({ disks }: ForeignVm, pack: Pack): Promise<ReadonlySet<string>> {
  const wanted = disks.flatMap(({ file, device }) => (file === undefined || device !== 'disk' ? [] : [file]))
  const there = await Promise.all(wanted.map(async (one) => ((await pack.has(one)) ? [one] : [])))
  return new Set(there.flat())
}

/** Only as such it has its name; what it is called as a file says more. */
function isBox(descriptor: string): boolean {
  return descriptor === 'metadata.json'
}

async function boxIn(pack: Pack): Promise<ForeignVm> {
  return readBox({
    ...(pack.names ? { name: pack.chosen } : {}),
    text: (await pack.read(pack.descriptor)).toString('utf8'),
    ...((await pack.has('Vagrantfile'))
      ? { vagrantfile: (await pack.read('Vagrantfile')).toString('utf8') }
      : {}),
  })
}

/** To be closed by whoever opened it. */
export async function openMember(path: string, member: string): Promise<Member> {
  return within(path, async (pack) => {
    const name = basename(pack.descriptor)
    const { disks } = isBox(name)
      ? await boxIn(pack)
      : readForeign({ name, text: (await pack.read(pack.descriptor)).toString('utf8') })
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
  // boxes for VirtualBox have both
  if (descriptor === undefined && names.includes('metadata.json')) return ['metadata.json']
  if (descriptor === undefined || others.length > 0)
    throw badFile(
      descriptor === undefined
        ? 'There is no OVF file in the package, and no metadata.json as boxes of Vagrant have'
        : 'There are several OVF files in the package',
    )
  const manifest = names.find((name) => /\.mf$/i.test(name))
  return manifest === undefined ? [descriptor] : [descriptor, manifest]
}

async function beside({ chosen, has }: PackedFiles): Promise<[descriptor: string, manifest?: string]> {
  const manifest = chosen.replace(/\.ovf$/i, '.mf')
  return manifest !== chosen && (await has(manifest)) ? [chosen, manifest] : [chosen]
}
