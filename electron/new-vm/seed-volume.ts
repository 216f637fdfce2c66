/** cloud-init's disc as a volume of a pool, where it stays as long as the VM: it is read at each start. */
import type { Volume } from '../../shared/model/storage/volume'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { writeVolumeBytes } from '../backends/small-volume'
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
  await writeVolumeBytes(storage, { pool, volume }, bytes, signal)
  const { volumes } = await storage.volumeDetails(pool, [volume])
  return volumes[0]
}
