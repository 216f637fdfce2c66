import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { FirewallRules } from '../../../shared/model/firewall'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { Card } from './HostTab'

interface Props {
  readonly host: HostId
  readonly isConnected: boolean
}

/** What the host lets through, read when somebody asks: it may be long, and not every account may. */
export function FirewallCard({ host, isConnected }: Props) {
  const [rules, setRules] = useState<FirewallRules>()
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setBusy] = useState(false)
  const read = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      setRules(await api.hosts.firewall({ host }))
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card
      title="Firewall rules"
      aside={
        <Button
          isBusy={isBusy}
          disabledReason={isConnected ? undefined : 'The host is not connected'}
          onPress={() => void read()}
        >
          {rules ? 'Read again' : 'Read the rules'}
        </Button>
      }
    >
      {error ? <ErrorBox error={error} title="The rules could not be read" /> : null}
      {rules?.lists.length === 0 ? <p>The host filters nothing: it has no rules.</p> : null}
      {rules?.lists.map(({ command, text }) => (
        <div key={command} className="host-rules">
          <h3 className="mono">{command}</h3>
          <CommandBlock text={text} what="rules" />
        </div>
      ))}
      {rules || error ? null : (
        <p className="secondary">
          What the host lets in and through, its virtual networks among it. Nothing is changed by looking.
        </p>
      )}
    </Card>
  )
}
