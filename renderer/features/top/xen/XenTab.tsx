import { useMemo, useRef, useState } from 'react'
import type { HostId } from '../../../../shared/model/ids'
import { xenIntervalsMs } from '../../../../shared/model/monitor/xen'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { useIsVisible } from '../../../api/use-is-visible'
import { ErrorBox } from '../../../components/ErrorBox'
import { useHost } from '../../../stores/hosts'
import { useVms } from '../../../stores/vms'
import { Button, IconButton } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { PulseIcon, UnplugIcon } from '../../../ui/icons/objects'
import { PauseIcon, PlayIcon } from '../../../ui/icons/power'
import { Segmented } from '../../../ui/Segmented'
import { Select } from '../../../ui/Select'
import { Spinner } from '../../../ui/Spinner'
import { TopTable } from '../TopTable'
import { domainColumns, netColumns, vbdColumns } from './columns'
import { xenRows } from './rows'
import '../top.css'

/** The domains of a Xen host, its own included, as xentop shows them. */
export function XenTab({ host }: { host: HostId }) {
  const shown = useHost(host)
  return (
    <section className="xen" aria-label={`Domains of ${shown?.label ?? 'this host'}`}>
      {shown?.status.kind === 'connected' ? (
        <XenDomains host={host} hostLabel={shown.label} />
      ) : (
        <EmptyState icon={UnplugIcon} title="Connect the host to see its domains">
          xentop is run on the host while they are shown.
        </EmptyState>
      )}
    </section>
  )
}

const tables = [
  { id: 'domains', label: 'Domains' },
  { id: 'nets', label: 'Networks' },
  { id: 'vbds', label: 'Block devices' },
] as const

function XenDomains({ host, hostLabel }: { host: HostId; hostLabel: string }) {
  const [table, setTable] = useState<(typeof tables)[number]['id']>('domains')
  const [everyMs, setEveryMs] = useState<number>(xenIntervalsMs[1])
  const [isPaused, setPaused] = useState(false)
  const isVisible = useIsVisible()
  const byKey = useVms((state) => state.byKey)
  const grid = useRef<HTMLDivElement>(null)
  const csvRef = useRef<() => string>(undefined)
  const { value, error, reload } = useAnswer(`xen ${host}`, () => api.monitor.xen({ host }), {
    everyMs,
    isWanted: !isPaused && isVisible,
  })
  const rows = useMemo(
    () => xenRows(value ?? [], { host, hostLabel, vms: byKey }),
    [value, host, hostLabel, byKey],
  )
  if (value === undefined) {
    return (
      <div className="top-note xen-first">
        {error ? (
          <ErrorBox error={error} actions={<Button onPress={reload}>Try again</Button>} />
        ) : (
          <p className="host-waiting" role="status">
            <Spinner /> Asking xentop…
          </p>
        )}
      </div>
    )
  }
  const common = { gridRef: grid, csvRef, empty: <NothingThere /> }
  return (
    <>
      <div className="top-toolbar xen-toolbar">
        <Segmented label="Show" value={table} segments={tables} onChange={setTable} />
        <Select
          label="Wait between readings"
          className="xen-interval"
          value={String(everyMs)}
          options={xenIntervalsMs.map((ms) => ({ id: String(ms), label: `Every ${ms / 1000} s` }))}
          onChange={(ms) => setEveryMs(Number(ms))}
        />
        <IconButton
          icon={isPaused ? PlayIcon : PauseIcon}
          label={isPaused ? 'Go on reading' : 'Pause'}
          onPress={() => setPaused(!isPaused)}
        />
      </div>
      {error ? (
        <div className="top-note">
          <ErrorBox error={error} actions={<Button onPress={reload}>Try again</Button>} />
        </div>
      ) : null}
      {table === 'domains' ? (
        <TopTable
          label="Xen domains"
          columns={domainColumns}
          rows={rows.domains}
          firstSort="xen-cpu"
          {...common}
        />
      ) : table === 'nets' ? (
        <TopTable
          label="Networks of Xen domains"
          columns={netColumns}
          rows={rows.nets}
          firstSort="xen-net-rx"
          {...common}
        />
      ) : (
        <TopTable
          label="Block devices of Xen domains"
          columns={vbdColumns}
          rows={rows.vbds}
          firstSort="xen-vbd-rd"
          {...common}
        />
      )}
    </>
  )
}

function NothingThere() {
  return <EmptyState icon={PulseIcon} title="No domain has any" />
}
