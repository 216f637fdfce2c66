import { useState } from 'react'
import type { HostId } from '../../../../shared/model/ids'
import { api } from '../../../api/client'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { useHosts } from '../../../stores/hosts'
import { remember } from '../../../stores/remembered'
import { Checkbox } from '../../../ui/Checkbox'
import { CopyIcon } from '../../../ui/icons/general'
import { usePool } from '../pools'
import { counted, shortType } from '../words'

/** A VM can move only to a host that has its pools too; this defines one on several at once. */
export function CopyPoolDialog({ host, pool: name }: { host: HostId; pool: string }) {
  const pool = usePool(host, name)
  const { byId, order } = useHosts()
  const others = order.flatMap((id) => {
    const other = byId[id]
    return other && id !== host && other.status.kind === 'connected' && !other.status.info.isReadOnly
      ? other
      : []
  })
  const [chosen, setChosen] = useState<ReadonlySet<HostId>>(new Set())
  const [start, setStart] = useState(true)
  const to = others.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  return (
    <ConfirmDialog
      title={`Copy pool ${name} to other hosts`}
      confirmLabel={
        others.length === 0 ? undefined : to.length < 2 ? 'Copy' : `Copy to ${counted(to.length, 'host')}`
      }
      icon={CopyIcon}
      canConfirm={to.length > 0}
      onClose={closeDialog}
      onConfirm={async () => {
        await api.storage.copyPool({ host, pool: name, to, start })
        remember({ tasksOpen: true })
        closeDialog()
      }}
    >
      <p>
        The same {pool ? shortType(pool.type).toLowerCase() : 'pool'} is defined on them, under the same name.
        Its contents are not copied: for VMs that shall move between hosts, all must reach the same storage.
      </p>
      {others.length === 0 ? (
        <p className="secondary">No other host is connected that can be changed.</p>
      ) : (
        <>
          <fieldset className="host-choices">
            <legend className="field-label">Hosts</legend>
            {others.map(({ id, label, uri }) => (
              <Checkbox
                key={id}
                isSelected={chosen.has(id)}
                onChange={(isOn) => {
                  const next = new Set(chosen)
                  if (isOn) next.add(id)
                  else next.delete(id)
                  setChosen(next)
                }}
              >
                {label} <span className="secondary mono">{uri}</span>
              </Checkbox>
            ))}
          </fieldset>
          <Checkbox isSelected={start} onChange={setStart}>
            Start it there at once
          </Checkbox>
        </>
      )}
    </ConfirmDialog>
  )
}
