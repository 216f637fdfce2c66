import type { HostId } from '../../../../shared/model/ids'
import { vmId } from '../../../../shared/model/ids'
import type { MapNode } from '../../../../shared/model/networks/network'
import { openVm } from '../../../stores/route'
import { openNetworkPage } from '../store'

/** Where a box of the map leads; undefined for those that have no page. */
export function opener(host: HostId, node: MapNode): (() => void) | undefined {
  switch (node.kind) {
    case 'network':
    case 'interface':
      return () => openNetworkPage(host, `${node.kind}:${node.label}`)
    case 'bridge':
      return () => openNetworkPage(host, `interface:${node.label}`)
    case 'card':
    case 'vm': {
      const id = vmId.safeParse(node.vm)
      return id.success ? () => openVm({ host, vm: id.data }) : undefined
    }
    case 'outside':
      return undefined
  }
}

export const stateWord = ({ kind, isUp }: MapNode): string =>
  kind === 'vm'
    ? isUp
      ? 'running'
      : 'off'
    : kind === 'network'
      ? isUp
        ? 'running'
        : 'not running'
      : isUp
        ? 'up'
        : 'down'
