import { useEffect } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { onTaskEnd, usePendingTask } from '../../stores/tasks'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { errorData } from '../../../shared/errors'
import { mediaInWords } from './words'
import './install-media.css'

/** So that a VM which is never switched off is told of while its page stays open. */
const everyMs = 60_000

interface Props {
  readonly target: VmRef
  readonly record: Vm
}

/** Once, after an installation: its discs are still in the VM, and can go or stay. */
export function InstallMediaNote({ target, record }: Props) {
  const { host, vm } = target
  const status = useHost(host)?.status
  const isConnected = status?.kind === 'connected'
  const { value, reload } = useAnswer(
    `install media ${vmKey(target)} ${record.state} ${isConnected}`,
    () => api.newVm.installMedia(target),
    { isWanted: isConnected && record.isTemplate !== true, everyMs },
  )
  useEffect(
    () =>
      onTaskEnd((task) => {
        if (task.host === host && task.vm === vm) reload()
      }),
    [host, vm, reload],
  )
  const pending = usePendingTask(target)
  if (!value || !isConnected || record.isTemplate === true) return null
  const locked = status.info.isReadOnly
    ? 'This connection is read-only'
    : pending
      ? `${record.name} is busy: ${pending.title}`
      : undefined
  const keep = async (): Promise<void> => {
    try {
      await api.newVm.keepMedia(target)
      reload()
    } catch (error) {
      showToast({ tone: 'error', title: 'This is still told of', error: errorData(error) })
    }
  }
  const holdsAnswers = value.media.some(({ role }) => role === 'answers')
  return (
    <section className="install-media" aria-label="Installation media">
      <Note
        tone="info"
        title={`Installation media are still in ${record.name}: ${mediaInWords(value.media)}`}
        actions={
          <>
            <Button
              className="button-small"
              disabledReason={locked}
              onPress={() => openDialog({ kind: 'takeOutMedia', ref: target, found: value })}
            >
              Take out…
            </Button>
            <Button className="button-small" variant="quiet" onPress={() => void keep()}>
              Keep
            </Button>
          </>
        }
      >
        {holdsAnswers
          ? 'Once the system is installed nothing needs them, and the answers may hold a password.'
          : 'Once the system is installed nothing needs them.'}
      </Note>
    </section>
  )
}
