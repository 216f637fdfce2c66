import type { HostId } from '../../../shared/model/ids'
import type { PoolChoice, VolumeChoice } from '../../../shared/model/host-choices'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'

export interface FoundVolume {
  readonly pool: string
  readonly volume: VolumeChoice
}

export interface FoundVolumes {
  readonly found: readonly FoundVolume[]
  readonly isLoading: boolean
  /** Pools that could not be read. */
  readonly unread: readonly string[]
  readonly again: () => void
}

/** So many pools are looked through; what is in others is found by choosing. */
const maxPools = 12

/** The volumes of this sort in all pools that can be read now, by name. `what` names the sort. */
export function useVolumes(
  host: HostId,
  pools: readonly PoolChoice[] | undefined,
  what: string,
  isWanted: (volume: VolumeChoice) => boolean,
): FoundVolumes {
  const names = (pools ?? [])
    .filter(({ state, type }) => state === 'running' && ['dir', 'fs', 'netfs', 'vstorage'].includes(type))
    .slice(0, maxPools)
    .map(({ name }) => name)
  const { value, reload: again } = useAnswer(
    pools === undefined ? undefined : `${what} ${host} ${names.join('/')}`,
    async () => {
      const unread: string[] = []
      const found = await Promise.all(
        names.map(async (pool): Promise<FoundVolume[]> => {
          try {
            const { volumes } = await api.hosts.volumes({ host, pool })
            return volumes.filter(isWanted).map((volume) => ({ pool, volume }))
          } catch {
            unread.push(pool)
            return []
          }
        }),
      )
      return { found: found.flat().toSorted((a, b) => byName(a.volume.name, b.volume.name)), unread }
    },
  )
  return { found: value?.found ?? [], unread: value?.unread ?? [], isLoading: value === undefined, again }
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
