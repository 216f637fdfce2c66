import { useEffect, useState } from 'react'
import { errorData } from '../../../shared/errors'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { hardwareOf, hasUnapplied, putHardware } from './store'

/** A host that changes many things at once (start, boot devices, addresses) is asked once. */
const calmMs = 150
const lookAgainMs = 10_000

/** Reads a VM's hardware into the store when its page opens and whenever the VM changes; what was changed stays. */
export function useHardwareView(target: VmRef, record: Vm | undefined, isWanted: boolean): () => void {
  const { host, vm } = target
  const key = vmKey(target)
  const [tries, setTries] = useState(0)
  const isKnown = record !== undefined
  useEffect(() => {
    if (!isWanted || !record) return
    let isCurrent = true
    const timer = setTimeout(
      () => void readHardware({ host, vm }, () => isCurrent),
      hardwareOf(key).view ? calmMs : 0,
    )
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
    // a new record or another try only mean to ask again
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [host, vm, key, record, isWanted, tries])
  // a definition may be changed elsewhere without anything else about the VM changing
  useEffect(() => {
    if (!isWanted || !isKnown) return
    let isReading = false
    const read = async (): Promise<void> => {
      // a slow host is not asked twice at once
      if (isReading || document.hidden || hardwareOf(key).isApplying) return
      isReading = true
      await readHardware({ host, vm })
      isReading = false
    }
    const look = (): void => void read()
    const timer = setInterval(look, lookAgainMs)
    window.addEventListener('focus', look)
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', look)
    }
  }, [host, vm, key, isKnown, isWanted])
  useEffect(
    () => () => {
      // what can be read again is not kept for every VM ever looked at
      if (!hasUnapplied(hardwareOf(key))) putHardware(key, { view: undefined, error: undefined })
    },
    [key],
  )
  return () => setTries((before) => before + 1)
}

/** Of several readings of a VM the one that was begun last counts, whichever answers first. */
const latest = new Map<string, number>()

export async function readHardware(target: VmRef, isWanted: () => boolean = () => true): Promise<void> {
  const key = vmKey(target)
  const number = (latest.get(key) ?? 0) + 1
  latest.set(key, number)
  const counts = (): boolean => isWanted() && latest.get(key) === number
  try {
    const view = await api.hardware.view(target)
    if (!counts()) return
    const before = hardwareOf(key)
    // what is the same stays the same, so that nothing is drawn again
    const isNews = before.error !== undefined || JSON.stringify(before.view) !== JSON.stringify(view)
    if (isNews) putHardware(key, { view, error: undefined })
  } catch (error) {
    if (counts()) putHardware(key, { error: errorData(error) })
  }
}
