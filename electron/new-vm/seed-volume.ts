/** cloud-init's disc as a volume of a pool, where it stays as long as the VM: it is read at each start. */
import type { Volume } from '../../shared/model/storage/volume'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import type { PlannedSeed } from './cloud'
import type { LeftBehind } from './left-behind'

export async function makeSeed(
  { storage }: HypervisorSession,
  { pool, name: volume }: PlannedSeed,
  disc: () => Promise<Uint8Array>,
  left: LeftBehind,
  { signal }: ActionContext,
): Promise<Volume | undefined> {
  const bytes = await disc()
  await left.making({ pool, volume }, () => storage.prepareUpload({ pool, volume }, bytes.length, 'raw'))
  left.add({ pool, volume })
  const range = { offsetBytes: 0, lengthBytes: bytes.length, isSparse: false }
  const sink = await storage.openUpload({ pool, volume }, range, signal)
  try {
    await sink.write(bytes)
    await sink.finish()
  } catch (error) {
    // what failed before is told; the end of it can only fail as well
    await sink.abort().catch(() => undefined)
    throw error
  }
  const { volumes } = await storage.volumeDetails(pool, [volume])
  return volumes[0]
}
