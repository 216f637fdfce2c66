import type { Ref } from 'react'
import type { LocalFile } from '../../../shared/model/storage/image'
import { Button, IconButton } from '../../ui/Button'
import { KeyboardIcon } from '../../ui/icons/hardware'
import { BackToPageIcon, ChevronDownIcon, OwnWindowIcon, SearchIcon } from '../../ui/icons/general'
import { DownloadIcon, EraserIcon, ResizeIcon } from '../../ui/icons/storage'
import { MenuButton, type MenuEntry } from '../../ui/Menu'
import type { TerminalSize } from './terminal'
import type { TextState } from './text-connection'
import { LargerTextIcon, RecordIcon, SmallerTextIcon } from './text-console-icons'
import { stateWords, toneOf } from './text-console-text'

export interface InsertEntry {
  readonly id: string
  readonly label: string
  readonly sends: string
}

interface Props {
  readonly state: TextState
  readonly size: TerminalSize | undefined
  readonly log: LocalFile | undefined
  /** Where the focus goes when the terminal lets the keyboard go. */
  readonly firstButton: Ref<HTMLButtonElement>
  /** Typed for the user by a click. */
  readonly insertEntries: readonly InsertEntry[]
  readonly sendEntries: readonly MenuEntry[]
  readonly hasSizeHint: boolean
  readonly onSend: (keys: string) => void
  readonly onFind: () => void
  readonly onClear: () => void
  readonly onFontSize: (byPx: number) => void
  readonly onLog: () => void
  readonly onSaveText: () => void
  /** Between its page and a window of its own; absent for what has none. */
  readonly move: TextMove | undefined
}

export interface TextMove {
  readonly to: 'window' | 'page'
  readonly run: () => void
}

/** Keys that a desktop or a habit may keep from a terminal. */
const keys: readonly InsertEntry[] = [
  { id: 'ctrl-c', label: 'Ctrl+C: interrupt', sends: '\x03' },
  { id: 'ctrl-d', label: 'Ctrl+D: end of input', sends: '\x04' },
  { id: 'ctrl-z', label: 'Ctrl+Z: suspend', sends: '\x1a' },
  { id: 'ctrl-backslash', label: 'Ctrl+\\: quit', sends: '\x1c' },
  { id: 'ctrl-s', label: 'Ctrl+S: hold the output', sends: '\x13' },
  { id: 'ctrl-q', label: 'Ctrl+Q: let it go on', sends: '\x11' },
  { id: 'ctrl-bracket', label: 'Ctrl+]', sends: '\x1d' },
  { id: 'escape', label: 'Escape', sends: '\x1b' },
  { id: 'delete', label: 'Delete (DEL)', sends: '\x7f' },
]

export function TextToolbar(props: Props) {
  const { state, size, log } = props
  const isConnected = state.kind === 'connected'
  const entries: MenuEntry[] = [
    ...keys.map(({ id, label, sends }) => ({ id, label, run: () => props.onSend(sends) })),
    ...(props.sendEntries.length + props.insertEntries.length > 0 ? (['separator'] as const) : []),
    ...props.insertEntries.map(({ id, label, sends }) => ({ id, label, run: () => props.onSend(sends) })),
    ...props.sendEntries,
  ]
  return (
    <div className="text-toolbar" role="toolbar" aria-label="Terminal">
      <MenuButton label="Send" entries={entries}>
        <Button
          ref={props.firstButton}
          variant="quiet"
          icon={KeyboardIcon}
          endIcon={ChevronDownIcon}
          isDisabled={!isConnected}
          keepsFocus
        >
          Send
        </Button>
      </MenuButton>
      {props.hasSizeHint && size ? (
        <Button
          variant="quiet"
          icon={ResizeIcon}
          disabledReason={isConnected ? undefined : 'The terminal is not connected'}
          tooltip={`Types “stty rows ${size.rows} cols ${size.columns}” for the guest’s shell: a serial line does not tell it the size. Then press Enter.`}
          onPress={() => props.onSend(`stty rows ${size.rows} cols ${size.columns}`)}
        >
          Tell the size
        </Button>
      ) : null}
      <Button
        variant="quiet"
        icon={RecordIcon}
        className="text-toggle"
        aria-pressed={log !== undefined}
        tooltip={
          log ? `Writing to ${log.name}. Press to end the log.` : 'Write all that comes from now on to a file'
        }
        disabledReason={isConnected || log ? undefined : 'The terminal is not connected'}
        onPress={props.onLog}
      >
        {log ? `Log: ${log.name}` : 'Log to file…'}
      </Button>
      <IconButton icon={SearchIcon} label="Find" shortcut="Ctrl+Shift+F" onPress={props.onFind} />
      <IconButton icon={DownloadIcon} label="Save what is shown as text" onPress={props.onSaveText} />
      <IconButton icon={EraserIcon} label="Clear the terminal" onPress={props.onClear} />
      <IconButton icon={SmallerTextIcon} label="Smaller text" onPress={() => props.onFontSize(-1)} />
      <IconButton icon={LargerTextIcon} label="Larger text" onPress={() => props.onFontSize(1)} />
      {props.move ? (
        <IconButton
          icon={props.move.to === 'window' ? OwnWindowIcon : BackToPageIcon}
          label={props.move.to === 'window' ? 'Show in its own window' : 'Back to the page of the VM'}
          onPress={props.move.run}
        />
      ) : null}
      <span className="text-hint truncate">{isConnected ? 'Ctrl+Alt leaves the terminal' : ''}</span>
      {size ? (
        <span className="text-size" title="Columns and rows of the terminal">
          {size.columns} × {size.rows}
        </span>
      ) : null}
      <span className="text-state" data-tone={toneOf(state)}>
        {stateWords[state.kind]}
      </span>
    </div>
  )
}
