import { remember, useRemembered } from '../../stores/remembered'
import { IconButton } from '../../ui/Button'
import { ColumnsIcon } from '../../ui/icons/objects'
import { MenuButton } from '../../ui/Menu'
import { choosableColumns, isColumnShown, withColumnTurned } from './columns'

/** What the table shows of each VM. */
export function ColumnsMenu() {
  const moreColumns = useRemembered((state) => state.moreColumns)
  const hiddenColumns = useRemembered((state) => state.hiddenColumns)
  const wishes = { moreColumns, hiddenColumns }
  return (
    <MenuButton
      label="Columns"
      entries={choosableColumns.map(({ id, label }) => ({
        id,
        label,
        isChecked: isColumnShown(id, wishes),
        run: () => remember(withColumnTurned(id, wishes)),
      }))}
    >
      <IconButton icon={ColumnsIcon} label="Columns" />
    </MenuButton>
  )
}
