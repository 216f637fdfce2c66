import { errorData } from '../../../shared/errors'
import type { Host } from '../../../shared/model/host'
import { api } from '../../api/client'
import { go } from '../../stores/route'
import { showToast } from '../../stores/toasts'

/** How a connection goes is the host's status, shown in its row and page; here only a refused request is told. */
export async function connectHost(host: Host): Promise<void> {
  await told(host, 'could not be connected', () => api.hosts.connect({ host: host.id }))
}

export async function disconnectHost(host: Host): Promise<void> {
  await told(host, 'could not be disconnected', () => api.hosts.disconnect({ host: host.id }))
}

/** The demo host needs nothing; ends on its page. */
export async function addDemoHost(): Promise<void> {
  try {
    go({ kind: 'host', host: await api.hosts.addDemo() })
  } catch (error) {
    showToast({ tone: 'error', title: 'The demo host could not be added', error: errorData(error) })
  }
}

async function told(host: Host, failure: string, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    showToast({ tone: 'error', title: `${host.label} ${failure}`, error: errorData(error) })
  }
}
