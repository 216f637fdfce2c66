import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import type { VmOverview } from '../../../shared/model/vm-overview'
import { api } from '../../api/client'

export interface Loaded<T> {
  /** Kept while a newer one is fetched and when that fails. */
  readonly value?: T
  readonly error?: ErrorData
  readonly reload: () => void
}

/** A host that changes many things at once (start, boot devices, addresses) is asked once. */
const calmMs = 150

/** Asks the host when the page opens and whenever the VM changes. */
export function useOverview(
  ref: VmRef,
  record: Vm | undefined,
  isHostConnected: boolean,
): Loaded<VmOverview> {
  return useFromHost(ref, record, isHostConnected, api.vms.overview)
}

/** The definition; asked for only while it is shown. */
export function useXml(ref: VmRef, record: Vm | undefined, isShown: boolean): Loaded<string> {
  return useFromHost(ref, record, isShown, api.vms.xml)
}

function useFromHost<T>(
  { host, vm }: VmRef,
  record: Vm | undefined,
  isWanted: boolean,
  ask: (ref: VmRef) => Promise<T>,
): Loaded<T> {
  const key = vmKey({ host, vm })
  const [answer, setAnswer] = useState<{ key: string; value?: T; error?: ErrorData }>({ key })
  const [tries, setTries] = useState(0)

  useEffect(() => {
    if (!isWanted || !record) return
    let isCurrent = true
    const load = async (): Promise<void> => {
      try {
        const value = await ask({ host, vm })
        if (isCurrent) setAnswer({ key, value })
      } catch (error) {
        if (!isCurrent) return
        setAnswer((before) => ({ ...(before.key === key ? before : { key }), error: errorData(error) }))
      }
    }
    const timer = setTimeout(() => void load(), answer.key === key && answer.value === undefined ? 0 : calmMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
    // `answer` only decides how soon to ask; it must not make us ask.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [host, vm, key, record, isWanted, ask, tries])

  const { value, error } = answer.key === key ? answer : {}
  return {
    ...(value === undefined ? {} : { value }),
    ...(error === undefined ? {} : { error }),
    reload: () => setTries((before) => before + 1),
  }
}
