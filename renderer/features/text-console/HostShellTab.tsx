import { useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { ShellOffer } from '../../../shared/model/host-shell'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { TerminalIcon } from '../../ui/icons/hardware'
import { TextConsole } from './TextConsole'
import type { InsertEntry } from './TextToolbar'

/** Before the terminal has told its size. */
const usualSize = { columns: 80, rows: 24 }

/** A shell on the host over the connection that is there; it ends when this page is left. */
export function HostShellTab({ host }: { host: HostId }) {
  const record = useHost(host)
  const isConnected = record?.status.kind === 'connected'
  const [isOpen, setOpen] = useState(false)
  const offer = useAnswer(`shell ${host} ${isConnected}`, () => api.hostShell.offer({ host }), {
    isWanted: isConnected,
  })
  const label = record?.label ?? 'this host'
  if (!isConnected && !isOpen)
    return (
      <EmptyState icon={TerminalIcon} title="The host is not connected">
        Connect it to open a shell there.
      </EmptyState>
    )
  if (offer.error && !isOpen)
    return (
      <div className="shell-failed">
        <ErrorBox error={offer.error} actions={<Button onPress={offer.reload}>Try again</Button>} />
      </div>
    )
  if (offer.value?.kind === 'none')
    return (
      <EmptyState icon={TerminalIcon} title={offer.value.error.message}>
        {offer.value.error.cure}
      </EmptyState>
    )
  if (!isOpen)
    return (
      <EmptyState
        icon={TerminalIcon}
        title={`A shell on ${label}`}
        actions={
          <Button variant="primary" isDisabled={offer.value === undefined} onPress={() => setOpen(true)}>
            Open a shell
          </Button>
        }
      >
        {offer.value?.where === 'this-computer'
          ? 'It runs on this computer, as the user who runs Innkeeper.'
          : 'It goes over the ssh connection that is there: nobody signs in again.'}{' '}
        It ends when you leave the pages of this host.
      </EmptyState>
    )
  return (
    <TextConsole
      label={`Shell on ${label}`}
      surroundings={{ peer: 'active', isHostConnected: isConnected, isWanted: true }}
      comesBack={false}
      insertEntries={virshEntries(offer.value)}
      open={(_, size) => api.hostShell.open({ host, size: size ?? usualSize })}
      onSize={(id, size) => void api.hostShell.resize({ console: id, size }).catch(() => undefined)}
      onAction={(action) => (action === 'connectHost' ? api.hosts.connect({ host }) : undefined)}
    />
  )
}

function virshEntries(offer: ShellOffer | undefined): readonly InsertEntry[] {
  if (offer?.kind !== 'available' || offer.virshUri === undefined) return []
  return [{ id: 'virsh', label: `virsh on ${offer.virshUri}`, sends: `virsh -c ${offer.virshUri}\r` }]
}
