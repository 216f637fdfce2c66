import type { ReactNode } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { SavedOf } from '../../../shared/model/save/saved-state'
import { formatBytes } from '../../../shared/units'
import { openDialog } from '../../stores/dialogs'
import { Button, IconButton } from '../../ui/Button'
import { MoreIcon } from '../../ui/icons/general'
import { CodeIcon } from '../../ui/icons/hardware'
import { MenuButton, type MenuEntry } from '../../ui/Menu'
import { whenText } from './words'

interface TableProps {
  readonly label: string
  /** What the second column tells. */
  readonly where: string
  readonly children: ReactNode
}

/** Saved memory of guests, whoever keeps it. */
export function SavedTable({ label, where, children }: TableProps) {
  return (
    <table className="host-table saves-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">VM</th>
          <th scope="col">{where}</th>
          <th scope="col">Memory</th>
          <th scope="col">Saved</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

interface RowProps {
  readonly host: HostId
  readonly of: SavedOf
  readonly vmName: string
  /** What its actions are about: the VM, or the file. */
  readonly about: string
  readonly where: ReactNode
  /** What it takes there. */
  readonly sizeBytes: number | undefined
  readonly memoryBytes: number
  readonly savedAtMs: number | undefined
  readonly lockedReason: string | undefined
  /** With dots where a dialog comes first. */
  readonly restoreLabel: string
  readonly onRestore: () => void
  /** Besides its definition. */
  readonly entries: readonly MenuEntry[]
}

export function SavedRow(props: RowProps) {
  const { host, of, vmName, about, where, sizeBytes, memoryBytes, savedAtMs, lockedReason, entries } = props
  return (
    <tr>
      <th scope="row">{vmName}</th>
      <td>
        {where}
        {sizeBytes === undefined ? null : <span className="saves-size">{formatBytes(sizeBytes)}</span>}
      </td>
      <td>{formatBytes(memoryBytes)}</td>
      <td>{whenText(savedAtMs) ?? <span className="secondary">–</span>}</td>
      <td className="saves-actions">
        <div>
          <Button
            className="button-small"
            disabledReason={lockedReason}
            aria-label={`Restore ${about}`}
            onPress={props.onRestore}
          >
            {props.restoreLabel}
          </Button>
          <MenuButton
            label={`Actions for ${about}`}
            entries={[
              {
                id: 'definition',
                label: 'Edit saved definition…',
                icon: CodeIcon,
                disabledReason: lockedReason,
                run: () => openDialog({ kind: 'savedDefinition', host, of, name: about }),
              },
              ...entries,
            ]}
          >
            <IconButton icon={MoreIcon} label={`More for ${about}`} className="button-small" />
          </MenuButton>
        </div>
      </td>
    </tr>
  )
}
