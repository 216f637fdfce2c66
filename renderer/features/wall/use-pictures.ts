import { useEffect, useRef, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { PictureRounds } from './picture-rounds'

export interface Picture {
  /** The last one there was. */
  readonly url?: string
  /** Why there is no newer one. */
  readonly error?: ErrorData
}

/** Wide enough for a tile on a display with two pixels per pixel. */
const maxWidthPx = 640
/** Of tiles that were scrolled away, so that going back shows something. */
const maxKept = 300

/** Pictures of these VMs, taken anew while they are on screen. */
export function usePictures(shown: readonly VmRef[]): ReadonlyMap<string, Picture> {
  const [pictures, setPictures] = useState<ReadonlyMap<string, Picture>>(new Map())
  const rounds = useRef<PictureRounds | undefined>(undefined)
  const [isHidden, setHidden] = useState(document.hidden)
  const keys = isHidden ? '' : shown.map(vmKey).join(' ')

  useEffect(() => {
    const started = new PictureRounds({
      nowMs: () => performance.now(),
      later: (run, delayMs) => {
        const timer = setTimeout(run, delayMs)
        return () => clearTimeout(timer)
      },
      take: async (ref) => {
        const found = await take(ref)
        setPictures((before) => kept(before, vmKey(ref), found))
      },
    })
    rounds.current = started
    const onVisibility = (): void => setHidden(document.hidden)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      started.stop()
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [])

  useEffect(() => {
    rounds.current?.show(keys === '' ? [] : shown)
    // `keys` says all that `shown` does
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [keys])
  return pictures
}

async function take(ref: VmRef): Promise<Picture> {
  try {
    const url = await api.console.picture({ ...ref, maxWidthPx })
    return url === null ? {} : { url }
  } catch (error) {
    return { error: errorData(error) }
  }
}

/** The newest last; one that failed leaves the picture that was there. */
function kept(
  before: ReadonlyMap<string, Picture>,
  key: string,
  found: Picture,
): ReadonlyMap<string, Picture> {
  const next = new Map(before)
  const url = found.url ?? (found.error ? before.get(key)?.url : undefined)
  next.delete(key)
  next.set(key, { ...found, ...(url === undefined ? {} : { url }) })
  for (const oldest of next.keys()) {
    if (next.size <= maxKept) break
    next.delete(oldest)
  }
  return next
}
