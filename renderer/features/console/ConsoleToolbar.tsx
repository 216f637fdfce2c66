import type { Ref } from 'react'
import { Button, IconButton } from '../../ui/Button'
import { ChevronDownIcon } from '../../ui/icons/general'
import { MenuButton, type MenuEntry } from '../../ui/Menu'
import {
  CameraIcon,
  EyeIcon,
  FitIcon,
  FullScreenIcon,
  KeyboardIcon,
  LeaveFullScreenIcon,
} from './console-icons'
import { keyCombos, type KeyCombo } from './keys'
import type { ScaleMode, Size } from './scaling'

interface Props {
  readonly isConnected: boolean
  readonly stateText: string
  readonly stateDetail: string | undefined
  readonly tone: 'good' | 'wait' | 'none'
  readonly guestSize: Size | undefined
  readonly percent: number
  readonly scaleMode: ScaleMode
  readonly isViewOnly: boolean
  readonly isFullScreen: boolean
  readonly isGrabbed: boolean
  /** Where the focus goes when the guest lets the keyboard go. */
  readonly firstButton: Ref<HTMLButtonElement>
  readonly onSend: (combo: KeyCombo) => void
  readonly onTypeClipboard: () => void
  readonly onTypeText: () => void
  readonly onScaleMode: (mode: ScaleMode) => void
  readonly onViewOnly: (isViewOnly: boolean) => void
  readonly onPicture: () => void
  readonly onFullScreen: () => void
}

export function ConsoleToolbar(props: Props) {
  const { isConnected, isViewOnly, isFullScreen, guestSize, scaleMode } = props
  const notNow = isConnected ? undefined : 'There is no screen to use yet'
  const entries: MenuEntry[] = [
    { id: 'typeClipboard', label: 'Type the clipboard', run: props.onTypeClipboard },
    { id: 'typeText', label: 'Type text…', run: props.onTypeText },
    ...keyCombos.flatMap((group): MenuEntry[] => [
      'separator',
      ...group.map((combo) => ({ id: combo.id, label: combo.label, run: () => props.onSend(combo) })),
    ]),
  ]
  return (
    <div className="console-toolbar" role="toolbar" aria-label="Console">
      <MenuButton label="Send keys" entries={entries}>
        <Button
          ref={props.firstButton}
          variant="quiet"
          icon={KeyboardIcon}
          endIcon={ChevronDownIcon}
          isDisabled={!isConnected || isViewOnly}
        >
          Send keys
        </Button>
      </MenuButton>
      <Button
        variant="quiet"
        icon={FitIcon}
        className="console-toggle"
        aria-pressed={scaleMode === 'fit'}
        tooltip={scaleMode === 'fit' ? 'Show actual size (1:1)' : 'Scale the screen to fit'}
        onPress={() => props.onScaleMode(scaleMode === 'fit' ? 'actual' : 'fit')}
      >
        Scale to fit
      </Button>
      <Button
        variant="quiet"
        icon={EyeIcon}
        className="console-toggle"
        aria-pressed={isViewOnly}
        tooltip="Watch without sending keys or pointer"
        onPress={() => props.onViewOnly(!isViewOnly)}
      >
        View only
      </Button>
      <IconButton
        icon={CameraIcon}
        label="Save a screenshot"
        disabledReason={notNow}
        onPress={props.onPicture}
      />
      <IconButton
        icon={isFullScreen ? LeaveFullScreenIcon : FullScreenIcon}
        label={isFullScreen ? 'Leave full screen' : 'Full screen'}
        shortcut="F11"
        onPress={props.onFullScreen}
      />
      <span className="console-hint truncate" aria-live="polite">
        {hint(props)}
      </span>
      {guestSize ? (
        <span className="console-size" title="Resolution of the guest and the size it is shown at">
          {guestSize.width} × {guestSize.height}
          <span className="console-percent">{props.percent} %</span>
        </span>
      ) : null}
      <span className="console-state" data-tone={props.tone} title={props.stateDetail}>
        {props.stateText}
      </span>
    </div>
  )
}

function hint({ isConnected, isViewOnly, isGrabbed, isFullScreen }: Props): string {
  if (!isConnected || isViewOnly) return ''
  if (isGrabbed)
    return isFullScreen ? 'Ctrl+Alt, then F11 leaves full screen' : 'Ctrl+Alt releases the keyboard'
  return 'Click the screen to type into it'
}
