import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { Pool } from '../../../shared/model/storage/pool'
import {
  whyNotInPool,
  whyNotResized,
  type VolumeAbility,
} from '../../../shared/model/storage/volume-abilities'
import { api } from '../../api/client'
import { openDialog } from '../../stores/dialogs'
import { showToast } from '../../stores/toasts'
import { CopyIcon, TrashIcon } from '../../ui/icons/general'
import type { Icon } from '../../ui/icons/icon'
import { DownloadIcon, EraserIcon, LayersIcon, PathIcon, ResizeIcon } from '../../ui/icons/storage'
import type { MenuEntry } from '../../ui/Menu'
import type { VolumeRow } from './volume-loader'

export interface VolumeContext {
  readonly host: HostId
  readonly pool: Pool
  readonly lockedReason: string | undefined
}

/** What can be done to volumes: toolbar, menu and keys are drawn from this. */
interface VolumeAction {
  readonly id: string
  readonly label: string
  readonly icon: Icon
  readonly isDanger?: true
  readonly shortcut?: string
  /** Whether several volumes at once are a matter of course. */
  readonly takesMany?: true
  /** It changes nothing on the host. */
  readonly isReading?: true
  readonly ability?: VolumeAbility
  /** What else keeps it from being done. */
  readonly whyNot?: (row: VolumeRow) => string | undefined
  readonly run: (rows: readonly VolumeRow[], context: VolumeContext) => void
}

function ask(kind: 'cloneVolume' | 'resizeVolume' | 'wipeVolume') {
  return ([row]: readonly VolumeRow[], { host, pool }: VolumeContext): void => {
    if (row) openDialog({ kind: 'storage', host, ask: { kind, pool: pool.name, volume: row.name } })
  }
}

export const volumeActions: readonly VolumeAction[] = [
  {
    id: 'download',
    label: 'Download…',
    icon: DownloadIcon,
    ability: 'download',
    run: ([row], context) => {
      if (row) void download(row, context)
    },
  },
  { id: 'clone', label: 'Copy, move or convert…', icon: CopyIcon, ability: 'clone', run: ask('cloneVolume') },
  {
    id: 'resize',
    label: 'Resize…',
    icon: ResizeIcon,
    ability: 'resize',
    whyNot: ({ details }) => whyNotResized(details?.format),
    run: ask('resizeVolume'),
  },
  {
    id: 'image',
    label: 'Image…',
    icon: LayersIcon,
    isReading: true,
    whyNot: (row) => (isImageFile(row) ? undefined : 'Only images that are files or devices of the host'),
    run: ([row], { host }) => {
      const path = row?.details?.path ?? row?.key
      if (path !== undefined) openDialog({ kind: 'image', host, path })
    },
  },
  {
    id: 'copyPath',
    label: 'Copy path',
    icon: PathIcon,
    isReading: true,
    takesMany: true,
    run: (rows) =>
      void api.app.copyText({ text: rows.map(({ details, key }) => details?.path ?? key).join('\n') }),
  },
  {
    id: 'wipe',
    label: 'Wipe…',
    icon: EraserIcon,
    isDanger: true,
    ability: 'wipe',
    run: ask('wipeVolume'),
  },
  {
    id: 'delete',
    label: 'Delete…',
    icon: TrashIcon,
    isDanger: true,
    takesMany: true,
    shortcut: 'Delete',
    ability: 'delete',
    run: (rows, { host, pool }) =>
      openDialog({
        kind: 'storage',
        host,
        ask: { kind: 'deleteVolumes', pool: pool.name, volumes: rows.map(({ name }) => name) },
      }),
  },
]

/** Why it cannot be done to these; undefined when it can. */
export function whyNotVolumes(
  action: VolumeAction,
  rows: readonly VolumeRow[],
  { pool, lockedReason }: VolumeContext,
): string | undefined {
  if (rows.length === 0) return 'Select a volume first'
  if (rows.length > 1 && action.takesMany === undefined) return 'Possible for one volume at a time'
  if (action.isReading === undefined && lockedReason !== undefined) return lockedReason
  const inPool = action.ability && whyNotInPool(pool.type, action.ability)
  return inPool ?? rows.map((row) => action.whyNot?.(row)).find((reason) => reason !== undefined)
}

export function volumeMenu(rows: readonly VolumeRow[], context: VolumeContext): readonly MenuEntry[] {
  return volumeActions.flatMap((action): MenuEntry[] => [
    ...(action.id === 'wipe' ? (['separator'] as const) : []),
    {
      id: action.id,
      label: action.label,
      icon: action.icon,
      shortcut: action.shortcut,
      ...(action.isDanger ? { isDanger: true } : {}),
      disabledReason: whyNotVolumes(action, rows, context),
      run: () => action.run(rows, context),
    },
  ])
}

function isImageFile({ details, key }: VolumeRow): boolean {
  return (details?.path ?? key).startsWith('/') && !['dir', 'netdir'].includes(details?.type ?? '')
}

async function download({ name }: VolumeRow, { host, pool }: VolumeContext): Promise<void> {
  try {
    const file = await api.files.chooseLocal({ kind: 'save', title: `Download ${name}`, name })
    if (file) await api.storage.download({ host, pool: pool.name, volume: name, file: file.id })
  } catch (error) {
    showToast({ tone: 'error', title: `${name} was not downloaded`, error: errorData(error) })
  }
}
