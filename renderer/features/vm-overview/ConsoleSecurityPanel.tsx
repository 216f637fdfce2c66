import { useEffect, useId, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { assessVm, type ConsoleSecurity } from '../../../shared/model/console-security'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { FindingList, VerdictBadge } from '../../components/ConsoleFindings'
import { Button } from '../../ui/Button'

interface Props {
  readonly vm: VmRef
  /** Asked again when it changes: a display listens only while the VM runs. */
  readonly record: Vm
}

/** Who can get at the VM's screen, and what would make it safer. */
export function ConsoleSecurityPanel({ vm, record }: Props) {
  const id = useId()
  const [answer, setAnswer] = useState<{
    key: string
    atMs: number
    value?: ConsoleSecurity
    error?: ErrorData
  }>()
  const [tries, setTries] = useState(0)
  const key = `${vmKey(vm)} ${record.state} ${tries}`
  const { host, vm: vmId } = vm

  useEffect(() => {
    let isCurrent = true
    const load = async (): Promise<void> => {
      try {
        const value = await api.vms.consoleSecurity({ host, vm: vmId })
        if (isCurrent) setAnswer({ key, atMs: Date.now(), value })
      } catch (error) {
        if (isCurrent) setAnswer({ key, atMs: Date.now(), error: errorData(error) })
      }
    }
    void load()
    return () => {
      isCurrent = false
    }
  }, [host, vmId, key])

  const { value, error, atMs = 0 } = answer ?? {}
  const found = value?.vms[0]
  const assessment = value && found && assessVm(found.displays, { ...value, nowMs: atMs })
  return (
    <section className="overview-card overview-wide" aria-labelledby={id}>
      <h2 id={id}>Console security</h2>
      <div className="console-security">
        {error ? (
          <p>
            {`It could not be looked at: ${error.message}`}{' '}
            <Button variant="quiet" onPress={() => setTries((many) => many + 1)}>
              Look again
            </Button>
          </p>
        ) : null}
        {!answer ? (
          <p className="secondary" role="status">
            Looking at its displays…
          </p>
        ) : null}
        {found?.unread === undefined ? null : <p>{`It could not be read: ${found.unread}`}</p>}
        {assessment && found && found.unread === undefined ? (
          found.displays.length === 0 ? (
            <p className="secondary">It has no graphical display that anybody could open.</p>
          ) : (
            <>
              <VerdictBadge verdict={assessment.verdict} />
              <FindingList findings={assessment.findings} />
            </>
          )
        ) : null}
        {found && found.pending.length > 0 ? (
          <p>{`Restart the VM to change ${found.pending.join(', ')}.`}</p>
        ) : null}
      </div>
    </section>
  )
}
