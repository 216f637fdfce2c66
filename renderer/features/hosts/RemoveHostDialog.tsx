import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { closeDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { go, useRoute } from '../../stores/route'
import { ConfirmDialog } from '../../components/ConfirmDialog'

export function RemoveHostDialog({ id }: { id: HostId }) {
  const host = useHost(id)
  if (!host) return null
  return (
    <ConfirmDialog
      title={`Remove ${host.label}?`}
      confirmLabel="Remove host"
      tone="danger"
      onClose={closeDialog}
      onConfirm={async () => {
        await api.hosts.remove({ host: id })
        const { route } = useRoute.getState()
        if ((route.kind === 'host' && route.host === id) || (route.kind === 'vm' && route.ref.host === id)) {
          go({ kind: 'all' })
        }
        closeDialog()
      }}
    >
      <p>
        The host leaves this list. Nothing on it changes: its virtual machines keep running, and you can add
        it again at any time.
      </p>
    </ConfirmDialog>
  )
}
