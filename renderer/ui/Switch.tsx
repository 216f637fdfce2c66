import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'
import './fields.css'
import './switch.css'

interface Props {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
  readonly 'aria-label'?: string
  /** Beside the switch: what it is set to, or what it does. */
  readonly children?: ReactNode
}

export function Switch({ isSelected, onChange, isDisabled = false, children, ...rest }: Props) {
  return (
    <AriaSwitch
      className="switch"
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      {...rest}
    >
      <span className="switch-track">
        <span className="switch-thumb" />
      </span>
      {children === undefined ? null : <span className="switch-text">{children}</span>}
    </AriaSwitch>
  )
}
