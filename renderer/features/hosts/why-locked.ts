import type { Host } from '../../../shared/model/host'

/** Why nothing of a host can be changed now. */
export function whyLocked({ status }: Host): string | undefined {
  if (status.kind !== 'connected') return 'The host is not connected'
  return status.info.isReadOnly
    ? 'This connection is read-only. To change anything, edit the host and untick “Only look: connect read-only”'
    : undefined
}
