/** UEFI variables of a bundle to where the definition has them. The host's tools put them there, as pools are elsewhere. */
import type { ActionContext, HypervisorSession } from '../../backends/backend'
import { freeName } from '../free-name'
import type { LeftBehind } from '../left-behind'
import type { ChosenFiles } from '../uploaded-volume'
import { uploadWhole, type WholeFile } from './upload'

export interface PlannedVariables extends WholeFile {
  /** Where they come by. */
  readonly pool: string
  /** A path that is free. */
  readonly to: string
}

/** After the definition: the file goes with the VM when something fails. */
export async function putVariables(
  session: HypervisorSession,
  { pool, to, ...file }: PlannedVariables,
  name: string,
  files: ChosenFiles,
  left: LeftBehind,
  context: ActionContext,
): Promise<void> {
  const { storage, images } = session
  const taken = new Set((await storage.volumeNames(pool)).volumes.map((one) => one.name))
  const at = { pool, volume: freeName({ stem: name, what: '-variables-upload' }, (one) => taken.has(one)) }
  const quiet: ActionContext = { signal: context.signal, onProgress: () => undefined }
  await uploadWhole(session, file, at, files, left, quiet)
  const [volume] = (await storage.volumeDetails(pool, [at.volume])).volumes
  await images.imageAction(
    volume?.path ?? '',
    { kind: 'convert', to, format: file.format, isCompressed: false, options: {} },
    context,
  )
  await storage.deleteVolume(at, true)
  left.gone(at)
}
