import { useCallback, useRef, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { VmRef } from '../../../../shared/model/ids'
import type { MonitorLanguage } from '../../../../shared/model/qemu-monitor'
import { api } from '../../../api/client'

export interface MonitorEntry {
  readonly id: number
  readonly language: MonitorLanguage
  readonly command: string
  /** Absent while the emulator works on it. */
  readonly text?: string
  readonly isError?: boolean
  /** It was not sent, or the host could not do it. */
  readonly failure?: ErrorData
}

/** More would only make the page slow; the oldest go. */
const mostEntries = 200

export interface MonitorTalk {
  readonly entries: readonly MonitorEntry[]
  readonly isBusy: boolean
  run(language: MonitorLanguage, command: string): void
  clear(): void
}

/** What was said to the emulator and what it answered, one command at a time. */
export function useMonitor(target: VmRef): MonitorTalk {
  const [entries, setEntries] = useState<readonly MonitorEntry[]>([])
  const [isBusy, setBusy] = useState(false)
  const nextId = useRef(1)
  const { host, vm } = target
  const run = useCallback(
    (language: MonitorLanguage, command: string): void => {
      const entry: MonitorEntry = { id: nextId.current, language, command }
      nextId.current += 1
      const put = (answered: MonitorEntry): void =>
        setEntries((all) => all.map((one) => (one.id === entry.id ? answered : one)))
      setEntries((all) => [...all, entry].slice(-mostEntries))
      setBusy(true)
      api.qemuMonitor
        .run({ host, vm, language, command })
        .then(
          ({ text, isError }) => put({ ...entry, text, isError }),
          (error: unknown) => put({ ...entry, failure: errorData(error) }),
        )
        .finally(() => setBusy(false))
    },
    [host, vm],
  )
  return { entries, isBusy, run, clear: () => setEntries([]) }
}
