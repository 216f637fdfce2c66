import { useEffect, useState } from 'react'
import { isActive, type Vm } from '../../../shared/model/vm'
import { historyOf, onTick } from '../../stores/stats'
import type { VmHistory } from '../../stores/stats'
import { keyOf, useVms } from '../../stores/vms'

export interface SeenVm {
  readonly vm: Vm
  readonly history: VmHistory | undefined
}

/** Hosts tell their loads one after the other: so long the first waits for the others, to be drawn with them. */
const gatherMs = 150

/** All running VMs with their loads, seen anew with each round of ticks; paused, as they were. */
export function useTopVms(isPaused: boolean): readonly SeenVm[] {
  const [seen, setSeen] = useState(look)
  useEffect(() => {
    if (isPaused) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        setSeen(look())
      }, gatherMs)
    }
    setSeen(look())
    const stops = [onTick(soon), useVms.subscribe(soon)]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [isPaused])
  return seen
}

function look(): SeenVm[] {
  return [...useVms.getState().byKey.values()]
    .filter(({ state }) => isActive(state))
    .map((vm) => ({ vm, history: historyOf(keyOf(vm)) }))
}
