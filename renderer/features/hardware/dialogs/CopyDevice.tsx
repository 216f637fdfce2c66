import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { kindOf } from '../../../../shared/model/hardware/kinds'
import type { HardwareView, ItemRef } from '../../../../shared/model/hardware/view'
import type { VmId } from '../../../../shared/model/ids'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { useVms } from '../../../stores/vms'
import { MiddleTruncate } from '../../../ui/MiddleTruncate'
import { Select } from '../../../ui/Select'
import { Spinner } from '../../../ui/Spinner'
import { newKey } from '../draft'
import { usePlace } from '../place'
import type { HardwareSession } from '../session'
import { KindIcon } from '../KindIcon'
import { pageOf, putChanges } from '../store'

/** Takes a device of another VM of the host, as its definition has it, without what belongs to that VM alone. */
export function CopyDevice({ session }: { session: HardwareSession }) {
  const { target, key, changes } = session
  const { closeDialog } = usePlace()
  const byKey = useVms((state) => state.byKey)
  const others = [...byKey.values()]
    .filter((vm) => vm.host === target.host && vm.id !== target.vm)
    .toSorted((a, b) => a.name.localeCompare(b.name))
  const [from, setFrom] = useState<VmId>()
  const [view, setView] = useState<HardwareView>()
  const [error, setError] = useState<ErrorData>()
  const { host } = target

  useEffect(() => {
    if (from === undefined) return
    let isCurrent = true
    const read = async (): Promise<void> => {
      try {
        const found = await api.hardware.view({ host, vm: from })
        if (isCurrent) setView(found)
      } catch (reason) {
        if (isCurrent) setError(errorData(reason))
      }
    }
    setView(undefined)
    setError(undefined)
    void read()
    return () => {
      isCurrent = false
    }
  }, [host, from])

  const copy = async (item: ItemRef): Promise<void> => {
    if (from === undefined) return
    try {
      const xml = await api.hardware.deviceXml({ host, vm: from, item: { ...item } })
      putChanges(key, [...changes, { kind: 'add-xml', key: newKey(changes), xml }])
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
    }
  }
  const devices = (view?.items ?? []).filter(({ ref }) => kindOf(ref.kind)?.role === 'device')
  return (
    <>
      <h3 className="hw-add-title">Copy from another VM</h3>
      {others.length === 0 ? (
        <p className="secondary">This host has no other VM.</p>
      ) : (
        <Select
          label="VM"
          value={from ?? ('' as VmId)}
          options={others.map(({ id, name }) => ({ id, label: name }))}
          onChange={setFrom}
          hint="Its place on the bus and in the boot order, and its MAC address, stay behind."
        />
      )}
      {error ? <ErrorBox error={error} /> : null}
      {from !== undefined && !view && !error ? (
        <p className="hw-loading" role="status">
          <Spinner /> Reading its hardware…
        </p>
      ) : null}
      <ul className="hw-volumes" aria-label="Devices">
        {devices.map(({ ref, values }) => {
          const kind = kindOf(ref.kind)
          const summary = kind?.summary?.(values)
          return (
            <li key={pageOf(ref)}>
              <button type="button" className="hw-entry hw-entry-device" onClick={() => void copy(ref)}>
                <KindIcon kind={kind} />
                <span className="hw-entry-text">
                  <span className="hw-entry-title truncate">{kind?.title(values)}</span>
                  {summary === undefined ? null : (
                    <span className="hw-entry-summary">
                      <MiddleTruncate text={summary} />
                    </span>
                  )}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
