import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { Values } from '../../../shared/model/hardware/field'
import type { HostId } from '../../../shared/model/ids'
import type { EditNetworkInput, NetworkPreview } from '../../../shared/model/networks/network'
import { api } from '../../api/client'

export interface Definition {
  readonly values?: Values
  readonly xml?: string
}

export interface PreviewAnswer {
  readonly value?: NetworkPreview
  readonly error?: ErrorData
}

/** As it crosses the process border. */
type Sent = Pick<EditNetworkInput, 'values' | 'xml'>

/** Not with every key. */
const quietMs = 300

/** What a definition would do, asked anew when it changes; the last answer stays until then. */
export function useNetworkPreview(
  host: HostId,
  network: string | undefined,
  definition: Definition | undefined,
): PreviewAnswer {
  const [answer, setAnswer] = useState<PreviewAnswer>({})
  const content = definition && JSON.stringify(definition)
  useEffect(() => {
    if (content === undefined) return
    let isCurrent = true
    const ask = async (): Promise<void> => {
      try {
        const value = await api.networks.preview({
          host,
          ...(network === undefined ? {} : { network }),
          ...(JSON.parse(content) as Sent),
        })
        if (isCurrent) setAnswer({ value })
      } catch (error) {
        if (isCurrent) setAnswer({ error: errorData(error) })
      }
    }
    const timer = setTimeout(() => void ask(), quietMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [host, network, content])
  return content === undefined ? {} : answer
}
