import { Label } from 'react-aria-components'
import { useContext, useId } from 'react'
import { inWords, type Field, type FieldValue, type Row } from '../../shared/model/hardware/field'
import { ClipboardContext } from '../ui/clipboard'
import { CopyButton } from '../ui/CopyButton'

/** Characters: shorter ones are as quickly read as copied. */
const worthCopying = 12

/** What cannot be changed here is a fact, not a dead control. */
export function ReadOnlyValue({
  field,
  value,
  hint,
}: {
  readonly field: Field
  readonly value: FieldValue | undefined
  readonly hint?: string | undefined
}) {
  const copyText = useContext(ClipboardContext)
  const id = useId()
  const isMono = /^(uuid|mac|path|cpuset)$/.test(field.type.kind)
  return (
    <div className="field" role="group" aria-labelledby={id}>
      <Label id={id} className="field-label">
        {field.label}
      </Label>
      {typeof value === 'object' && field.type.kind === 'rows' ? (
        <ul className="hw-fact-list">
          {value.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own
            <li key={index} className="selectable">
              {rowText(field.type.kind === 'rows' ? field.type.columns : {}, row)}
            </li>
          ))}
        </ul>
      ) : (
        <span className="hw-fact">
          <span
            className={`selectable hw-fact-value${isMono ? ' mono' : ''}${value === undefined ? ' secondary' : ''}`}
          >
            {inWords(field, value)}
          </span>
          {typeof value !== 'string' || value.length < worthCopying ? null : (
            <CopyButton label={`Copy ${field.label}`} copy={() => copyText(inWords(field, value))} />
          )}
        </span>
      )}
      {hint === undefined ? null : <span className="field-hint">{hint}</span>}
    </div>
  )
}

function rowText(columns: { readonly [column: string]: Field }, row: Row): string {
  return Object.entries(columns)
    .filter(([name]) => row[name] !== undefined)
    .map(([name, column]) => inWords(column, row[name]))
    .join(' · ')
}
