import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { vmKey } from '../../../shared/model/ids'
import { vmStateText, type Vm } from '../../../shared/model/vm'
import { StateIcon } from '../../components/StateIcon'
import { useHosts } from '../../stores/hosts'
import { go, openVm } from '../../stores/route'
import { keyOf, refOf, useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { useWidth } from '../../ui/grid/use-width'
import { AllVmsIcon, VmIcon } from '../../ui/icons/objects'
import { SearchField } from '../../ui/SearchField'
import { usePictures, type Picture } from './use-pictures'
import { wallVms } from './wall-vms'
import './wall.css'

const wishedTilePx = 260
const gapPx = 14
const paddingPx = 16
const captionPx = 46

/** What is on the screens of all VMs that run, on all hosts. A click opens the console. */
export function WallPage() {
  const [filter, setFilter] = useState('')
  const byKey = useVms((state) => state.byKey)
  const { byId, order } = useHosts()
  const vms = useMemo(() => wallVms(byKey.values(), byId, order, filter), [byKey, byId, order, filter])
  return (
    <main className="page" aria-label="Screens">
      <header className="page-header">
        <h1>Screens</h1>
        <span className="page-subtitle" role="status">
          {vms.length === 1 ? '1 running VM' : `${vms.length} running VMs`}
        </span>
        <div className="page-actions">
          <SearchField
            label="Filter screens"
            placeholder="Filter by name or host"
            value={filter}
            onChange={setFilter}
          />
          <Button variant="quiet" icon={AllVmsIcon} onPress={() => go({ kind: 'all' })}>
            Table
          </Button>
        </div>
      </header>
      {vms.length === 0 ? <NoScreens isFiltered={filter !== ''} /> : <Wall vms={vms} />}
    </main>
  )
}

function NoScreens({ isFiltered }: { isFiltered: boolean }) {
  return (
    <EmptyState icon={VmIcon} title={isFiltered ? 'No running VM has these words' : 'No VM runs now'}>
      {isFiltered ? undefined : 'The screens of VMs appear here while they run on connected hosts.'}
    </EmptyState>
  )
}

/** Only rows on screen are drawn, and only they have their pictures taken. */
function Wall({ vms }: { vms: readonly Vm[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const widthPx = useWidth(scroller)
  // before it is measured nothing can be placed
  const isMeasured = Number.isFinite(widthPx)
  const innerPx = isMeasured ? Math.max(1, widthPx - 2 * paddingPx) : wishedTilePx
  const columns = Math.max(1, Math.floor((innerPx + gapPx) / (wishedTilePx + gapPx)))
  const tilePx = (innerPx - (columns - 1) * gapPx) / columns
  const rowPx = Math.round(tilePx * 0.625) + captionPx + gapPx
  const virtualizer = useVirtualizer({
    count: isMeasured ? Math.ceil(vms.length / columns) : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    paddingStart: paddingPx,
    overscan: 1,
  })
  const measured = useRef(rowPx)
  if (measured.current !== rowPx) {
    measured.current = rowPx
    virtualizer.measure()
  }
  const rows = virtualizer
    .getVirtualItems()
    .map(({ index, start }) => ({ start, vms: vms.slice(index * columns, (index + 1) * columns) }))
  const pictures = usePictures(rows.flatMap((row) => row.vms.map(refOf)))
  return (
    <div ref={scroller} className="wall">
      <ul className="wall-list" aria-label="Screens" style={{ height: virtualizer.getTotalSize() }}>
        {rows.flatMap((row) =>
          row.vms.map((vm, column) => (
            <li
              key={keyOf(vm)}
              className="wall-place"
              style={{
                width: tilePx,
                height: rowPx - gapPx,
                transform: `translate(${paddingPx + column * (tilePx + gapPx)}px, ${row.start}px)`,
              }}
            >
              <Tile vm={vm} picture={pictures.get(vmKey(refOf(vm)))} />
            </li>
          )),
        )}
      </ul>
    </div>
  )
}

function Tile({ vm, picture }: { vm: Vm; picture: Picture | undefined }) {
  const host = useHosts((state) => state.byId[vm.host]?.label) ?? ''
  return (
    <button
      type="button"
      className="wall-tile"
      aria-label={`${vm.name} on ${host}, ${vmStateText[vm.state]}`}
      title={`${vm.name}\n${host}`}
      onClick={() => openVm(refOf(vm), 'console')}
    >
      <span className="wall-screen" data-old={picture?.error !== undefined}>
        {picture?.url === undefined ? null : <img src={picture.url} alt="" draggable={false} />}
        {screenNote(picture)}
      </span>
      <span className="wall-caption">
        <StateIcon state={vm.state} />
        <span className="wall-names">
          <span className="wall-name truncate">{vm.name}</span>
          <span className="wall-host truncate">{host}</span>
        </span>
      </span>
    </button>
  )
}

/** Nothing at all while the first picture is on its way: it is there in a moment. */
function screenNote(picture: Picture | undefined): ReactNode {
  if (!picture || (picture.url !== undefined && !picture.error)) return null
  return <span className="wall-note">{picture.error?.message ?? 'No picture'}</span>
}
