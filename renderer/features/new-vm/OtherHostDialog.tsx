import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { isActive, type Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { useHosts } from '../../stores/hosts'
import { keyOf, refOf, useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CodeIcon } from '../../ui/icons/hardware'
import { SearchField } from '../../ui/SearchField'
import { Select } from '../../ui/Select'
import './other-host.css'

/** More are found by their name. */
const mostShown = 100

/** Hosts that are connected, but for the one the VM is going to. */
export function useOtherHosts(host: HostId): readonly { readonly id: HostId; readonly label: string }[] {
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  return order.flatMap((id) => {
    const one = byId[id]
    return one?.status.kind === 'connected' && id !== host ? [{ id, label: one.label }] : []
  })
}

export interface TakenDefinition {
  readonly xml: string
  readonly name: string
  readonly from: string
  readonly isRunning: boolean
}

interface Props {
  readonly hosts: ReturnType<typeof useOtherHosts>
  readonly onTake: (taken: TakenDefinition) => void
  readonly onClose: () => void
}

/** The stored definition of a VM that another connected host has. */
export function OtherHostDialog({ hosts, onTake, onClose }: Props) {
  const [chosen, setHost] = useState(hosts[0]?.id)
  const [query, setQuery] = useState('')
  const [failure, setFailure] = useState<ErrorData>()
  const [reading, setReading] = useState<string>()
  const all = useVms((state) => state.byKey)
  const host = hosts.find(({ id }) => id === chosen) ?? hosts[0]
  const words = query.trim().toLowerCase()
  const found = [...all.values()]
    .filter((vm) => vm.host === host?.id && vm.name.toLowerCase().includes(words))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  const take = async (vm: Vm): Promise<void> => {
    setFailure(undefined)
    setReading(keyOf(vm))
    try {
      const { xml } = await api.hardware.definition({ ...refOf(vm), which: 'stored' })
      onTake({ xml, name: vm.name, from: host?.label ?? '', isRunning: isActive(vm.state) })
    } catch (reason) {
      setFailure(errorData(reason))
      setReading(undefined)
    }
  }
  return (
    <Dialog
      title="The definition of a VM of another host"
      icon={CodeIcon}
      width={520}
      onClose={onClose}
      footer={<Button onPress={onClose}>Cancel</Button>}
    >
      {host ? (
        <Select
          label="Host it is on"
          value={host.id}
          options={hosts}
          onChange={(id) => {
            setHost(id)
            setQuery('')
          }}
        />
      ) : null}
      <SearchField label="Search VMs" placeholder="Search VMs" value={query} onChange={setQuery} />
      {found.length === 0 ? (
        <p className="secondary">{words === '' ? 'This host has no VMs.' : 'No VM is called so.'}</p>
      ) : (
        <ul className="nv-other-vms" aria-label="VMs">
          {found.slice(0, mostShown).map((vm) => (
            <li key={keyOf(vm)}>
              <Button
                variant="quiet"
                isBusy={reading === keyOf(vm)}
                isDisabled={reading !== undefined}
                onPress={() => void take(vm)}
              >
                {vm.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {found.length > mostShown ? (
        <p className="secondary">{`${found.length - mostShown} more: search by name.`}</p>
      ) : null}
      {failure ? <ErrorBox error={failure} title="The definition could not be read" /> : null}
    </Dialog>
  )
}
