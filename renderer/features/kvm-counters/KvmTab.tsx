import { useRef, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { kvmIntervalsMs } from '../../../shared/model/monitor/kvm'
import { ErrorBox } from '../../components/ErrorBox'
import { ReadFailure } from '../../components/ReadFailure'
import { useHost } from '../../stores/hosts'
import { openVm } from '../../stores/route'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { GaugeIcon } from '../../ui/icons/hardware'
import { UnplugIcon } from '../../ui/icons/objects'
import { Spinner } from '../../ui/Spinner'
import { EventsTable } from './EventsTable'
import { GuestsTable } from './GuestsTable'
import { KvmToolbar, type KvmView } from './KvmToolbar'
import { eventRows, guestRows } from './rows'
import { useKvm } from './use-kvm'
import './kvm-counters.css'

/** What KVM counts on one host, as kvm_stat shows it. */
export function KvmTab({ host }: { host: HostId }) {
  const shown = useHost(host)
  return (
    <section className="kvm" aria-label={`KVM counters of ${shown?.label ?? 'this host'}`}>
      {shown?.status.kind === 'connected' ? (
        <KvmCounters host={host} />
      ) : (
        <EmptyState icon={UnplugIcon} title="Connect the host to see its KVM counters">
          They are read from the host while they are shown.
        </EmptyState>
      )}
    </section>
  )
}

const firstView: KvmView = {
  table: 'events',
  guest: undefined,
  text: '',
  zeros: false,
  isPaused: false,
  everyMs: kvmIntervalsMs[0],
}

function KvmCounters({ host }: { host: HostId }) {
  const [view, setView] = useState(firstView)
  const [sort, setSort] = useState({ column: 'kvm-rate', isDescending: true })
  const grid = useRef<HTMLDivElement>(null)
  const kvm = useKvm(host, view)
  const change = (part: Partial<KvmView>): void => setView((before) => ({ ...before, ...part }))
  const { guests, error, reload } = kvm
  if (guests === undefined) {
    return (
      <div className="kvm-padded">
        {error ? (
          <ReadFailure error={error} reload={reload} />
        ) : (
          <p className="host-waiting" role="status">
            <Spinner /> Reading the counters…
          </p>
        )}
      </div>
    )
  }
  return (
    <>
      <KvmToolbar
        host={host}
        view={{ ...view, guest: kvm.guest }}
        guests={guests}
        onChange={change}
        onReset={kvm.reset}
        onLeaveFilter={() => grid.current?.focus()}
      />
      {error ? (
        <div className="kvm-padded">
          <ErrorBox error={error} actions={<Button onPress={reload}>Try again</Button>} />
        </div>
      ) : null}
      {guests.length === 0 ? (
        <EmptyState icon={GaugeIcon} title="KVM runs no guest on this host just now">
          Guests that are emulated have no such counters.
        </EmptyState>
      ) : view.table === 'events' ? (
        <EventsTable
          rows={eventRows(kvm.rates, (event) => kvm.history.of(event), { ...view, sort })}
          sort={sort}
          onSort={setSort}
          gridRef={grid}
          onShowAll={() => change({ text: '', zeros: true })}
        />
      ) : (
        <GuestsTable
          rows={guestRows(host, guests, kvm.exitsOf, { ...view, sort })}
          sort={sort}
          onSort={setSort}
          gridRef={grid}
          onOpen={({ guest }) => {
            if (guest.vm !== undefined) openVm({ host, vm: guest.vm })
          }}
          onShowAll={() => change({ text: '' })}
        />
      )}
    </>
  )
}
