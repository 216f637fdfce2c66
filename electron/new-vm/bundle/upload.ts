/** A file of a bundle, byte for byte into a pool. It speaks of nothing but itself, and its sum fits, or it is not kept. */
import { AppError } from '../../../shared/errors'
import type { ActionContext, HypervisorSession } from '../../backends/backend'
import type { VolumeAt } from '../../backends/storage-session'
import { prepareVolume } from '../../transfers/prepare-volume'
import type { Member } from '../foreign/package/package'
import type { LeftBehind } from '../left-behind'
import { checkSeen, send, type ChosenFiles } from '../uploaded-volume'

export interface WholeFile {
  readonly file: string
  readonly member: string
  readonly format: string
}

export async function uploadWhole(
  session: HypervisorSession,
  { file, member: name, format }: WholeFile,
  to: VolumeAt,
  files: ChosenFiles,
  left: LeftBehind,
  { signal, onProgress }: ActionContext,
): Promise<void> {
  const member = await files.open(file, name)
  try {
    if (member.sizeBytes === 0)
      throw new AppError('invalid', `${name} is empty`, { cure: 'Export the VM again.' })
    if (format === 'qcow2') await refuseReferences(member, name)
    const { storage } = session
    const { sizeBytes } = member
    await left.making(to, async () => {
      await prepareVolume(
        storage,
        to,
        { sizeBytes, storedBytes: sizeBytes, format, overwrite: false },
        signal,
      )
    })
    left.add(to)
    await send(session, to, member, name, signal, (share) =>
      onProgress(share, { doneBytes: share * sizeBytes, totalBytes: sizeBytes }),
    )
    // before that the host takes it for what it was when it was empty
    await storage.poolAction(to.pool, 'refresh')
    checkSeen((await storage.volumeDetails(to.pool, [to.volume])).volumes[0], format, name)
  } finally {
    await member.close()
  }
}

/**
 * Through a base or a data file an image would show its VM any file of the host
 * (https://www.qemu.org/docs/master/interop/qcow2.html): what Innkeeper exports has neither.
 */
async function refuseReferences({ file }: Member, name: string): Promise<void> {
  const head = Buffer.alloc(80)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  if (bytesRead < head.length || head.toString('latin1', 0, 4) !== 'QFI\xfb')
    throw new AppError('invalid', `${name} is no qcow2 image`, { cure: 'Export the VM again.' })
  const hasBase = head.readBigUInt64BE(8) !== 0n
  const hasDataFile = head.readUInt32BE(4) >= 3 && (head.readBigUInt64BE(72) & 4n) !== 0n
  if (hasBase || hasDataFile)
    throw new AppError(
      'denied',
      `${name} leads to another file of the host, which its VM would get to read`,
      {
        cure: 'Innkeeper writes no such bundle. Ask whoever gave it to you.',
      },
    )
}
