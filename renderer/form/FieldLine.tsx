import type { Field, FieldValue, Values } from '../../shared/model/hardware/field'
import { IconButton } from '../ui/Button'
import { classNames } from '../ui/class-names'
import { UndoIcon } from '../ui/icons/hardware'
import { FieldControl } from './FieldControl'
import { FieldNotes } from './FieldNotes'
import { ReadOnlyValue } from './ReadOnlyValue'
import { RowsControl } from './RowsControl'
import { useScope } from './scope'

/** One field of a form: its control, whether it was changed, when that takes effect, and what rules say about it. */
export function FieldLine({ id }: { id: string }) {
  const scope = useScope()
  const field = scope.kind.fields[id]
  if (!field || (field.when && !field.when(scope.values))) return null
  const value = scope.values[id]
  // nothing to tell, and nothing to do about it
  if (field.isReadOnly && value === undefined) return null
  const isChanged = scope.isChanged(id)
  const { undo } = scope
  const { type } = field
  const control = {
    label: field.label,
    value,
    values: scope.values,
    onChange: (next: FieldValue | undefined, along: Values = {}) => scope.set({ [id]: next, ...along }),
    error: scope.problemAt(id),
    hint: field.help,
    isDisabled: scope.disabledReason !== undefined,
  }
  return (
    <div
      className={classNames(
        'hw-field',
        isWide(field, value) && 'hw-field-wide',
        isChanged && 'hw-field-changed',
      )}
      data-field={id}
    >
      {field.isReadOnly ? (
        <ReadOnlyValue field={field} value={value} hint={field.help} />
      ) : type.kind === 'rows' ? (
        <RowsControl {...control} field={{ ...field, type }} />
      ) : (
        <FieldControl {...control} field={field} />
      )}
      {isChanged && undo ? (
        <IconButton
          icon={UndoIcon}
          label={`Undo: ${field.label}`}
          className="button-small hw-undo"
          onPress={() => undo(id)}
        />
      ) : null}
      <FieldNotes id={id} />
    </div>
  )
}

/** A list of several columns takes the whole width, as soon as there is something in it. */
function isWide({ type }: Field, value: FieldValue | undefined): boolean {
  return type.kind === 'rows' && typeof value === 'object' && Object.keys(type.columns).length > 2
}
