/** The files of one disk: which they are the host knows while the VM runs, what they are qemu-img tells. */
import { AppError } from '../../../shared/errors'
import type { ForeignSnapshot } from '../../../shared/model/snapshots/snapshot'
import type { ImageInfo } from '../../../shared/model/storage/image'
import type { ChainFile, DiskFacts } from './reading'
import { given } from '../../../shared/given'
import { readChain } from '../images/chain'
import type { HostCommands } from '../images/host-commands'
import type { DomainDisk } from '../../domain-xml/disks'

export interface LookedAt {
  readonly target: string
  readonly files: readonly ChainFile[]
  readonly images: readonly ImageInfo[]
}

export async function chainOf(
  commands: HostCommands | undefined,
  { target, path = '', format }: DiskFacts,
  live: DomainDisk | undefined,
): Promise<LookedAt> {
  const images = commands === undefined ? [] : await imagesOf(commands, path)
  const known = [
    path,
    ...(live?.backing ?? []).flatMap((source) => (source.kind === 'path' ? [source.path] : [])),
  ]
  const paths = live === undefined && images.length > 0 ? images.map((image) => image.path) : known
  return {
    target,
    images,
    files: paths.map((file, at) => {
      const image = images.find((one) => one.path === file)
      return {
        path: file,
        ...given('format', image?.format ?? (at === 0 ? format : undefined)),
        ...given('sizeBytes', image?.actualSizeBytes),
      }
    }),
  }
}

/** A file that is gone or cannot be read is told by whatever needs it. */
async function imagesOf(commands: HostCommands, path: string): Promise<readonly ImageInfo[]> {
  try {
    return (await readChain(commands, path)).images
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

/** `known`: names of snapshots that libvirt has. */
export function foreignIn(looked: readonly LookedAt[], known: ReadonlySet<string>): ForeignSnapshot[] {
  return looked.flatMap(({ target, images }) =>
    images.flatMap(({ snapshots }) =>
      snapshots
        .filter(({ name }) => !known.has(name))
        .map(({ id, name, atMs, vmStateBytes }) => ({
          target,
          tag: name,
          id,
          ...(atMs > 0 ? { createdAtMs: atMs } : {}),
          hasMemory: vmStateBytes > 0,
        })),
    ),
  )
}
