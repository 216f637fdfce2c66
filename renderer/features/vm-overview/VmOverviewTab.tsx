import { useId, type ReactNode } from 'react'
import { vmKey, type HostId, type VmId } from '../../../shared/model/ids'
import { isActive, vmStateText, type Vm } from '../../../shared/model/vm'
import { ErrorBox } from '../../components/ErrorBox'
import { useHost, useHostLabel } from '../../stores/hosts'
import { useVm, useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { VmIcon } from '../../ui/icons/objects'
import { Markdown } from '../../ui/Markdown'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { AutostartSwitch } from './AutostartSwitch'
import { ConsoleSecurityPanel } from './ConsoleSecurityPanel'
import { DiskTable, NicTable } from './DeviceTables'
import { FactList } from './FactList'
import { ForeignNote } from './ForeignNote'
import { LoadCharts } from './LoadCharts'
import { generalFacts, hardwareFacts } from './overview-text'
import { useAddresses } from './use-addresses'
import { useOverview } from './use-overview'
import { XmlPanel } from './XmlPanel'
import './overview.css'

interface Props {
  readonly host: HostId
  readonly vm: VmId
  /** What other features have to say of the VM, above all else. */
  readonly lead?: ReactNode
}

/** What a VM is: its load while it runs, its definition in words, its devices, and the definition itself. */
export function VmOverviewTab({ host, vm, lead }: Props) {
  const ref = { host, vm }
  const record = useVm(vmKey(ref))
  const isLoaded = useVms((state) => state.isLoaded)
  const isConnected = useHost(host)?.status.kind === 'connected'
  const hostLabel = useHostLabel(host)
  const { value, error, reload } = useOverview(ref, record, isConnected)

  const addresses = useAddresses(ref, isConnected && record !== undefined && isActive(record.state))

  if (!record) {
    return isLoaded ? (
      <EmptyState icon={VmIcon} title="This VM no longer exists">
        It was deleted from its host.
      </EmptyState>
    ) : null
  }
  return (
    <div className="overview">
      {lead}
      {!isConnected ? (
        <Note tone="info" title="The host is not connected">
          {value ? 'What is shown is from before the connection ended.' : 'Connect it to see this VM.'}
        </Note>
      ) : null}
      {error && isConnected ? (
        <ErrorBox
          error={error}
          title="The definition could not be read"
          actions={<Button onPress={reload}>Try again</Button>}
        />
      ) : null}
      {record.isForeign === true ? <ForeignNote record={record} /> : null}
      {record.isTemplate === true ? (
        <Note tone="info" title="This VM is a template">
          Others are made of it. It can be neither started, changed nor deleted until its mark is taken away,
          in the menu behind “More actions”.
        </Note>
      ) : null}
      {isActive(record.state) && isConnected ? <LoadCharts vm={ref} record={record} /> : null}
      {value ? (
        <div className="overview-grid">
          {value.description?.trim() ? <Description text={value.description} /> : null}
          <div className="overview-column">
            <FactList
              title="General"
              facts={[...generalFacts(value, hostLabel, record.runId), stateFact(record)]}
            >
              <AutostartSwitch vm={ref} record={record} />
            </FactList>
            <NicTable nics={value.nics} addresses={addresses} />
          </div>
          <FactList title="Hardware" facts={hardwareFacts(value)} />
          <DiskTable disks={value.disks} />
          {isConnected ? <ConsoleSecurityPanel vm={ref} record={record} /> : null}
          <XmlPanel vm={ref} record={record} />
        </div>
      ) : error || !isConnected ? null : (
        <p className="overview-loading" role="status">
          <Spinner /> Reading the definition of {record.name}…
        </p>
      )}
    </div>
  )
}

function Description({ text }: { readonly text: string }) {
  const id = useId()
  return (
    <section className="overview-card overview-wide" aria-labelledby={id}>
      <h2 id={id}>Description</h2>
      <Markdown text={text} />
    </section>
  )
}

function stateFact({ state, stateReason }: Vm): { label: string; value: string } {
  return {
    label: 'State',
    value: stateReason ? `${vmStateText[state]} (${stateReason})` : vmStateText[state],
  }
}
