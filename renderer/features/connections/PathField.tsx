import { api } from '../../api/client'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'

interface Props {
  readonly label: string
  readonly kind: 'file' | 'folder'
  /** Title of the system's dialog. */
  readonly choose: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly hint?: string
  readonly error?: string | undefined
}

/** A path of this computer, typed or chosen in the system's dialog. */
export function PathField({ label, kind, choose, value, onChange, ...rest }: Props) {
  const browse = async (): Promise<void> => {
    const path = await api.app.choosePath({ kind, title: choose })
    if (path !== undefined) onChange(path)
  }
  return (
    <div className="form-row">
      <TextField className="form-grow" label={label} isMono value={value} onChange={onChange} {...rest} />
      <Button
        className="form-beside"
        aria-label={`Browse for ${choose.toLowerCase()}`}
        onPress={() => void browse()}
      >
        Browse…
      </Button>
    </div>
  )
}
