import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox } from 'react-aria-components'
import { CheckIcon } from './icons/general'
import './fields.css'

interface Props {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
  readonly children: ReactNode
  readonly 'aria-label'?: string
}

export function Checkbox({ isSelected, onChange, isDisabled = false, children, ...rest }: Props) {
  return (
    <AriaCheckbox
      className="checkbox"
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      {...rest}
    >
      <span className="checkbox-box">
        <CheckIcon size={12} />
      </span>
      <span className="checkbox-text">{children}</span>
    </AriaCheckbox>
  )
}
