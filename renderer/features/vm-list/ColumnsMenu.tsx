import { remember, useRemembered } from '../../stores/remembered'
import { IconButton } from '../../ui/Button'
import { ColumnsIcon } from '../../ui/icons/objects'
import { MenuButton } from '../../ui/Menu'
import { optionalColumns } from './columns'

/** Which more the table shows of each VM. */
export function ColumnsMenu() {
  const wanted = useRemembered((state) => state.moreColumns)
  return (
    <MenuButton
      label="Columns"
      entries={optionalColumns.map(({ id, label }) => {
        const isChecked = wanted.includes(id)
        return {
          id,
          label,
          isChecked,
          run: () =>
            remember({ moreColumns: isChecked ? wanted.filter((other) => other !== id) : [...wanted, id] }),
        }
      })}
    >
      <IconButton icon={ColumnsIcon} label="Columns" />
    </MenuButton>
  )
}
