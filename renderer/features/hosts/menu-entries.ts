import type { Host } from '../../../shared/model/host'
import { openDialog } from '../../stores/dialogs'
import { PencilIcon, TrashIcon } from '../../ui/icons/general'
import { LogIcon, PlugIcon, PulseIcon, RecipeIcon, UnplugIcon } from '../../ui/icons/objects'
import type { MenuEntry } from '../../ui/Menu'
import { connectHost, disconnectHost } from './host-actions'

export function hostMenuEntries(host: Host): MenuEntry[] {
  const { kind } = host.status
  const isUp = kind === 'connected' || kind === 'connecting'
  return [
    isUp
      ? {
          id: 'disconnect',
          label: kind === 'connecting' ? 'Cancel connecting' : 'Disconnect',
          icon: UnplugIcon,
          run: () => void disconnectHost(host),
        }
      : { id: 'connect', label: 'Connect', icon: PlugIcon, run: () => void connectHost(host) },
    'separator',
    {
      id: 'edit',
      label: 'Edit…',
      icon: PencilIcon,
      run: () => openDialog({ kind: 'editHost', host: host.id }),
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
