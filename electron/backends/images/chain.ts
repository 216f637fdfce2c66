/**
 * An image and those it is built on. Each is looked at by itself: a chain with a missing base is told as far as it goes,
 * and what an image names is followed only when it is a file, not an address on the network.
 */
import { AppError, errorData } from '../../../shared/errors'
import type { ImageInfo } from '../../../shared/model/storage/image'
import { given } from '../../../shared/given'
import type { HostCommands } from './host-commands'
import { readInfo, type ReadInfo } from './image-info'
import { toolError } from './tool-errors'

const maxDepth = 64
const maxBytes = 4 * 1024 * 1024

/** Reads past the locks of a running VM. */
export async function readImage(host: HostCommands, path: string, format?: string): Promise<ReadInfo> {
  const as = format === undefined ? [] : ['-f', format]
  const argv = ['qemu-img', 'info', '--output=json', '-U', ...as, path]
  const { stdout, stderr, code } = await host.run(argv, { maxBytes })
  if (code !== 0) throw toolError('qemu-img', { stderr, code })
  return readInfo(stdout, path)
}

export interface Chain {
  readonly images: readonly ImageInfo[]
  readonly top: ReadInfo
  readonly brokenBy?: string
}

export async function readChain(host: HostCommands, path: string): Promise<Chain> {
  const top = await readImage(host, path)
  const images = [top.info]
  let at = top
  for (;;) {
    const base = at.basePath
    if (base === undefined) return { images, top }
    const why = whyNotFollowed(base, images)
    if (why !== undefined) return { images, top, brokenBy: why }
    try {
      at = await readImage(host, base, usable(at.info.backingFormat))
      images.push(at.info)
    } catch (error) {
      return { images, top, ...given('brokenBy', whyBroken(base, error)) }
    }
  }
}

function whyNotFollowed(base: string, images: readonly ImageInfo[]): string | undefined {
  if (!base.startsWith('/')) return `Its base ${base} is not a file of the host, so it is not looked at`
  if (images.some(({ path }) => path === base)) return `${base} is built on itself, in a circle`
  return images.length >= maxDepth ? `More than ${maxDepth} images are built on each other` : undefined
}

function whyBroken(base: string, error: unknown): string {
  if (!(error instanceof AppError)) throw error
  if (error.kind === 'not-found') return `Its base ${base} is missing`
  const { message, detail } = errorData(error)
  return `Its base ${base} cannot be read: ${detail ?? message}`
}

/** An image may name any word as the format of its base. */
function usable(format: string | undefined): string | undefined {
  return format !== undefined && /^[a-z0-9]{2,16}$/.test(format) ? format : undefined
}
