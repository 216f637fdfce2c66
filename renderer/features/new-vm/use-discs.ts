import type { HostId } from '../../../shared/model/ids'
import type { PoolChoice, VolumeChoice } from '../../../shared/model/host-choices'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'

export interface FoundDisc {
  readonly pool: string
  readonly volume: VolumeChoice
}

export interface FoundDiscs {
  readonly discs: readonly FoundDisc[]
  readonly isLoading: boolean
  /** Pools that could not be read. */
  readonly unread: readonly string[]
  readonly again: () => void
}

/** So many pools are looked through; discs of others are found by choosing. */
const maxPools = 12

/** The ISO images in all pools that can be read now, by name. */
export function useDiscs(host: HostId, pools: readonly PoolChoice[] | undefined): FoundDiscs {
  const names = (pools ?? [])
    .filter(({ state, type }) => state === 'running' && ['dir', 'fs', 'netfs', 'vstorage'].includes(type))
    .slice(0, maxPools)
    .map(({ name }) => name)
  const { value, reload: again } = useAnswer(
    pools === undefined ? undefined : `discs ${host} ${names.join('/')}`,
    async () => {
      const unread: string[] = []
      const found = await Promise.all(
        names.map(async (pool): Promise<FoundDisc[]> => {
          try {
            const { volumes } = await api.hosts.volumes({ host, pool })
            return volumes.filter(isDisc).map((volume) => ({ pool, volume }))
          } catch {
            unread.push(pool)
            return []
          }
        }),
      )
      return { discs: found.flat().toSorted((a, b) => byName(a.volume.name, b.volume.name)), unread }
    },
  )
  return { discs: value?.discs ?? [], unread: value?.unread ?? [], isLoading: value === undefined, again }
}

function isDisc({ name, format }: VolumeChoice): boolean {
  return format === 'iso' || /\.iso$/i.test(name)
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
