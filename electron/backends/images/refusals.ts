/** What must not be done to an image, asked before anything is. */
import { AppError } from '../../../shared/errors'
import type { ImageAction, ImageInfo } from '../../../shared/model/storage/image'
import {
  amendable,
  imageFormats,
  resizableFormats,
  unknownOption,
} from '../../../shared/model/storage/image-formats'
import type { StorageUsage } from '../../../shared/model/storage/volume'
import { dependantsOf, runningUsers, runningWriters } from './image-users'

/** An image and those it is built on, as far as they could be read. */
export interface ImageChain {
  /** Top first. */
  readonly images: readonly ImageInfo[]
  readonly brokenBy?: string
  readonly top: {
    readonly info: ImageInfo
    /** Its data lie in another file, or it keeps more than data: a copy would lose that. */
    readonly hasDataFile: boolean
    readonly hasBitmaps: boolean
  }
}

/** Reads only: what runs may go on. */
export function onlyLooks(action: ImageAction): boolean {
  return (action.kind === 'check' && action.repair === 'no') || action.kind === 'compare'
}

/** Copies it: that needs an image that stands still, but nothing of it is changed. */
function onlyCopies({ kind }: ImageAction): boolean {
  return kind === 'convert' || kind === 'dd'
}

/** What a snapshot keeps stands still. */
function isOfSnapshot(action: ImageAction): boolean {
  return action.kind === 'convert' && action.snapshot !== undefined
}

export function refuseInUse(usage: StorageUsage, path: string, action: ImageAction): void {
  if (onlyLooks(action) || isOfSnapshot(action)) return
  const running = onlyCopies(action) ? runningWriters(usage, path) : runningUsers(usage, path)
  if (running.length > 0) {
    throw new AppError(
      'busy',
      `${listed(running)} ${running.length === 1 ? 'runs' : 'run'} with this image`,
      {
        cure: onlyCopies(action)
          ? 'Shut the VM down first: a copy of what is being written to would be damaged.'
          : 'Shut the VM down first: writing to an image beside its VM destroys it.',
        detail: path,
      },
    )
  }
  if (onlyCopies(action)) return
  refuseBase(dependantsOf(usage, path), path)
}

/** Into the base goes what only this image has: others that are built on the base would see other data. */
export function refuseOthersOnBase(usage: StorageUsage, path: string, base: string): void {
  const running = runningUsers(usage, base)
  if (running.length > 0) {
    throw new AppError('busy', `${listed(running)} ${running.length === 1 ? 'runs' : 'run'} with its base`, {
      cure: 'Shut the VM down first.',
      detail: base,
    })
  }
  const others = dependantsOf(usage, base).filter((one) => one !== path)
  refuseBase(others, base)
}

function refuseBase(dependants: readonly string[], path: string): void {
  const [first = ''] = dependants
  if (dependants.length === 0) return
  throw new AppError(
    'busy',
    dependants.length === 1
      ? `${first} is built on this image`
      : `${dependants.length} images are built on this one`,
    {
      cure: 'Writing to it would damage them. Give them another base, or make a copy and work on that.',
      detail: `${path}\n${dependants.slice(0, 50).join('\n')}`,
    },
  )
}

export function refuseUnfit(chain: ImageChain, path: string, action: ImageAction): void {
  const { info } = chain.top
  switch (action.kind) {
    case 'resize':
      if (!resizableFormats.includes(info.format)) {
        throw new AppError('unsupported', `An image of format ${info.format} cannot be resized`, {
          cure: 'Convert it to qcow2 or raw first.',
        })
      }
      if (action.capacityBytes < info.virtualSizeBytes && !action.shrink) {
        throw new AppError('invalid', 'That is smaller than the image', {
          field: 'capacityBytes',
          cure: 'What lies behind the new end would be lost. Make the file systems inside smaller first, then allow it.',
        })
      }
      return
    case 'rebase':
      if (action.base === undefined && action.isUnsafe) {
        throw new AppError('invalid', 'Only the name of the base can be changed so, not taken away', {
          cure: 'Without its base the image would have holes. Let its data be copied.',
        })
      }
      if (action.base === path)
        throw new AppError('invalid', 'An image cannot be its own base', { field: 'base' })
      return
    case 'commit':
      if (info.backingPath === undefined) {
        throw new AppError('invalid', 'The image is built on no other', {
          cure: 'There is nothing to commit to.',
        })
      }
      if (chain.images.length < 2) {
        throw new AppError('not-found', chain.brokenBy ?? 'Its base cannot be read')
      }
      return
    case 'compact':
      refuseLossyCompact(chain)
      return
    default:
  }
}

/** A new image holds the data of the old one and nothing else of it. */
function refuseLossyCompact({ top, brokenBy }: ImageChain): void {
  const { info, hasDataFile, hasBitmaps } = top
  const lost =
    info.snapshots.length > 0
      ? `${info.snapshots.length === 1 ? 'the snapshot' : `${info.snapshots.length} snapshots`} inside it`
      : info.isEncrypted
        ? 'its encryption'
        : hasBitmaps
          ? 'its bitmaps of changed blocks, which backups need'
          : hasDataFile
            ? 'its separate data file'
            : undefined
  if (lost !== undefined) {
    throw new AppError('unsupported', `Compacting writes the image anew, without ${lost}`, {
      cure: 'Inside the guest, trim the disk instead: with discard set on the disk, that gives space back too.',
    })
  }
  if (brokenBy !== undefined) throw new AppError('not-found', brokenBy)
  if (!resizableFormats.includes(info.format)) {
    throw new AppError('unsupported', `An image of format ${info.format} is not compacted`, {
      cure: 'Convert it to qcow2 or raw.',
    })
  }
}

function listed(names: readonly string[]): string {
  if (names.length <= 3) return names.join(' and ')
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more VMs`
}

/** Choices that the format does not have. */
export function refuseOptions(action: ImageAction): void {
  if (action.kind !== 'convert' && action.kind !== 'amend') return
  const format = action.kind === 'convert' ? imageFormats.find(({ id }) => id === action.format) : undefined
  if (action.kind === 'convert' && !format) {
    throw new AppError('unsupported', `Images are not converted to ${action.format}`, { field: 'format' })
  }
  const unknown = unknownOption(action.options, format?.options ?? amendable)
  if (unknown !== undefined) {
    throw new AppError('invalid', `There is no such choice for ${unknown}`, { field: unknown })
  }
  if (action.kind === 'convert' && action.isCompressed && format?.canCompress !== true) {
    throw new AppError('invalid', `${action.format} images cannot be compressed`, { field: 'isCompressed' })
  }
}
