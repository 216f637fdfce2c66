import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostLogLine } from '../../../shared/ipc/contract'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { LogIcon } from '../../ui/icons/objects'

/** What happened while connecting, as it happens. */
export function HostLogDialog({ id }: { id: HostId }) {
  const host = useHost(id)
  const [lines, setLines] = useState<readonly HostLogLine[]>([])
  const [error, setError] = useState<ErrorData>()
  useEffect(() => {
    let isOpen = true
    const load = (): void => {
      api.hosts.log({ host: id }).then(
        (next) => isOpen && setLines(next),
        (reason) => isOpen && setError(errorData(reason)),
      )
    }
    load()
    // Lines carry no event of their own; while somebody reads them, asking once a second is cheap.
    const timer = setInterval(load, 1000)
    return () => {
      isOpen = false
      clearInterval(timer)
    }
  }, [id])
  const text = lines.map(({ atMs, text: line }) => `${new Date(atMs).toISOString()} ${line}`).join('\n')
  return (
    <Dialog
      title={`Connection log of ${host?.label ?? 'host'}`}
      icon={LogIcon}
      width={720}
      isDismissable
      onClose={closeDialog}
      footer={
        <>
          <Button isDisabled={lines.length === 0} onPress={() => void api.app.copyText({ text })}>
            Copy
          </Button>
          <Button variant="primary" onPress={closeDialog}>
            Close
          </Button>
        </>
      }
    >
      {error ? <ErrorBox error={error} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <div className="log selectable" role="log" tabIndex={0} aria-label="Connection log">
        {lines.length === 0 ? <span className="secondary">Nothing has happened yet.</span> : null}
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
          <div key={index} className="log-line">
            <time className="log-time">
              {new Date(line.atMs).toLocaleTimeString(undefined, { hourCycle: 'h23' })}
            </time>
            <span className="log-text">{line.text}</span>
          </div>
        ))}
      </div>
    </Dialog>
  )
}
