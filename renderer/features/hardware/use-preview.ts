import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ChangePreview } from '../../../shared/model/hardware/view'
import type { VmRef } from '../../../shared/model/ids'
import { usePlace } from './place'

export interface Preview {
  readonly value?: ChangePreview
  readonly error?: ErrorData
}

/** Asks again when the changes do; the last answer stays until then. */
export function usePreview(
  target: VmRef,
  base: string,
  changes: readonly HardwareChange[],
  when: 'now' | 'next-start',
): Preview {
  const [preview, setPreview] = useState<Preview>({})
  const { host, vm } = target
  const { preview: askFor } = usePlace()
  useEffect(() => {
    let isCurrent = true
    const ask = async (): Promise<void> => {
      try {
        const value = await askFor({ host, vm }, base, changes, when)
        if (isCurrent) setPreview({ value })
      } catch (error) {
        if (isCurrent) setPreview({ error: errorData(error) })
      }
    }
    if (changes.length > 0) void ask()
    return () => {
      isCurrent = false
    }
  }, [host, vm, base, changes, when, askFor])
  return preview
}
