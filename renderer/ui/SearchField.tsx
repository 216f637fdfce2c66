import type { KeyboardEvent, Ref } from 'react'
import { CloseIcon, SearchIcon } from './icons/general'
import { IconButton } from './Button'
import './fields.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder: string
  /** Arrow down or Enter: the user goes on to the results. */
  readonly onLeave?: () => void
  readonly ref?: Ref<HTMLInputElement>
}

export function SearchField({ label, value, onChange, placeholder, onLeave, ref }: Props) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && value !== '') {
      event.stopPropagation()
      onChange('')
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault()
      onLeave?.()
    }
  }
  return (
    <div className="search">
      <SearchIcon size={14} />
      <input
        ref={ref}
        type="search"
        className="input"
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === '' ? null : (
        <IconButton
          icon={CloseIcon}
          label="Clear filter"
          className="button-small"
          onPress={() => onChange('')}
        />
      )}
    </div>
  )
}
