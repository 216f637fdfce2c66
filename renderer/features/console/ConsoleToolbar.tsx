import type { Ref } from 'react'
import { useConsoleKeys, type Chord, type ReleaseKeys } from '../../stores/console-keys'
import { Button, IconButton } from '../../ui/Button'
import { BackToPageIcon, ChevronDownIcon, OwnWindowIcon } from '../../ui/icons/general'
import { MenuButton, type MenuEntry } from '../../ui/Menu'
import {
  CameraIcon,
  EyeIcon,
  FitIcon,
  FullScreenIcon,
  KeyboardIcon,
  LeaveFullScreenIcon,
} from './console-icons'
import type { PointerKind } from './caught-pointer'
import { comboOf, keyCombos, type KeyCombo } from './keys'
import { releaseKeysText } from './release-keys'
import type { Size } from './scaling'

interface Props {
  readonly isConnected: boolean
  readonly stateText: string
  readonly stateDetail: string | undefined
  readonly tone: 'good' | 'wait' | 'none'
  readonly guestSize: Size | undefined
  readonly percent: number
  readonly displayEntries: readonly MenuEntry[]
  readonly isViewOnly: boolean
  readonly isFullScreen: boolean
  readonly isGrabbed: boolean
  readonly pointer: PointerKind
  /** Modifiers that stay down for the guest's next key, by name. */
  readonly heldNames: readonly string[]
  /** Where the focus goes when the guest lets the keyboard go. */
  readonly firstButton: Ref<HTMLButtonElement>
  readonly onSend: (combo: KeyCombo) => void
  readonly onTypeClipboard: () => void
  readonly onTypeText: () => void
  readonly onKeys: () => void
  readonly onViewOnly: (isViewOnly: boolean) => void
  readonly onPicture: () => void
  readonly onCopyPicture: () => void
  readonly isRecording: boolean
  readonly onRecord: () => void
  readonly onFullScreen: () => void
  readonly place: 'page' | 'window'
  /** Between the page and a window of its own. */
  readonly onMove: () => void
}

export function ConsoleToolbar(props: Props) {
  const { isConnected, isViewOnly, isFullScreen, guestSize } = props
  const notNow = isConnected ? undefined : 'There is no screen to use yet'
  const { own, release } = useConsoleKeys()
  const entries: MenuEntry[] = [
    { id: 'typeClipboard', label: 'Type the clipboard', run: props.onTypeClipboard },
    { id: 'typeText', label: 'Type text…', run: props.onTypeText },
    { id: 'keys', label: 'Other keys…', run: props.onKeys },
    ...[ownCombos(own), ...keyCombos].flatMap((group): MenuEntry[] => [
      ...(group.length > 0 ? (['separator'] as const) : []),
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
      <MenuButton label="Display" entries={props.displayEntries}>
        <Button variant="quiet" icon={FitIcon} endIcon={ChevronDownIcon}>
          Display
        </Button>
      </MenuButton>
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
      <MenuButton
        label="Picture"
        entries={[
          { id: 'save', label: 'Save a screenshot…', run: props.onPicture },
          { id: 'copy', label: 'Copy a screenshot', run: props.onCopyPicture },
          'separator',
          {
            id: 'record',
            label: 'Record to a file',
            disabledReason: props.isRecording ? 'It is being recorded' : undefined,
            run: props.onRecord,
          },
        ]}
      >
        <IconButton icon={CameraIcon} label="Picture" disabledReason={notNow} />
      </MenuButton>
      <IconButton
        icon={props.place === 'page' ? OwnWindowIcon : BackToPageIcon}
        label={props.place === 'page' ? 'Show in its own window' : 'Back to the page of the VM'}
        onPress={props.onMove}
      />
      <IconButton
        icon={isFullScreen ? LeaveFullScreenIcon : FullScreenIcon}
        label={isFullScreen ? 'Leave full screen' : 'Full screen'}
        shortcut="F11"
        onPress={props.onFullScreen}
      />
      <span className="console-hint truncate" aria-live="polite">
        {hint(props, release)}
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

/** Those that are in the menu anyway are there once. */
function ownCombos(own: readonly Chord[]): readonly KeyCombo[] {
  const known = new Set(keyCombos.flat().map(({ id }) => id))
  return own.flatMap((chord) => comboOf(chord) ?? []).filter(({ id }) => !known.has(id))
}

function hint(
  { isConnected, isViewOnly, isGrabbed, isFullScreen, heldNames, pointer }: Props,
  release: ReleaseKeys,
): string {
  if (!isConnected || isViewOnly) return ''
  if (heldNames.length > 0) return `${heldNames.join('+')} held for the next key`
  const keys = releaseKeysText[release]
  if (pointer === 'caught') return `${keys} releases the pointer and the keyboard`
  if (pointer === 'moved') return 'Click the screen to move the pointer in it'
  if (!isGrabbed) return 'Click the screen to type into it'
  return isFullScreen ? `${keys}, then F11 leaves full screen` : `${keys} releases the keyboard`
}
