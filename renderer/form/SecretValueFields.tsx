import { Segmented } from '../ui/Segmented'
import { TextField } from '../ui/TextField'

export type Encoding = 'text' | 'base64'

/** Typed, not sent yet: whoever keeps it drops it as soon as it is on its way. */
export interface TypedValue {
  readonly encoding: Encoding
  readonly value: string
}

interface Props {
  readonly typed: TypedValue
  readonly onChange: (typed: TypedValue) => void
  readonly label?: string
  readonly hint?: string
  readonly isTried: boolean
  readonly isRequired: boolean
  readonly autoFocus?: boolean
}

/** Why what was typed cannot be a value. */
export function valueProblem({ encoding, value }: TypedValue, isRequired: boolean): string | undefined {
  if (value === '') return isRequired ? 'Enter a value' : undefined
  if (encoding === 'text') return undefined
  const bare = value.trim()
  return /^[A-Za-z0-9+/]+={0,2}$/.test(bare) && bare.length % 4 === 0
    ? undefined
    : 'This is not base64: choose Text, or check that all of it was copied'
}

/** A value that is typed hidden, and whether it is text or stands for bytes. */
export function SecretValueFields(props: Props) {
  const { typed, onChange, label = 'Value', hint, isTried, isRequired, autoFocus = false } = props
  const problem = valueProblem(typed, isRequired)
  return (
    <>
      <TextField
        label={label}
        type="password"
        value={typed.value}
        onChange={(value) => onChange({ ...typed, value })}
        autoFocus={autoFocus}
        {...(hint === undefined ? {} : { hint })}
        error={isTried || (typed.value.length > 3 && problem !== undefined) ? problem : undefined}
      />
      <Segmented<Encoding>
        label="Typed as"
        value={typed.encoding}
        onChange={(encoding) => onChange({ ...typed, encoding })}
        segments={[
          { id: 'text', label: 'Text' },
          { id: 'base64', label: 'Base64, as Ceph writes keys' },
        ]}
      />
    </>
  )
}
