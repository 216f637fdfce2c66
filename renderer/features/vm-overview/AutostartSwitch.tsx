import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { VmRef } from '../../../shared/model/ids'
import { foreignReason, noAutostartReason, templateReason, type Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { useHost } from '../../stores/hosts'
import { usePendingTask } from '../../stores/tasks'
import { Checkbox } from '../../ui/Checkbox'

/** Shows what the host says, not what was clicked: the mark moves when the host has done it. */
export function AutostartSwitch({ vm, record }: { vm: VmRef; record: Vm }) {
  const [failure, setFailure] = useState<ErrorData>()
  const pending = usePendingTask(vm)
  const status = useHost(vm.host)?.status
  const whyNot =
    status?.kind !== 'connected'
      ? 'The host is not connected'
      : status.info.isReadOnly
        ? 'The connection to this host is read-only'
        : record.isForeign === true
          ? foreignReason
          : !record.isPersistent
            ? 'Not possible for a transient VM'
            : !status.features.canAutostart
              ? noAutostartReason
              : record.isTemplate === true && !record.autostart
                ? templateReason
                : undefined
  return (
    <div className="fact">
      <dt>Autostart</dt>
      <dd>
        <div className="fact-value">
          <Checkbox
            isSelected={record.autostart}
            isDisabled={whyNot !== undefined || pending !== undefined}
            onChange={(autostart) => {
              setFailure(undefined)
              api.vms
                .setAutostart({ ...vm, autostart })
                .catch((error: unknown) => setFailure(errorData(error)))
            }}
          >
            Start when the host starts
          </Checkbox>
          {whyNot === undefined ? null : <span className="secondary fact-note">{whyNot}</span>}
          {failure === undefined ? null : <ErrorBox error={failure} />}
        </div>
      </dd>
    </div>
  )
}
