/** Events of networks and secrets, taken as hints that one of them is not what it was. Filters have none. */
import type { LibvirtSession } from '../../../libvirt-rpc/index'

const networkEvents = ['NETWORK_EVENT_LIFECYCLE', 'NETWORK_EVENT_CALLBACK_METADATA_CHANGE'] as const
const secretEvents = ['SECRET_EVENT_LIFECYCLE', 'SECRET_EVENT_VALUE_CHANGED'] as const

/** Listen before anything is listed. A driver without such events is no reason not to connect. */
export async function watchNetworksAndSecrets(
  rpc: LibvirtSession,
  onHint: (resource: 'network' | 'secret', name: string) => void,
): Promise<void> {
  for (const name of networkEvents) rpc.onEvent(name, ({ net }) => onHint('network', net.name))
  for (const name of secretEvents) rpc.onEvent(name, ({ secret }) => onHint('secret', secret.uuid))
  await rpc.registerEvents([...networkEvents, ...secretEvents])
}
