import type { Host } from '../../../shared/model/host'
import { isActive } from '../../../shared/model/vm'
import { openDialog } from '../../stores/dialogs'
import { refOf, useVms } from '../../stores/vms'
import { ArrowDownIcon, ArrowUpIcon, CopyIcon, KeyIcon, PencilIcon, TrashIcon } from '../../ui/icons/general'
import {
  FolderIcon,
  HostIcon,
  LogIcon,
  PlugIcon,
  PulseIcon,
  RecipeIcon,
  UnplugIcon,
} from '../../ui/icons/objects'
import { DownloadIcon } from '../../ui/icons/storage'
import type { MenuEntry } from '../../ui/Menu'
import {
  connectAll,
  connectHost,
  copyHostUri,
  disconnectAll,
  disconnectHost,
  dissolveGroup,
  forgetSecrets,
  isUp,
  moveGroup,
  moveHost,
  orderedHosts,
} from './host-actions'
import { stepGroup, stepHost } from './host-order'

export function hostMenuEntries(host: Host): MenuEntry[] {
  const hosts = orderedHosts()
  const isEnd = (direction: 'up' | 'down'): boolean => stepHost(hosts, host.id, direction).length === 0
  return [
    ...connectionEntries(host),
    'separator',
    {
      id: 'edit',
      label: 'Edit…',
      icon: PencilIcon,
      run: () => openDialog({ kind: 'editHost', host: host.id }),
    },
    {
      id: 'duplicate',
      label: 'Duplicate…',
      icon: HostIcon,
      run: () => openDialog({ kind: 'addHost', like: host.id }),
    },
    {
      id: 'copy-uri',
      label: 'Copy connection URI',
      icon: CopyIcon,
      run: () => void copyHostUri(host),
    },
    ...(host.hasKeptSecrets
      ? [
          {
            id: 'forget',
            label: 'Forget saved passwords',
            icon: KeyIcon,
            run: () => void forgetSecrets(host),
          },
        ]
      : []),
    {
      id: 'backups',
      label: 'Backups of VMs…',
      icon: DownloadIcon,
      disabledReason: host.status.kind === 'connected' ? undefined : 'The host is not connected',
      run: () => openDialog({ kind: 'hostBackups', host: host.id }),
    },
    {
      id: 'log',
      label: 'Connection log…',
      icon: LogIcon,
      run: () => openDialog({ kind: 'hostLog', host: host.id }),
    },
    {
      id: 'diagnose',
      label: 'Diagnose…',
      icon: PulseIcon,
      run: () => openDialog({ kind: 'diagnosis', host: host.id }),
    },
    {
      id: 'recipes',
      label: 'Set-up recipes…',
      icon: RecipeIcon,
      run: () => openDialog({ kind: 'recipes', host: host.id }),
    },
    evacuateEntry(host),
    'separator',
    {
      id: 'group',
      label: 'Move to group…',
      icon: FolderIcon,
      run: () => openDialog({ kind: 'moveHost', host: host.id }),
    },
    ...orderEntries(isEnd, (direction) => void moveHost(host, direction)),
    'separator',
    {
      id: 'remove',
      label: 'Remove host…',
      icon: TrashIcon,
      isDanger: true,
      run: () => openDialog({ kind: 'removeHost', host: host.id }),
    },
  ]
}

/** Before maintenance: everything that runs goes to another host. */
function evacuateEntry(host: Host): MenuEntry {
  const running = [...useVms.getState().byKey.values()].filter(
    (vm) => vm.host === host.id && isActive(vm.state),
  )
  return {
    id: 'evacuate',
    label: 'Move all running VMs away…',
    icon: HostIcon,
    disabledReason:
      host.status.kind !== 'connected'
        ? 'The host is not connected'
        : running.length === 0
          ? 'No VM runs on this host'
          : undefined,
    run: () => openDialog({ kind: 'moveVms', refs: running.map(refOf) }),
  }
}

/** A failed host that will be tried again can be tried at once, or left alone. */
function connectionEntries(host: Host): MenuEntry[] {
  const connect: MenuEntry = {
    id: 'connect',
    label: host.status.kind === 'failed' ? 'Try again' : 'Connect',
    icon: PlugIcon,
    run: () => void connectHost(host),
  }
  const isWaiting = host.status.kind === 'failed' && host.status.retryAtMs !== undefined
  const disconnect: MenuEntry = {
    id: 'disconnect',
    label: isWaiting ? 'Stop trying' : host.status.kind === 'connecting' ? 'Cancel connecting' : 'Disconnect',
    icon: UnplugIcon,
    run: () => void disconnectHost(host),
  }
  return [...(isUp(host) ? [] : [connect]), ...(isUp(host) || isWaiting ? [disconnect] : [])]
}

export function groupMenuEntries(group: string, members: readonly Host[]): MenuEntry[] {
  const hosts = orderedHosts()
  const isEnd = (direction: 'up' | 'down'): boolean => stepGroup(hosts, group, direction).length === 0
  return [
    {
      id: 'connect',
      label: 'Connect all',
      icon: PlugIcon,
      disabledReason: members.every(isUp) ? 'All of them are connected' : undefined,
      run: () => void connectAll(members),
    },
    {
      id: 'disconnect',
      label: 'Disconnect all',
      icon: UnplugIcon,
      disabledReason: members.every(({ status }) => status.kind === 'disconnected')
        ? 'None of them is connected'
        : undefined,
      run: () => void disconnectAll(members),
    },
    'separator',
    {
      id: 'add',
      label: 'Add host to the group…',
      icon: HostIcon,
      run: () => openDialog({ kind: 'addHost', group }),
    },
    {
      id: 'rename',
      label: 'Rename group…',
      icon: PencilIcon,
      run: () => openDialog({ kind: 'renameGroup', group }),
    },
    ...orderEntries(isEnd, (direction) => void moveGroup(group, direction)),
    'separator',
    // the hosts stay: nothing is lost that would have to be asked about
    { id: 'dissolve', label: 'Dissolve group', icon: FolderIcon, run: () => void dissolveGroup(group) },
  ]
}

function orderEntries(
  isEnd: (direction: 'up' | 'down') => boolean,
  move: (direction: 'up' | 'down') => void,
): MenuEntry[] {
  return [
    {
      id: 'up',
      label: 'Move up',
      icon: ArrowUpIcon,
      shortcut: 'Alt+↑',
      disabledReason: isEnd('up') ? 'It is the first' : undefined,
      run: () => move('up'),
    },
    {
      id: 'down',
      label: 'Move down',
      icon: ArrowDownIcon,
      shortcut: 'Alt+↓',
      disabledReason: isEnd('down') ? 'It is the last' : undefined,
      run: () => move('down'),
    },
  ]
}
