import { useId, useRef, type KeyboardEvent } from 'react'
import { Label } from 'react-aria-components'
import { problemOf, type Row, type Values } from '../../shared/model/hardware/field'
import { Button, IconButton } from '../ui/Button'
import { classNames } from '../ui/class-names'
import { CopyIcon, ErrorIcon, PlusIcon, TrashIcon } from '../ui/icons/general'
import { FieldControl } from './FieldControl'
import type { ControlProps } from './control-props'

/** More columns than this are stacked, one entry below the other, instead of squeezed into a table. */
const maxTableColumns = 4

/**
 * A list with the same columns in each entry. Enter in the last entry begins another, Alt with the arrow keys moves one.
 */
export function RowsControl(props: ControlProps<'rows'>) {
  const { field, label, onChange, error, hint, isDisabled } = props
  const { type } = field
  const id = useId()
  const body = useRef<HTMLDivElement>(null)
  const rows = Array.isArray(props.value) ? (props.value as readonly Row[]) : []
  const columns = Object.entries(type.columns)
  const isTable = columns.length <= maxTableColumns
  const canAdd = !isDisabled && (type.maxRows === undefined || rows.length < type.maxRows)

  const change = (next: readonly Row[]): void => onChange(next.length === 0 ? undefined : next)
  const focusRow = (index: number): void => {
    // after the new row is drawn
    requestAnimationFrame(() => {
      body.current?.querySelector<HTMLElement>(`[data-row="${index}"] :is(input, button, textarea)`)?.focus()
    })
  }
  const add = (row: Row, at: number): void => {
    change(rows.toSpliced(at, 0, row))
    focusRow(at)
  }
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    if (isDisabled || event.defaultPrevented) return
    const isText = event.target instanceof HTMLInputElement
    const move = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
    const row = rows[index]
    if (move !== undefined && row && rows[index + move]) {
      event.preventDefault()
      change(rows.toSpliced(index, 1).toSpliced(index + move, 0, row))
      focusRow(index + move)
    } else if (event.key === 'Enter' && isText && !event.ctrlKey && index === rows.length - 1 && canAdd) {
      event.preventDefault()
      add({}, rows.length)
    }
  }
  return (
    <div className="field hw-rows" role="group" aria-labelledby={id}>
      <Label id={id} className="field-label">
        {label}
      </Label>
      <div
        ref={body}
        className={classNames(
          'hw-rows-body',
          isTable ? 'hw-rows-table' : 'hw-rows-stack',
          rows.length === 0 && 'hw-rows-empty',
        )}
      >
        {rows.length === 0 ? (
          <span className="secondary">{field.absent ?? `No ${type.noun}`}</span>
        ) : isTable ? (
          <div className="hw-row hw-row-head" style={gridOf(columns.length)} aria-hidden="true">
            {columns.map(([name, column]) => (
              <span key={name}>{column.label}</span>
            ))}
          </div>
        ) : null}
        {rows.map((row, index) => (
          // keys of the controls inside pass through it
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own and may be equal
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <div
            key={index}
            role="group"
            aria-label={`${type.noun} ${index + 1}`}
            data-row={index}
            className="hw-row"
            style={isTable ? gridOf(columns.length) : {}}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {columns.map(([name, column]) =>
              column.when && !column.when(row) ? (
                isTable ? (
                  <span key={name} />
                ) : null
              ) : (
                <div key={name} className="hw-cell">
                  <FieldControl
                    field={column}
                    label={isTable ? `${column.label} of ${type.noun} ${index + 1}` : column.label}
                    value={row[name]}
                    values={row as Values}
                    error={cellProblem(column, row[name])}
                    isDisabled={isDisabled || column.isReadOnly === true}
                    onChange={(value) => {
                      if (typeof value === 'object') return
                      const { [name]: _, ...rest } = row
                      change(rows.with(index, value === undefined ? rest : { ...rest, [name]: value }))
                    }}
                  />
                </div>
              ),
            )}
            <div className="hw-row-actions">
              <IconButton
                icon={CopyIcon}
                label={`Duplicate ${type.noun} ${index + 1}`}
                className="button-small"
                isDisabled={!canAdd}
                onPress={() => add(row, index + 1)}
              />
              <IconButton
                icon={TrashIcon}
                label={`Remove ${type.noun} ${index + 1}`}
                className="button-small"
                isDisabled={isDisabled}
                onPress={() => change(rows.toSpliced(index, 1))}
              />
            </div>
          </div>
        ))}
        <div>
          <Button
            icon={PlusIcon}
            className="button-small"
            isDisabled={!canAdd}
            onPress={() => add({}, rows.length)}
          >
            {`Add ${type.noun}`}
          </Button>
        </div>
      </div>
      {error === undefined ? (
        hint === undefined ? null : (
          <span className="field-hint">{hint}</span>
        )
      ) : (
        <span className="field-error" role="alert">
          <ErrorIcon size={14} />
          <span>{error}</span>
        </span>
      )}
    </div>
  )
}

function gridOf(columns: number): { gridTemplateColumns: string } {
  return { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr)) 56px` }
}

/** An entry that is only begun is not scolded: the whole list says what is missing. */
function cellProblem(column: ControlProps['field'], value: Row[string]): string | undefined {
  return value === undefined ? undefined : problemOf(column, value)
}
