import type { Field, FieldType, FieldValue, Values } from '../../shared/model/hardware/field'

export interface ControlProps<Kind extends FieldType['kind'] = FieldType['kind']> {
  readonly field: Field & { readonly type: Extract<FieldType, { kind: Kind }> }
  /** What is read out; in a table it also says which row. */
  readonly label: string
  readonly value: FieldValue | undefined
  /** `along`: other fields of the form that follow from what was chosen. */
  readonly onChange: (value: FieldValue | undefined, along?: Values) => void
  /** The form's values, or those of the row. */
  readonly values: Values
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly isDisabled: boolean
}

export function textOf(value: FieldValue | undefined): string {
  return value === undefined || typeof value === 'object' ? '' : String(value)
}

/** Emptied means not set. */
export function unsetWhenEmpty(onChange: (value: string | undefined) => void): (text: string) => void {
  return (text) => onChange(text === '' ? undefined : text)
}
