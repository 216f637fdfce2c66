import { openDialog } from '../../stores/dialogs'
import { IconButton } from '../../ui/Button'
import { PlusIcon } from '../../ui/icons/general'
import { LogoIcon } from '../../ui/icons/objects'
import { HostTree } from './HostTree'

export function Sidebar() {
  return (
    <nav className="sidebar" aria-label="Hosts and virtual machines">
      <div className="sidebar-header">
        <LogoIcon size={20} />
        <span className="sidebar-title truncate">Innkeeper</span>
        <IconButton
          icon={PlusIcon}
          label="Add host…"
          shortcut="Ctrl+Shift+A"
          onPress={() => openDialog({ kind: 'addHost' })}
        />
      </div>
      <HostTree />
    </nav>
  )
}
