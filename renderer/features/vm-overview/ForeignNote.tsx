import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { useHost } from '../../stores/hosts'
import { usePendingTask } from '../../stores/tasks'
import { refOf } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { whyLocked } from '../hosts/why-locked'

/** Another program started this VM: what can be done with it, and how it becomes one of this host's. */
export function ForeignNote({ record }: { readonly record: Vm }) {
  const [failure, setFailure] = useState<ErrorData>()
  const host = useHost(record.host)
  const pending = usePendingTask(refOf(record))
  const locked = (host && whyLocked(host)) ?? (pending && `${record.name} is busy: ${pending.title}`)
  if (record.isPersistent) {
    return (
      <Note tone="info" title="It still runs as another program has started it">
        Its definition is kept. Once it has stopped, its next start is from here, and all of it can be used.
      </Note>
    )
  }
  return (
    <>
      <Note
        tone="info"
        title="This VM was started by another program"
        actions={
          <Button
            className="button-small"
            disabledReason={locked}
            onPress={() => {
              setFailure(undefined)
              api.vms.takeOver(refOf(record)).catch((reason: unknown) => setFailure(errorData(reason)))
            }}
          >
            Keep its definition
          </Button>
        }
      >
        What is shown is what its command says. It can be paused, shut down, reset and looked at as far as
        QEMU was given a monitor and a screen that can be reached; nothing of it is changed. When its
        definition is kept, it can be started from here the next time.
      </Note>
      {failure ? <ErrorBox error={failure} title="The definition was not kept" /> : null}
    </>
  )
}
