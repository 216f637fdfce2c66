import type { ReactNode, Ref } from 'react'
import {
  Button as AriaButton,
  Tooltip as AriaTooltip,
  TooltipTrigger,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components'
import { classNames } from './class-names'
import type { Icon } from './icons/icon'
import { Spinner } from './Spinner'
import './button.css'

interface Props extends Omit<AriaButtonProps, 'children' | 'className' | 'isDisabled'> {
  readonly variant?: 'plain' | 'quiet' | 'primary' | 'danger'
  readonly icon?: Icon | undefined
  /** Shown to the right of the text, such as a menu's arrow. */
  readonly endIcon?: Icon
  readonly children?: ReactNode
  readonly className?: string
  readonly isDisabled?: boolean
  /** While disabled it stays focusable: a dialog's button that turns itself off must not drop the focus. */
  readonly keepsFocus?: boolean
  /** Why the button cannot be used now; shown as its tooltip. The button stays reachable, so that it can be read. */
  readonly disabledReason?: string | undefined
  readonly tooltip?: string | undefined
  readonly shortcut?: string | undefined
  readonly isBusy?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button(props: Props) {
  const { variant = 'plain', icon: Icon, endIcon: EndIcon, children, className, isBusy = false } = props
  const {
    disabledReason,
    tooltip,
    shortcut,
    isDisabled = false,
    keepsFocus = false,
    onPress,
    ...rest
  } = props
  const { variant: _v, icon: _i, endIcon: _e, isBusy: _b, ...aria } = rest
  const isOff = isDisabled || disabledReason !== undefined || isBusy
  const button = (
    <AriaButton
      {...aria}
      className={classNames(
        'button',
        `button-${variant}`,
        children === undefined && 'button-icon',
        className,
      )}
      isDisabled={isDisabled && disabledReason === undefined && !keepsFocus}
      {...(isOff ? { 'aria-disabled': true, type: 'button' as const } : {})}
      {...(onPress && !isOff ? { onPress } : {})}
    >
      {isBusy ? <Spinner size={14} /> : Icon ? <Icon /> : null}
      {children === undefined ? null : <span className="button-text">{children}</span>}
      {EndIcon ? <EndIcon size={14} /> : null}
    </AriaButton>
  )
  const label = tooltip ?? (children === undefined ? aria['aria-label'] : undefined)
  if (label === undefined && disabledReason === undefined) return button
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {button}
      <AriaTooltip className="tooltip" offset={6}>
        {label === undefined ? null : (
          <span className="tooltip-line">
            {label}
            {shortcut === undefined ? null : <kbd>{shortcut}</kbd>}
          </span>
        )}
        {disabledReason === undefined ? null : <span className="tooltip-reason">{disabledReason}</span>}
      </AriaTooltip>
    </TooltipTrigger>
  )
}

/** A button that is only an icon; its label is read out and shown as tooltip. */
export function IconButton({ label, ...props }: Omit<Props, 'children'> & { label: string; icon: Icon }) {
  return <Button variant="quiet" {...props} aria-label={label} />
}
