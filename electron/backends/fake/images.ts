/** Images and files of a demo host: made up, but in keeping with its volumes and VMs. */
import { AppError } from '../../../shared/errors'
import type { ImageAction, ImageResult, PathAccess } from '../../../shared/model/storage/image'
import type { ActionContext } from '../backend'
import { commandText } from '../images/command-text'
import { sizeFacts } from '../images/facts'
import { dependantsOf, runningUsers } from '../images/image-users'
import { findOrphans } from '../images/orphans'
import { refuseInUse, refuseOptions, refuseOthersOnBase, refuseUnfit } from '../images/refusals'
import type { ImageSession, StorageSession } from '../storage-session'
import type { FakeHost } from './fake-host'
import { chainOf, fileAt, mapOf } from './images-chain'
import { folderOf, HomeFolder, partOf } from './images-files'
import type { FakeFile } from './model'

const steps = 20
const stepMs = 250

/** `answerTime` ends when the host would answer, or tells why it does not. */
export function fakeImages(
  host: FakeHost,
  storage: StorageSession,
  answerTime: () => Promise<void>,
): ImageSession {
  const home = HomeFolder.of(host)
  return {
    async image(path) {
      const { images, brokenBy } = chainOf(host, path)
      const usage = await storage.usage()
      return {
        chain: images,
        ...(brokenBy === undefined ? {} : { brokenBy }),
        dependants: dependantsOf(usage, path),
        inUseBy: runningUsers(usage, path),
      }
    },
    async imageMap(path) {
      await answerTime()
      return mapOf(host, path)
    },
    async imageAction(path, action, context) {
      refuseOptions(action)
      const chain = chainOf(host, path)
      refuseUnfit(chain, path, action)
      const usage = await storage.usage()
      refuseInUse(usage, path, action)
      const base = chain.images[1]
      if (action.kind === 'commit' && base) refuseOthersOnBase(usage, path, base.path)
      if (action.kind === 'check') refuseWithoutTables(chain.top.info.format)
      if (action.kind === 'rebase' && action.base !== undefined) refuseLoop(host, path, action.base)
      if (action.kind === 'compare') fileAt(host, action.with)
      if ('to' in action) refuseTaken(host, action.to)
      await overTime(host, context)
      await answerTime()
      return done(host, path, action)
    },
    imageCommand: (path, action) => commandText(path, action, host.files.get(path)?.format),
    orphans: () => findOrphans(storage),
    async folder(path) {
      await answerTime()
      return folderOf(host, path)
    },
    async readBytes(path, offsetBytes, lengthBytes) {
      await answerTime()
      return partOf(host, path, offsetBytes, lengthBytes)
    },
    async fileId(path) {
      await answerTime()
      fileAt(host, path)
      return host.files.idOf(path) ?? ''
    },
    async pathAccess(path): Promise<PathAccess> {
      await answerTime()
      return home.access(path, host.files.has(path))
    },
    async grantAccess(path) {
      await answerTime()
      home.open(path)
    },
  }
}

function refuseWithoutTables(format: string): void {
  if (format !== 'raw') return
  throw new AppError('unsupported', `Images of format ${format} cannot be checked`, {
    cure: 'They keep no tables that could be wrong.',
  })
}

function refuseLoop(host: FakeHost, path: string, base: string): void {
  if (!chainOf(host, base).images.some((one) => one.path === path)) return
  throw new AppError('invalid', 'That image is built on this one', {
    field: 'base',
    cure: 'Choose a base that does not need this image.',
  })
}

function refuseTaken(host: FakeHost, to: string): void {
  folderOf(host, to.slice(0, to.lastIndexOf('/')) || '/')
  if (!host.files.has(to)) return
  throw new AppError('already-exists', 'There is a file of this name on the host already', {
    field: 'to',
    cure: 'Choose another name.',
    detail: to,
  })
}

async function overTime(host: FakeHost, { signal, onProgress }: ActionContext): Promise<void> {
  for (let step = 1; step <= steps; step += 1) {
    await host.clock.delay(stepMs, signal)
    onProgress(step / steps)
  }
}

function done(host: FakeHost, path: string, action: ImageAction): ImageResult {
  const file = fileAt(host, path)
  const put = (at: string, changed: FakeFile): ImageResult['facts'] => {
    host.files.set(at, { ...changed, modifiedAtMs: host.clock.now() })
    const { info } = chainOf(host, at).top
    return sizeFacts(info)
  }
  switch (action.kind) {
    case 'check':
      return {
        summary: 'No errors',
        facts: [['Clusters', String(Math.ceil(file.sizeBytes / 65_536))]],
      }
    case 'compare': {
      const other = fileAt(host, action.with)
      const isEqual = other.sizeBytes === file.sizeBytes && other.allocationBytes === file.allocationBytes
      return isEqual
        ? { summary: 'The images are equal', facts: [] }
        : { summary: 'The images differ', facts: [['First difference', 'byte 1048576, after 1 MiB']] }
    }
    case 'rebase': {
      const { backingPath: _, backingFormat: __, ...alone } = file
      if (action.base === undefined) {
        const facts = put(path, { ...alone, allocationBytes: Math.floor(file.sizeBytes * 0.4) })
        return { summary: 'The image stands alone now', facts }
      }
      const backingFormat = action.baseFormat ?? fileAt(host, action.base).format
      const facts = put(path, { ...alone, backingPath: action.base, backingFormat })
      return { summary: `The image is built on ${action.base} now`, facts }
    }
    case 'commit':
      return {
        summary: 'What this image had changed is in its base now',
        facts: put(path, { ...file, allocationBytes: 200_704 }),
      }
    case 'convert': {
      const { backingPath: _, backingFormat: __, ...alone } = file
      const share = action.isCompressed ? 0.5 : 1
      const allocationBytes = Math.floor(file.allocationBytes * share)
      return {
        summary: `The new image is ${action.to}`,
        facts: put(action.to, { ...alone, format: action.format, allocationBytes }),
      }
    }
    case 'amend':
      return { summary: 'The image was changed', facts: put(path, file) }
    case 'resize':
      return {
        summary: 'The image has its new size',
        facts: put(path, { ...file, sizeBytes: action.capacityBytes }),
      }
    case 'compact': {
      const facts = put(path, { ...file, allocationBytes: Math.floor(file.allocationBytes * 0.7) })
      return { summary: 'Space that was not used was given back', facts }
    }
    case 'dd': {
      const sizeBytes = Math.min(file.sizeBytes, (action.count ?? 1) * action.blockSizeBytes)
      const part: FakeFile = { sizeBytes, allocationBytes: sizeBytes, format: action.format }
      return { summary: `The part is in ${action.to}`, facts: put(action.to, part) }
    }
  }
}
