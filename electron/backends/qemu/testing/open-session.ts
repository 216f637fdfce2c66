import type { ConnectRequest, HypervisorSession } from '../../backend'
import { qemuBackend } from '../qemu-backend'

/** By its address alone; a host's key is trusted, and nobody is there to be asked for anything else. */
export function openSession(
  request: Pick<ConnectRequest, 'uri'> & Partial<ConnectRequest>,
): Promise<HypervisorSession> {
  return qemuBackend().connect({
    signal: new AbortController().signal,
    onStage: () => undefined,
    log: () => undefined,
    ask: async (prompt) => (prompt.kind === 'host-key' ? { kind: 'host-key', accept: true } : null),
    ...request,
  })
}
