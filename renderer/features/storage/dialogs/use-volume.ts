import { AppError } from '../../../../shared/errors'
import type { HostId } from '../../../../shared/model/ids'
import type { ImageUser, Volume } from '../../../../shared/model/storage/volume'
import { api } from '../../../api/client'
import { useAnswer, type Answer } from '../../../api/use-answer'
import { usersOf } from '../usage'

export interface VolumeState {
  readonly volume: Volume
  readonly users: readonly ImageUser[]
  /** VMs and pools that could not be read: they may use it as well. */
  readonly unread: readonly string[]
}

/** A volume and who uses it, asked afresh: what the table knows may be minutes old. */
export function useVolume(host: HostId, pool: string, name: string): Answer<VolumeState> {
  return useAnswer(`volume ${host} ${pool} ${name}`, async () => {
    const [{ volumes, error }, usage] = await Promise.all([
      api.storage.volumeDetails({ host, pool, names: [name] }),
      api.storage.usage({ host }),
    ])
    const [volume] = volumes
    if (!volume) {
      if (error) throw AppError.from(error)
      throw new AppError('not-found', `The volume ${name} is gone`, {
        cure: 'It was deleted or renamed elsewhere.',
      })
    }
    return {
      volume,
      users: usersOf(usage, pool, { ...volume, details: volume }),
      unread: usage.unread,
    }
  })
}
