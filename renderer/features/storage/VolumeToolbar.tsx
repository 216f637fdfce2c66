import type { Ref } from 'react'
import { whyNotInPool } from '../../../shared/model/storage/volume-abilities'
import { openDialog } from '../../stores/dialogs'
import { Button, IconButton } from '../../ui/Button'
import { MoreIcon, PlusIcon } from '../../ui/icons/general'
import { UploadIcon } from '../../ui/icons/storage'
import { MenuButton, type MenuEntry } from '../../ui/Menu'
import { SearchField } from '../../ui/SearchField'
import { toolEntries } from './tool-entries'
import { startUpload } from './upload'
import { volumeActions, whyNotVolumes, type VolumeContext } from './volume-actions'
import type { VolumeRow } from './volume-loader'
import { counted } from './words'

interface Props {
  readonly context: VolumeContext
  /** The selected ones. */
  readonly rows: readonly VolumeRow[]
  readonly total: number
  /** So many match the filter; undefined without one. */
  readonly found: number | undefined
  readonly missing: number
  readonly uploadReason: string | undefined
  readonly filter: string
  readonly onFilter: (text: string) => void
  readonly onLeaveFilter: () => void
  readonly searchRef: Ref<HTMLInputElement>
}

const shownAsButtons = ['download', 'clone', 'resize', 'delete']

export function VolumeToolbar(props: Props) {
  const { context, rows, total, found, missing, uploadReason } = props
  const { host, pool, lockedReason } = context
  const more: MenuEntry[] = [
    ...volumeActions
      .filter(({ id }) => !shownAsButtons.includes(id))
      .map((action) => ({
        id: action.id,
        label: action.label,
        icon: action.icon,
        ...(action.isDanger ? { isDanger: true } : {}),
        disabledReason: whyNotVolumes(action, rows, context),
        run: () => action.run(rows, context),
      })),
    'separator',
    ...toolEntries(host),
  ]
  return (
    <div className="volume-toolbar">
      <Button
        icon={PlusIcon}
        disabledReason={lockedReason ?? whyNotInPool(pool.type, 'create')}
        onPress={() => openDialog({ kind: 'storage', host, ask: { kind: 'createVolume', pool: pool.name } })}
      >
        New volume…
      </Button>
      <Button
        icon={UploadIcon}
        disabledReason={uploadReason}
        onPress={() => void startUpload(host, pool.name)}
      >
        Upload…
      </Button>
      <span className="volume-buttons" role="toolbar" aria-label="Selected volumes">
        {volumeActions
          .filter(({ id }) => shownAsButtons.includes(id))
          .map((action) => (
            <IconButton
              key={action.id}
              icon={action.icon}
              label={action.label}
              shortcut={action.shortcut}
              disabledReason={whyNotVolumes(action, rows, context)}
              onPress={() => action.run(rows, context)}
            />
          ))}
        <MenuButton label="More for volumes" entries={more}>
          <IconButton icon={MoreIcon} label="More for volumes" />
        </MenuButton>
      </span>
      <span className="volume-count" role="status">
        {countText(rows.length, total, found)}
        {missing > 0 ? (
          <span className="volume-reading">
            {` · read ${Math.floor(((total - missing) / Math.max(1, total)) * 100)} %`}
          </span>
        ) : null}
      </span>
      <SearchField
        ref={props.searchRef}
        label="Filter volumes"
        placeholder="Filter"
        value={props.filter}
        onChange={props.onFilter}
        onLeave={props.onLeaveFilter}
      />
    </div>
  )
}

function countText(selected: number, total: number, found: number | undefined): string {
  if (selected > 1) return `${selected.toLocaleString('en')} selected`
  if (found !== undefined) return `${found.toLocaleString('en')} of ${total.toLocaleString('en')}`
  return counted(total, 'volume')
}
