import { useId, useState } from 'react'
import {
  hadAlready,
  hostDeviceRows,
  identityFields,
  needsIommu,
  rowsTogether,
  type HostDeviceRow,
} from '../../../../shared/model/hardware/host-device-rows'
import { itemsOf } from '../../../../shared/model/hardware/kind'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import { vmKey } from '../../../../shared/model/ids'
import type { NodeDevice } from '../../../../shared/model/node-device'
import { ErrorBox } from '../../../components/ErrorBox'
import { useVm } from '../../../stores/vms'
import { Button } from '../../../ui/Button'
import { ChevronRightIcon } from '../../../ui/icons/general'
import { Note } from '../../../ui/Note'
import { Spinner } from '../../../ui/Spinner'
import { useNodeDevices } from '../../../form/host-data'
import { BindDevice } from './BindDevice'
import { HostDeviceTable } from './HostDeviceTable'
import { useHardwareScope } from '../hardware-scope'
import './host-devices.css'

/** For kinds that hand a device of the host to the VM: which there are, and what is to be said about the one chosen. */
export function HostDevices() {
  const { kind, values } = useHardwareScope()
  return identityFields(kind.id, values).length === 0 ? null : <Chooser />
}

function Chooser() {
  const scope = useHardwareScope()
  const { target, kind, values, context, item, disabledReason } = scope
  const listId = useId()
  const [isOpen, setOpen] = useState(item === undefined)
  const answer = useNodeDevices(target.host)
  const vmName = useVm(vmKey(target))?.name
  const devices = answer.value ?? []
  const others = itemsOf(context, kind.id)
    .filter(({ ref }) => ref.key !== item?.key)
    .map((one) => one.values)
  const rows = hostDeviceRows({ kind: kind.id, values, devices, vmName, others })
  const chosen = rows.find(({ isChosen }) => isChosen)
  return (
    <div className="hw-devices">
      {item === undefined ? null : (
        <button
          type="button"
          className="hw-more-button"
          aria-expanded={isOpen}
          aria-controls={listId}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRightIcon size={12} />
          Devices of the host
        </button>
      )}
      {isOpen ? (
        <div id={listId} className="hw-devices-open">
          {answer.error ? (
            <ErrorBox error={answer.error} title="The host did not tell its devices" />
          ) : answer.value === undefined ? (
            <p className="hw-loading" role="status">
              <Spinner /> Asking the host for its devices…
            </p>
          ) : (
            <HostDeviceTable
              rows={rows}
              hasGroups={rows.some(({ iommuGroup }) => iommuGroup !== undefined)}
              isDisabled={disabledReason !== undefined}
              onChoose={(row) => scope.set(row.values)}
            />
          )}
        </div>
      ) : null}
      {needsIommu(kind.id, devices) ? <IommuOff /> : null}
      {answer.value === undefined ? null : (
        <AboutChosen chosen={chosen} rows={rows} devices={devices} others={others} />
      )}
    </div>
  )
}

function IommuOff() {
  return (
    <Note tone="warning" title="The IOMMU of this host seems to be off">
      Without it no PCI device can be given to a VM. Turn on VT-d (Intel) or AMD-Vi, often called IOMMU, in
      the host’s firmware. On Intel hosts add <code>intel_iommu=on</code> to the kernel’s command line as
      well, then restart the host.
    </Note>
  )
}

interface AboutProps {
  readonly chosen: HostDeviceRow | undefined
  readonly rows: readonly HostDeviceRow[]
  readonly devices: readonly NodeDevice[]
  readonly others: readonly Values[]
}

function AboutChosen({ chosen, rows, devices, others }: AboutProps) {
  const { kind, values, context } = useHardwareScope()
  if (chosen) {
    const isRunningWithIt = context.isRunning && chosen.usedBy.length > 0
    return (
      <>
        {chosen.whyNot === undefined || chosen.whyNot === hadAlready ? null : (
          <Note tone="warning" title={chosen.whyNot}>
            It can be stored all the same; the VM does not start with it as long as that is so.
          </Note>
        )}
        <Group chosen={chosen} rows={rows} devices={devices} others={others} />
        {kind.id === 'pci-device' &&
        values.managed !== true &&
        chosen.whyNot === undefined &&
        !isRunningWithIt ? (
          <BindDevice key={chosen.key} row={chosen} />
        ) : null}
        {chosen.advice.map(({ title, text }) => (
          <Note key={title} tone="info" title={title}>
            <span className="selectable">{text}</span>
          </Note>
        ))}
      </>
    )
  }
  const fields = identityFields(kind.id, values)
  const isNamed = fields.every((id) => values[id] !== undefined)
  const isRefused = (kind.check?.(values, context) ?? []).some(
    ({ severity, field }) => severity === 'error' && field !== undefined && fields.includes(field),
  )
  return isNamed && !isRefused ? <Note tone="warning" title="The host has no such device now" /> : null
}

function Group({ chosen, rows, devices, others }: AboutProps & { readonly chosen: HostDeviceRow }) {
  const { kind, values, context, item, addDevices, disabledReason } = useHardwareScope()
  const together = rowsTogether(chosen, rows, devices)
  const had = new Set(others.map(({ address }) => plain(address)))
  const missing = together.filter(({ key, address }) => key !== chosen.key && !had.has(address))
  if (missing.length === 0) return null
  const canAdd = addDevices && missing.every(({ whyNot }) => whyNot === undefined)
  const isNew = item === undefined
  const count = isNew ? missing.length + 1 : missing.length
  const add = (): void => {
    const rest = missing.map((row) => ({ ...kind.defaults?.(context), ...row.values }))
    addDevices?.(kind.id, isNew ? [values, ...rest] : rest)
  }
  return (
    <Note
      tone="info"
      title={`IOMMU group ${chosen.iommuGroup} goes to a VM as a whole`}
      actions={
        canAdd && disabledReason === undefined ? (
          <Button onPress={add}>
            {isNew
              ? `Add all ${count} devices of group ${chosen.iommuGroup}`
              : count === 1
                ? `Add the other device of group ${chosen.iommuGroup}`
                : `Add the other ${count} devices of group ${chosen.iommuGroup}`}
          </Button>
        ) : undefined
      }
    >
      <span>
        Also in it: {missing.map(({ title, address }) => `${title} (${address})`).join(', ')}.
        {context.isRunning ? ' A running guest gets them at its next start.' : ''}
      </span>
    </Note>
  )
}
