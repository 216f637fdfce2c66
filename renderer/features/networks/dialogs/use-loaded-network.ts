import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { HostChoices, Listed } from '../../../../shared/model/host-choices'
import type { HostId } from '../../../../shared/model/ids'
import type { NetworkContext } from '../../../../shared/model/networks/network-defaults'
import type { Network, NetworkView } from '../../../../shared/model/networks/network'
import { api } from '../../../api/client'
import { networkContext } from '../network-context'

export interface Loaded {
  readonly context: NetworkContext
  readonly view?: NetworkView
}

/** What the form begins with: the network as it is stored, and what is taken on the host. */
export function useLoadedNetwork(
  host: HostId,
  network: string | undefined,
): { loaded?: Loaded; error?: ErrorData } {
  const [state, setState] = useState<{ loaded?: Loaded; error?: ErrorData }>({})
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      try {
        const [listed, choices, view]: [Listed<Network>, HostChoices | undefined, NetworkView | undefined] =
          await Promise.all([
            api.networks.list({ host }),
            // without what the host has the form still works
            api.hosts.choices({ host }).catch(() => undefined),
            network === undefined ? undefined : api.networks.view({ host, network }),
          ])
        const context = networkContext(listed.items, choices, network)
        if (isCurrent) setState({ loaded: { context, ...(view ? { view } : {}) } })
      } catch (reason) {
        if (isCurrent) setState({ error: errorData(reason) })
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
  }, [host, network])
  return state
}
