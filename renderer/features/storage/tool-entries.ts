import type { HostId } from '../../../shared/model/ids'
import { openDialog } from '../../stores/dialogs'
import { SearchIcon } from '../../ui/icons/general'
import type { MenuEntry } from '../../ui/Menu'

/** What is about all pools of a host. */
export function toolEntries(host: HostId): readonly MenuEntry[] {
  return [
    {
      id: 'orphans',
      label: 'Find unused images…',
      icon: SearchIcon,
      run: () => openDialog({ kind: 'orphans', host }),
    },
  ]
}
