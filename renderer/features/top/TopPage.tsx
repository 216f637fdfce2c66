import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useHosts } from '../../stores/hosts'
import { useVms } from '../../stores/vms'
import { DeviceView } from './DeviceView'
import { TopToolbar } from './TopToolbar'
import { summaryOf } from './summary'
import { filterTop } from './top-column'
import type { TopFilter } from './top-filter'
import { useTopVms } from './use-top-vms'
import { topViews, type TopView } from './views'
import { vmRows } from './vm-rows'
import { VmView } from './VmView'
import './top.css'

/** What runs on all hosts, busiest first, as virt-top shows it for one. */
export function TopPage() {
  const [view, setView] = useState<TopView>('vms')
  const [filter, setFilter] = useState<TopFilter>({ host: undefined, text: '', isPaused: false })
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  const byKey = useVms((state) => state.byKey)
  const grid = useRef<HTMLDivElement>(null)
  const csvRef = useRef<() => string>(undefined)
  // the same with each tick, which the toolbar has nothing to do with
  const changeFilter = useCallback(
    (part: Partial<TopFilter>) => setFilter((before) => ({ ...before, ...part })),
    [],
  )
  const focusGrid = useCallback(() => grid.current?.focus(), [])
  const seen = useTopVms(filter.isPaused)
  const all = useMemo(() => order.flatMap((id) => byId[id] ?? []), [order, byId])
  const hosts = useMemo(
    () => all.filter(({ id }) => filter.host === undefined || id === filter.host),
    [all, filter.host],
  )
  const rows = useMemo(() => vmRows(seen, hosts), [seen, hosts])
  const shown = useMemo(() => filterTop(rows, filter.text), [rows, filter.text])
  const vms = useMemo(() => {
    const wanted = new Set(hosts.map(({ id }) => id))
    return [...byKey.values()].filter(({ host }) => wanted.has(host))
  }, [byKey, hosts])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const wanted = event.altKey && !event.ctrlKey ? topViews[Number(event.key) - 1] : undefined
      if (!wanted) return
      event.preventDefault()
      setView(wanted.id)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <main className="page" aria-label="Top">
      <header className="page-header">
        <h1>Top</h1>
        <span className="top-summary">
          {summaryOf(hosts, vms, rows).map((text) => (
            <span key={text.replace(/[\d.,]+/g, '')}>{text}</span>
          ))}
        </span>
      </header>
      <TopToolbar
        view={view}
        onView={setView}
        hosts={all}
        filter={filter}
        onFilter={changeFilter}
        onLeaveFilter={focusGrid}
        csvRef={csvRef}
      />
      {view === 'vms' ? (
        <VmView rows={shown} isFiltered={rows.length > 0} gridRef={grid} csvRef={csvRef} />
      ) : (
        <DeviceView
          key={view}
          view={view}
          hosts={hosts}
          vmRows={rows}
          filter={filter}
          gridRef={grid}
          csvRef={csvRef}
        />
      )}
    </main>
  )
}
