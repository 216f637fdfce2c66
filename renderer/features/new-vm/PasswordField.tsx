import { useState } from 'react'
import { IconButton } from '../../ui/Button'
import { EyeIcon } from '../../ui/icons/hardware'
import { UnitField } from '../../ui/UnitField'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint: string
  readonly error: string | undefined
}

/** Hidden as it is typed, and shown on request. */
export function PasswordField({ label, value, onChange, hint, error }: Props) {
  const [isShown, setShown] = useState(false)
  return (
    <UnitField
      label={label}
      value={value}
      onChange={onChange}
      type={isShown ? 'text' : 'password'}
      placeholder="None"
      hint={hint}
      error={error}
      end={
        <IconButton
          label={isShown ? 'Hide the password' : 'Show the password'}
          icon={EyeIcon}
          aria-pressed={isShown}
          onPress={() => setShown(!isShown)}
        />
      }
    />
  )
}
