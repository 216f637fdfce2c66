/**
 * A disk that is made of a file of this computer: that is uploaded to the pool as it is, where the host converts it, and the
 * uploaded one goes again. Its sum is checked before anything is made of it.
 */
import type { Hash } from 'node:crypto'
import { AppError } from '../../shared/errors'
import type { Volume } from '../../shared/model/storage/volume'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { readFully, type ReadableFile } from '../transfers/local-source'
import { prepareVolume } from '../transfers/prepare-volume'
import { sendFile } from '../transfers/send-file'
import { sniffFormat } from '../transfers/sniff-format'
import { hashFor } from './foreign/package/manifest'
import type { Member } from './foreign/package/package'
import { freeName } from './free-name'
import type { LeftBehind } from './left-behind'
import { refreshPool } from './refresh-pool'
import type { NewVolume } from './resolve'

/** Files that the user chose, by the names the window has for them. */
export interface ChosenFiles {
  open(file: string, member: string): Promise<Member>
}

/** So much of the time goes by before the host begins to convert, as a guess. */
const uploadShare = 0.7

export async function uploadedVolume(
  session: HypervisorSession,
  { pool, name, format, upload }: NewVolume,
  files: ChosenFiles,
  left: LeftBehind,
  { signal, onProgress }: ActionContext,
): Promise<string> {
  if (!upload || name === undefined) throw new AppError('internal', 'There is nothing to upload')
  const member = await files.open(upload.file, upload.member)
  try {
    const { storage } = session
    const taken = new Set((await storage.volumeNames(pool)).volumes.map((one) => one.name))
    const temporary = freeName({ stem: name, what: '-upload' }, (one) => taken.has(one) || one === name)
    const sent = { pool, volume: temporary }
    const kind = await formatOf(member, upload.member)
    await left.making(sent, async () => {
      const { sizeBytes } = member
      await prepareVolume(
        storage,
        sent,
        { sizeBytes, storedBytes: sizeBytes, format: kind, overwrite: false },
        signal,
      )
    })
    left.add(sent)
    await send(session, sent, member, upload.member, signal, (share) => onProgress(share * uploadShare))
    // before that the host takes it for what it was when it was empty
    await refreshPool(session, pool, signal)
    const there = (await storage.volumeDetails(pool, [temporary])).volumes[0]
    checkSeen(there, kind, upload.member)
    await left.making({ pool, volume: name }, () =>
      storage.cloneVolume(
        { ...sent, toPool: pool, name, format },
        { signal, onProgress: (share) => onProgress(uploadShare + share * (1 - uploadShare)) },
      ),
    )
    left.add({ pool, volume: name })
    await storage.deleteVolume(sent, true)
    left.gone(sent)
    const made = (await storage.volumeDetails(pool, [name])).volumes[0]
    if (made && upload.toBytes > made.capacityBytes)
      await storage.resizeVolume(
        { pool, volume: name },
        { capacityBytes: upload.toBytes, allocate: false, shrink: false },
      )
    return name
  } finally {
    await member.close()
  }
}

async function formatOf({ file, sizeBytes }: Member, name: string): Promise<string> {
  if (sizeBytes === 0) throw new AppError('invalid', `${name} is empty`, { cure: 'Export the VM again.' })
  const head = Buffer.alloc(80)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  if (head.toString('latin1', 0, bytesRead).startsWith('# Disk DescriptorFile'))
    throw new AppError('invalid', `${name} only describes a disk whose data is in other files`, {
      cure: 'Export the VM as OVF or OVA, which puts each disk into one file.',
    })
  const format = await sniffFormat(file)
  if (/\.vmdk$/i.test(name) && format !== 'vmdk')
    throw new AppError('invalid', `${name} is no VMDK image`, {
      cure: 'It may be compressed, or only a part of a disk: export the VM again without that.',
    })
  if (format === 'qcow2' && reachesOut(head.subarray(0, bytesRead)))
    throw new AppError('invalid', `${name} is only a layer on another image`, {
      cure: 'Make one image of both with qemu-img convert, and take that.',
    })
  if (format === 'vhdx')
    throw new AppError('unsupported', 'Hosts do not copy VHDX images into other formats', {
      cure: 'Convert it to VHD or qcow2 first.',
    })
  return format
}

/**
 * The host would look for the other file among its own, whatever it is called. QEMU's docs/interop/qcow2.txt: the place of the
 * backing file's name, and the incompatible feature of an external data file.
 */
function reachesOut(head: Buffer): boolean {
  if (head.length >= 16 && head.readBigUInt64BE(8) !== 0n) return true
  const version = head.length >= 8 ? head.readUInt32BE(4) : 0
  return version >= 3 && head.length >= 80 && (head.readBigUInt64BE(72) & 4n) !== 0n
}

export async function send(
  { storage }: HypervisorSession,
  to: { readonly pool: string; readonly volume: string },
  { file, sizeBytes, digest }: Member,
  name: string,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<void> {
  const hash = digest && hashFor(digest)
  // a new file reads as zeros where nothing was written
  const sink = await storage.openUpload(to, { offsetBytes: 0, lengthBytes: 0, isSparse: true }, signal)
  try {
    await sendFile(sink, {
      file: hash ? new HashedFile(file, hash) : file,
      sizeBytes,
      from: 0,
      map: undefined,
      signal,
      onSent: (doneBytes) => onShare(doneBytes / sizeBytes),
    })
  } catch (error) {
    // what failed before is told; the end of it can only fail as well
    await sink.abort().catch(() => undefined)
    throw error
  }
  if (digest && hash?.digest('hex') !== digest.hex)
    throw new AppError(
      'invalid',
      `${name} is not what its manifest says: it was changed, or damaged on the way`,
      {
        cure: 'Copy or export the package again.',
      },
    )
}

export function checkSeen(volume: Volume | undefined, format: string, name: string): void {
  if (format === 'raw' || format === 'iso' || volume?.format === format) return
  throw new AppError('unsupported', `The host does not see that ${name} is a ${format} image`, {
    cure: 'Convert it to qcow2 on this computer with qemu-img, upload that, and choose it as a disk.',
  })
}

/** Read from its beginning to its end, each piece in turn, though several are asked for at once. */
class HashedFile implements ReadableFile {
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly file: ReadableFile,
    private readonly hash: Hash,
  ) {}

  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }> {
    const reading = this.#last.then(async () => {
      // whole, as the next piece is asked for already
      this.hash.update(await readFully(this.file, buffer.subarray(offset, offset + length), position))
      return { bytesRead: length }
    })
    this.#last = reading
    return reading
  }
}
