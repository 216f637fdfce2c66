import { useCallback, useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { Diagnosis } from '../../../shared/model/diagnosis'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'

interface Shown {
  readonly diagnosis: Diagnosis | undefined
  readonly error: ErrorData | undefined
  run(): void
}

/** The diagnosis of a host as it goes on. Begins one, unless the last is only to be seen again. */
export function useDiagnosis(id: HostId, isReturn: boolean): Shown {
  const [diagnosis, setDiagnosis] = useState<Diagnosis>()
  const [error, setError] = useState<ErrorData>()

  const run = useCallback(() => {
    setError(undefined)
    api.hosts.diagnose({ host: id }).catch((reason: unknown) => setError(errorData(reason)))
  }, [id])

  useEffect(() => {
    let isOpen = true
    let heard = false
    const stop = api.hosts.onDiagnosisChanged((next) => {
      if (next.host !== id) return
      heard = true
      setDiagnosis(next)
    })
    const begin = async (): Promise<void> => {
      if (!isReturn) await api.hosts.diagnose({ host: id })
      const last = await api.hosts.diagnosis({ host: id })
      // an event that came meanwhile is newer
      if (isOpen && !heard && last) setDiagnosis(last)
    }
    begin().catch((reason: unknown) => isOpen && setError(errorData(reason)))
    return () => {
      isOpen = false
      stop()
    }
  }, [id, isReturn])

  return { diagnosis, error, run }
}
