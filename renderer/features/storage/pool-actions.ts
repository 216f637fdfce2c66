import type { HostId } from '../../../shared/model/ids'
import type { Pool, PoolAction } from '../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../shared/model/storage/pool-types'
import { errorData } from '../../../shared/errors'
import { api } from '../../api/client'
import { usualEntry } from '../hosts/usual-places'
import { openDialog } from '../../stores/dialogs'
import { showToast } from '../../stores/toasts'
import { CopyIcon, PencilIcon, TrashIcon } from '../../ui/icons/general'
import { CodeIcon } from '../../ui/icons/hardware'
import { RefreshIcon } from '../../ui/icons/storage'
import type { MenuEntry } from '../../ui/Menu'
import { isActive } from './words'

/** The task's failure is told by a toast; a request that makes no task is told here. */
export function doToPool(host: HostId, pool: string, action: PoolAction): void {
  api.storage.poolAction({ host, pool, action }).catch((error: unknown) => {
    showToast({ tone: 'error', title: `Pool ${pool}`, error: errorData(error) })
  })
}

/** What is not worth a button. */
export function poolMenu(
  host: HostId,
  pool: Pool,
  lockedReason: string | undefined,
  isUsual: boolean,
): readonly MenuEntry[] {
  const { name } = pool
  const ask = (kind: 'deletePool' | 'copyPool'): void =>
    openDialog({ kind: 'storage', host, ask: { kind, pool: name } })
  const edit = (page: 'form' | 'xml'): void =>
    openDialog({ kind: 'storage', host, ask: { kind: 'editPool', pool: name, page } })
  const build = poolTypeOf(pool.type)?.build
  return [
    { id: 'edit', label: 'Edit…', icon: PencilIcon, run: () => edit('form') },
    { id: 'xml', label: 'XML…', icon: CodeIcon, run: () => edit('xml') },
    {
      id: 'copy',
      label: 'Copy to hosts…',
      icon: CopyIcon,
      run: () => ask('copyPool'),
    },
    usualEntry(host, 'usualPool', name, isUsual),
    ...(build === undefined
      ? []
      : [
          {
            id: 'build',
            label: 'Build',
            icon: RefreshIcon,
            disabledReason: lockedReason ?? (isActive(pool) ? 'Stop the pool first' : undefined),
            run: () => doToPool(host, name, 'build'),
          },
        ]),
    'separator',
    {
      id: 'delete',
      label: 'Delete…',
      icon: TrashIcon,
      isDanger: true,
      disabledReason: lockedReason,
      run: () => ask('deletePool'),
    },
  ]
}
