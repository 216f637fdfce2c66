import type { HostId } from '../../../shared/model/ids'
import { useHost } from '../../stores/hosts'

/** Pools and volumes of one host. */
export function StorageTab({ host }: { host: HostId }) {
  const shown = useHost(host)
  return <div className="storage" aria-label={`Storage of ${shown?.label ?? 'this host'}`} role="region" />
}
