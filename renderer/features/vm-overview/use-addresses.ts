import { useEffect, useState } from 'react'
import type { CardAddresses } from '../../../shared/model/guest-addresses'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'

/** A guest that has just started gets its address within seconds; later it seldom changes. */
const everyMs = 10_000

/** Asked for now and then while the page is open and the guest runs; without an answer there is nothing to show. */
export function useAddresses({ host, vm }: VmRef, isWanted: boolean): readonly CardAddresses[] {
  const key = vmKey({ host, vm })
  const [answer, setAnswer] = useState<{ readonly key: string; readonly cards: readonly CardAddresses[] }>()
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async (): Promise<void> => {
      const cards = await api.vms.addresses({ host, vm }).catch(() => undefined)
      if (!isCurrent) return
      if (cards) setAnswer({ key, cards })
      timer = setTimeout(() => void load(), everyMs)
    }
    void load()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [host, vm, key, isWanted])
  return isWanted && answer?.key === key ? answer.cards : []
}
