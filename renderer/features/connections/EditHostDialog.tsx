import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { closeDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { PencilIcon } from '../../ui/icons/general'
import { changesWay, draftOf, updateInput, type HostDraft } from './host-draft'
import { HostDialog } from './HostDialog'

/** The host stays the same one: its place in the tree, its VMs and what is remembered about it are kept. */
export function EditHostDialog({ id }: { id: HostId }) {
  const host = useHost(id)
  if (!host) return null
  return (
    <HostDialog
      title={`Edit ${host.label}`}
      icon={PencilIcon}
      initial={draftOf(host)}
      submitLabel="Save"
      failure="The changes were not saved"
      noteOf={(draft) => reconnectNote(host, draft)}
      onSubmit={async (draft) => {
        const input = updateInput(host, draft)
        if (Object.keys(input).length > 1) await api.hosts.update(input)
        closeDialog()
      }}
    />
  )
}

function reconnectNote(host: Host, draft: HostDraft): string | undefined {
  if (host.status.kind === 'disconnected' || !changesWay(updateInput(host, draft))) return undefined
  return host.status.kind === 'connected'
    ? 'Saving connects to the host anew, which closes its open consoles'
    : 'Saving tries the host again, the new way'
}
