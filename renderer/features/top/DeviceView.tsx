import { useMemo, type ReactNode, type RefObject } from 'react'
import type { Host } from '../../../shared/model/host'
import type { DeviceKind } from '../../../shared/model/monitor/devices'
import { useIsVisible } from '../../api/use-is-visible'
import { ErrorBox } from '../../components/ErrorBox'
import { usePolling } from '../../stores/polling'
import { EmptyState } from '../../ui/EmptyState'
import { PulseIcon } from '../../ui/icons/objects'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { deviceRows } from './device-rows'
import { diskColumns, nicColumns, vcpuColumns } from './device-tables'
import type { TopFilter } from './top-filter'
import { TopTable } from './TopTable'
import { filterTop } from './top-column'
import type { DeviceTopView } from './views'
import { hostCpuColumns, hostCpuRows } from './host-cpus'
import { useDevices } from './use-devices'
import { NothingFound, NothingRuns } from './VmView'
import type { VmRow } from './vm-table'

interface Props {
  readonly view: DeviceTopView
  readonly hosts: readonly Host[]
  readonly vmRows: readonly VmRow[]
  readonly filter: TopFilter
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly csvRef: RefObject<(() => string) | undefined>
}

/** Above this hosts are not asked where vCPUs run; see monitor/devices.ts. */
const mostPlaced = 32

/** A host of a thousand VMs has thousands of devices, and nobody reads those any faster. */
const shortestMs = 2_000

/** Each vCPU, disk or network card of all running VMs. */
export function DeviceView({ view, hosts, vmRows, filter, gridRef, csvRef }: Props) {
  const everyMs = Math.max(shortestMs, usePolling((state) => state.polling.everySeconds) * 1000)
  const isVisible = useIsVisible()
  const kind = view === 'hostCpus' ? 'vcpus' : view
  const connected = useMemo(
    () => hosts.filter(({ status }) => status.kind === 'connected').map(({ id }) => id),
    [hosts],
  )
  const readings = useDevices(connected, kind, { everyMs, isWanted: isVisible && !filter.isPaused })
  const rows = useMemo(() => deviceRows(connected, readings, vmRows), [connected, readings, vmRows])
  const failed = hosts.flatMap(({ id, label }) => {
    const error = readings.get(id)?.error
    return error ? [{ id, label, error }] : []
  })
  const isReading = connected.some((host) => !readings.has(host))
  const empty = emptyText(kind, vmRows.length > 0, isReading)
  return (
    <>
      {failed.map(({ id, label, error }) => (
        <div key={id} className="top-note">
          <ErrorBox error={error} title={`${label} does not tell`} />
        </div>
      ))}
      {kind === 'vcpus' && vmRows.length > mostPlaced ? (
        <div className="top-note">
          <Note tone="info">
            {`Where vCPUs run is only read of hosts with up to ${mostPlaced} running VMs, as each has to be asked.`}
          </Note>
        </div>
      ) : null}
      {view === 'vcpus' ? (
        <TopTable
          label="Virtual CPUs"
          columns={vcpuColumns}
          rows={filterTop(rows.vcpus, filter.text)}
          firstSort="top-vcpu-cpu"
          gridRef={gridRef}
          csvRef={csvRef}
          empty={rows.vcpus.length > 0 ? <NothingFound /> : empty}
        />
      ) : null}
      {view === 'hostCpus' ? (
        <TopTable
          label="CPUs of hosts"
          columns={hostCpuColumns}
          rows={hostCpuRows(filterTop(rows.vcpus, filter.text), hosts)}
          firstSort="top-pcpu-cpu"
          gridRef={gridRef}
          csvRef={csvRef}
          empty={rows.vcpus.length > 0 ? <NothingFound /> : empty}
        />
      ) : null}
      {view === 'disks' ? (
        <TopTable
          label="Disks of running VMs"
          columns={diskColumns}
          rows={filterTop(rows.disks, filter.text)}
          firstSort="top-disk-write"
          gridRef={gridRef}
          csvRef={csvRef}
          empty={rows.disks.length > 0 ? <NothingFound /> : empty}
        />
      ) : null}
      {view === 'nics' ? (
        <TopTable
          label="Network cards of running VMs"
          columns={nicColumns}
          rows={filterTop(rows.nics, filter.text)}
          firstSort="top-nic-receive"
          gridRef={gridRef}
          csvRef={csvRef}
          empty={rows.nics.length > 0 ? <NothingFound /> : empty}
        />
      ) : null}
    </>
  )
}

function emptyText(kind: DeviceKind, runsAny: boolean, isReading: boolean): ReactNode {
  if (isReading)
    return (
      <p className="top-waiting" role="status">
        <Spinner /> Reading…
      </p>
    )
  if (!runsAny) return <NothingRuns />
  return (
    <EmptyState icon={PulseIcon} title={`No running VM tells of its ${words[kind]}`}>
      Drivers other than QEMU's often only tell of a VM as a whole.
    </EmptyState>
  )
}

const words: Readonly<Record<DeviceKind, string>> = {
  vcpus: 'virtual CPUs',
  disks: 'disks',
  nics: 'network cards',
}
