import { useEffect, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { noRows, VolumeLoader, type VolumeRows } from './volume-loader'

/** What was read of pools in this window, so that going back shows it at once; a few, as some are large. */
const kept = new Map<string, VolumeRows>()
const mostKept = 12

export interface PoolVolumes extends VolumeRows {
  /** Undefined while nothing is read. */
  readonly loader: VolumeLoader | undefined
}

/** The volumes of a pool, read while somebody looks at them. */
export function useVolumes(host: HostId, pool: string, isWanted: boolean): PoolVolumes {
  const key = `${host} ${pool}`
  const [state, setState] = useState<VolumeRows>(() => kept.get(key) ?? noRows)
  const [loader, setLoader] = useState<VolumeLoader>()
  useEffect(() => {
    if (!isWanted) return
    const made = new VolumeLoader({
      target: { host, pool },
      ask: api.storage,
      first: kept.get(key) ?? noRows,
      onChange: (rows) => {
        kept.delete(key)
        kept.set(key, rows)
        for (const old of kept.keys()) {
          if (kept.size <= mostKept) break
          kept.delete(old)
        }
        setState(rows)
      },
    })
    setLoader(made)
    void made.reload()
    return () => {
      made.stop()
      setLoader(undefined)
    }
  }, [host, pool, key, isWanted])
  return { ...state, loader }
}

/** For tests: what one host said is not known to the next test. */
export function forgetVolumes(): void {
  kept.clear()
}
