import { memo, type RefObject } from 'react'
import { errorData } from '../../../shared/errors'
import type { Host } from '../../../shared/model/host'
import { api } from '../../api/client'
import { openDialog } from '../../stores/dialogs'
import { usePolling } from '../../stores/polling'
import { useRemembered } from '../../stores/remembered'
import { showToast } from '../../stores/toasts'
import { Button, IconButton } from '../../ui/Button'
import { ColumnsIcon } from '../../ui/icons/objects'
import { PauseIcon, PlayIcon } from '../../ui/icons/power'
import { DownloadIcon } from '../../ui/icons/storage'
import { MenuButton } from '../../ui/Menu'
import { SearchField } from '../../ui/SearchField'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import { diskColumns, nicColumns, vcpuColumns } from './device-tables'
import { isShown, turnColumn } from './habits'
import { hostCpuColumns } from './host-cpus'
import type { TopFilter } from './top-filter'
import { topViews, type TopView } from './views'
import { vmColumns } from './vm-table'

interface Props {
  readonly view: TopView
  readonly onView: (view: TopView) => void
  /** All there are. */
  readonly hosts: readonly Host[]
  readonly filter: TopFilter
  readonly onFilter: (part: Partial<TopFilter>) => void
  readonly onLeaveFilter: () => void
  /** The table as it is, as CSV. */
  readonly csvRef: RefObject<(() => string) | undefined>
}

/** What is shown, of which hosts, how often, and where else it goes. */
export const TopToolbar = memo(function TopToolbar(props: Props) {
  const { view, onView, hosts, filter, onFilter, onLeaveFilter, csvRef } = props
  const everySeconds = usePolling((state) => state.polling.everySeconds)
  const { host, text, isPaused } = filter
  return (
    <div className="top-toolbar">
      <Segmented label="Show" value={view} segments={topViews} onChange={onView} />
      {hosts.length > 1 ? (
        <Select
          label="Of"
          className="top-host"
          value={host ?? ''}
          options={[
            { id: '', label: 'All hosts' },
            ...hosts.map(({ id, label }) => ({ id: id as string, label })),
          ]}
          onChange={(id) => onFilter({ host: hosts.find((one) => one.id === id)?.id })}
        />
      ) : null}
      <div className="top-buttons">
        <IconButton
          icon={isPaused ? PlayIcon : PauseIcon}
          label={isPaused ? 'Go on' : 'Pause'}
          onPress={() => onFilter({ isPaused: !isPaused })}
        />
        <Button
          variant="quiet"
          tooltip="How often hosts are asked, and for what"
          onPress={() => openDialog({ kind: 'preferences' })}
        >
          {isPaused ? 'Paused' : `Every ${everySeconds} s`}
        </Button>
        <IconButton
          icon={DownloadIcon}
          label="Save as CSV…"
          onPress={() => void saveCsv(view, csvRef.current?.())}
        />
        <TopColumns view={view} />
      </div>
      <SearchField
        label="Filter by VM or host"
        placeholder="Filter by VM or host"
        value={text}
        onChange={(words) => onFilter({ text: words })}
        onLeave={onLeaveFilter}
      />
    </div>
  )
})

function TopColumns({ view }: { view: TopView }) {
  const turned = useRemembered((state) => state.topTurned)
  const columns = {
    vms: vmColumns,
    vcpus: vcpuColumns,
    hostCpus: hostCpuColumns,
    disks: diskColumns,
    nics: nicColumns,
  }[view]
  return (
    <MenuButton
      label="Columns"
      entries={columns.slice(1).map((column) => ({
        id: column.id,
        label: column.label,
        isChecked: isShown(column, turned),
        run: () => turnColumn(column.id),
      }))}
    >
      <IconButton icon={ColumnsIcon} label="Columns" />
    </MenuButton>
  )
}

async function saveCsv(view: TopView, text: string | undefined): Promise<void> {
  if (text === undefined) return
  try {
    const file = await api.files.chooseLocal({
      kind: 'save',
      title: 'Save the table',
      name: `top-${view}.csv`,
    })
    if (!file) return
    await api.files.write({ file: file.id, content: new TextEncoder().encode(text) })
    showToast({ tone: 'success', title: `${file.name} was saved` })
  } catch (error) {
    showToast({ tone: 'error', title: 'The table cannot be saved', error: errorData(error) })
  }
}
